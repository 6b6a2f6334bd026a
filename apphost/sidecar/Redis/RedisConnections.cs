using System.Collections.Concurrent;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Redis;

/// <summary>The connections of all Redis components of all apps, one for those that are reached alike.</summary>
internal sealed class RedisConnections : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<RedisConnection>> _connections = new();

    public RedisConnection Get(ComponentSpec spec)
    {
        var options = RedisSettings.From(spec);
        // What the options do not write down of themselves.
        string[] parts = [options.ToString(includePassword: true), $"{spec["redisType"]}", $"{spec["clientCert"]}", $"{spec["insecureSkipTLSVerify"]}", $"{spec["sentinelPassword"]}"];
        return _connections.GetOrAdd(string.Join('\n', parts), _ => new Lazy<RedisConnection>(() => new RedisConnection(options, RedisSettings.IsCluster(spec)))).Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values)
            await connection.Value.DisposeAsync();
    }
}
