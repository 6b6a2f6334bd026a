using System.Text;
using System.Text.Json;
using Npgsql;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests.Everywhere;

/// <summary>A subscriber more of the embedded broker, which nobody serves: what it would be told can be read.</summary>
internal sealed class EventTap : IAsyncDisposable
{
    private const int DefaultGatewayPort = 8000;
    private const int DefaultPort = 15432;
    private readonly NpgsqlDataSource _broker;
    private readonly string _consumer;

    private EventTap(NpgsqlDataSource broker, string consumer) => (_broker, _consumer) = (broker, consumer);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EventTap> OpenAsync(RunningStack stack, string topic)
    {
        var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(stack.Data, "secrets.json"), Token))!;
        var port = DefaultPort + stack.Gateway.Port - DefaultGatewayPort;
        var tap = new EventTap(NpgsqlDataSource.Create($"Host=localhost;Port={port};Username=postgres;Password={secrets["postgres-password"]};Database=dapr"), $"tap-{Guid.NewGuid():N}");
        await tap.ExecuteAsync("INSERT INTO broker.subscriptions (consumer, topic) VALUES ($1, $2)", tap._consumer, topic);
        return tap;
    }

    /// <summary>The text of the last event that names all of this; waits for it.</summary>
    public async Task<string> ReadAsync(params string[] words)
    {
        var text = "";
        await Eventually.HoldsAsync(async () => (text = await LastAsync(words)).Length > 0, TimeSpan.FromSeconds(30));
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync("DELETE FROM broker.subscriptions WHERE consumer = $1", _consumer);
        await ExecuteAsync("DELETE FROM broker.queue WHERE consumer = $1", _consumer);
        await _broker.DisposeAsync();
    }

    private async Task<string> LastAsync(string[] words)
    {
        await using var command = _broker.CreateCommand("SELECT payload FROM broker.queue WHERE consumer = $1 ORDER BY id DESC");
        command.Parameters.Add(new NpgsqlParameter { Value = _consumer });
        await using var reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
        {
            var text = Encoding.UTF8.GetString(await reader.GetFieldValueAsync<byte[]>(0, Token));
            if (words.All(word => text.Contains(word, StringComparison.Ordinal)))
                return text;
        }

        return "";
    }

    private async Task ExecuteAsync(string statement, params string[] values)
    {
        await using var command = _broker.CreateCommand(statement);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
