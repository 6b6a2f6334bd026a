using System.Globalization;
using Platform.Sidecar.Redis;
using StackExchange.Redis;

namespace Platform.Sidecar.PubSub.RedisStreams;

/// <summary>Reads new entries for a group over a connection of its own, where it may wait for them.</summary>
internal sealed class StreamReader(RedisConnection redis, string group, IReadOnlyList<string> topics, int count, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    private readonly object[] _arguments =
    [
        "GROUP", group, group, "COUNT", count, "BLOCK", (int)Wait.TotalMilliseconds, "STREAMS",
        .. topics.Select(topic => (object)(RedisKey)topic), .. topics.Select(_ => ">"),
    ];

    private ConnectionMultiplexer? _connection;
    private RedisResult? _clientId;

    /// <summary>Returns with the next entries, with none after a while, or when it is interrupted.</summary>
    public async Task<IReadOnlyList<StreamMessage>> Read()
    {
        _connection ??= await redis.OpenForBlocking(Wait + Slack);
        var database = _connection.GetDatabase();
        try
        {
            _clientId ??= await database.ExecuteAsync("CLIENT", "ID");
            return Messages(await database.ExecuteAsync("XREADGROUP", _arguments));
        }
        catch (RedisConnectionException)
        {
            // The next connection has another id.
            _clientId = null;
            throw;
        }
    }

    /// <summary>Ends a read that waits.</summary>
    public async Task Interrupt()
    {
        try
        {
            if (_clientId is { } id)
                await redis.Database.ExecuteAsync("CLIENT", "UNBLOCK", ((long)id).ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is RedisException or RedisTimeoutException)
        {
            // Then it ends by itself a little later.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    private StreamMessage[] Messages(RedisResult streams)
    {
        if (streams.IsNull)
            return [];
        var now = time.GetTimestamp();
        return [.. from stream in (RedisResult[])streams!
                   from entry in (RedisResult[])stream[1]!
                   select StreamMessage.Read((string)stream[0]!, (string)entry[0]!, Fields((RedisValue[])entry[1]!), attempt: 1, now)];
    }

    private static IEnumerable<KeyValuePair<RedisValue, RedisValue>> Fields(RedisValue[] flat) =>
        flat.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]));
}
