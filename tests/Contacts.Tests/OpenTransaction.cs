using Npgsql;
using Platform.Testing;

namespace Contacts.Tests;

/// <summary>Somebody who has begun to write and has not ended yet.</summary>
internal sealed class OpenTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private OpenTransaction(NpgsqlConnection connection) => _connection = connection;

    public static async Task<OpenTransaction> BeginAsync(TestDatabase database, string sql)
    {
        var open = new OpenTransaction(new NpgsqlConnection(database.Owner));
        await open._connection.OpenAsync();
        await open.ExecuteAsync($"BEGIN; {sql}");
        return open;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync();
    }

    public Task CommitAsync() => ExecuteAsync("COMMIT");

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
