using Platform.Sidecar.Redis;
using StackExchange.Redis;

namespace Platform.Sidecar.Configuration;

/// <summary>Type <c>configuration.redis</c>: a key an item, its value and version with <c>||</c> between; changes by keyspace notifications.</summary>
internal sealed partial class RedisConfigurationStore(RedisConnection redis, ILogger<RedisConfigurationStore> logger) : IConfigurationStore, IAsyncDisposable
{
    private const string Separator = "||";

    // Keyspace channels; events of any key, of strings, of expiry and eviction.
    private const string Notifications = "Kg$xe";

    public IReadOnlyList<string> Capabilities { get; } = [];

    public async Task Start(CancellationToken cancellationToken)
    {
        await redis.Connect(cancellationToken);
        redis.Multiplexer.ConnectionRestored += Restored;
    }

    public async Task<IReadOnlyDictionary<string, ConfigurationItem>> Get(
        IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var wanted = keys.Count > 0 ? keys.Distinct() : await redis.Keys("*", cancellationToken);
        var found = await redis.Retry(database => Task.WhenAll(wanted.Select(async key => (Key: key, Item: await Read(database, key)))), cancellationToken);
        return found.Where(one => one.Item is { Value.Length: > 0 }).ToDictionary(one => one.Key, one => one.Item!);
    }

    public async Task<IAsyncDisposable> Subscribe(
        IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata, ConfigurationChanged changed, CancellationToken cancellationToken)
    {
        await EnableNotifications();
        var prefix = $"__keyspace@{redis.DatabaseNumber}__:";
        RedisChannel[] channels = keys.Count > 0
            ? [.. keys.Distinct().Select(key => RedisChannel.Literal(prefix + key))]
            : [RedisChannel.Pattern(prefix + "*")];
        var subscription = new RedisConfigurationSubscription(redis.Multiplexer.GetSubscriber(), channels, prefix.Length, (key, token) => Tell(key, changed, token));
        await subscription.Start(cancellationToken);
        return subscription;
    }

    public ValueTask DisposeAsync()
    {
        if (redis.IsConnected)
            redis.Multiplexer.ConnectionRestored -= Restored;
        return ValueTask.CompletedTask;
    }

    // Null for a key that holds something else than a text.
    private static async Task<ConfigurationItem?> Read(IDatabase database, string key)
    {
        try
        {
            var parts = ((string?)await database.StringGetAsync(key) ?? "").Split(Separator);
            return new ConfigurationItem(parts[0], parts.ElementAtOrDefault(1) ?? "");
        }
        catch (RedisServerException error) when (RedisFailure.Is(error, "WRONGTYPE"))
        {
            return null;
        }
    }

    private async Task Tell(string key, ConfigurationChanged changed, CancellationToken cancellationToken)
    {
        var item = await redis.Retry(database => Read(database, key), cancellationToken);
        if (item is not null)
            await changed(new Dictionary<string, ConfigurationItem> { [key] = item.Value.Length > 0 ? item : ConfigurationItem.Deleted }, cancellationToken);
    }

    // A server that was started again has forgotten the setting.
    private void Restored(object? sender, ConnectionFailedEventArgs restored)
    {
        if (restored.ConnectionType is ConnectionType.Interactive)
            _ = EnableNotifications();
    }

    private async Task EnableNotifications()
    {
        const string setting = "notify-keyspace-events";
        try
        {
            var now = await redis.Database.ExecuteAsync("CONFIG", "GET", setting);
            var given = now is { Length: 2 } && !now[1].IsNull ? (string)now[1]! : "";
            var missing = string.Concat(Notifications.Where(flag => !given.Contains(flag, StringComparison.Ordinal)));
            if (missing.Length > 0)
                await redis.Database.ExecuteAsync("CONFIG", "SET", setting, given + missing);
        }
        catch (Exception error) when (error is RedisException or RedisTimeoutException)
        {
            // Managed servers forbid CONFIG; there, whoever runs them has switched the notifications on.
            Log.NotEnabled(logger, RedisFailure.Reason(error));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Redis' keyspace notifications could not be switched on; changes are told only if they are on: {Reason}")]
        public static partial void NotEnabled(ILogger logger, string reason);
    }
}
