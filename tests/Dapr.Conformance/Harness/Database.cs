using Npgsql;
using Platform.LocalPostgres;

namespace Dapr.Conformance.Harness;

/// <summary>An empty database of its own, on a real server.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly string _name = $"conformance_{Guid.NewGuid():N}";
    private NpgsqlDataSource? _source;

    /// <summary>As the components take it: an URL, which every sidecar reads.</summary>
    public string Url { get; private set; } = "";

    public NpgsqlDataSource Source => _source!;

    public static async Task<Database> CreateAsync()
    {
        var database = new Database();
        var server = new NpgsqlConnectionStringBuilder(await TestPostgres.GetAsync());
        await ExecuteOnServerAsync($"CREATE DATABASE {database._name}");
        database.Url = $"postgres://{server.Username}:{Uri.EscapeDataString(server.Password ?? "")}@{server.Host}:{server.Port}/{database._name}?sslmode=disable";
        database._source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database._name, MaxPoolSize = 5 }.ConnectionString);
        return database;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T?> ScalarAsync<T>(string sql, params object[] arguments)
    {
        await using var command = Source.CreateCommand(sql);
        foreach (var argument in arguments)
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await ExecuteOnServerAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    private static async Task ExecuteOnServerAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(await TestPostgres.GetAsync());
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
