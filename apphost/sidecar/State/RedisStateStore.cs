using System.Globalization;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Redis;
using Platform.Sidecar.Resources;
using StackExchange.Redis;

namespace Platform.Sidecar.State;

/// <summary>Type <c>state.redis</c>: the hashes that daprd's component of that name writes, a change of many keys in one script.</summary>
/// <param name="redis">The server.</param>
/// <param name="timeToLive">Of items for which the caller says nothing; null when they stay.</param>
/// <param name="time">The clock that says when an item ends.</param>
internal sealed class RedisStateStore(RedisConnection redis, TimeSpan? timeToLive, TimeProvider time) : IStateStore
{
    private static readonly RedisValue[] Fields = ["data", "version"];

    public IReadOnlyList<string> Capabilities { get; } = ["ETAG", "TRANSACTIONAL", "TTL", "KEYS_LIKE"];

    public static RedisStateStore Create(RedisConnection redis, ComponentSpec spec)
    {
        var seconds = spec["ttlInSeconds"] is not { } text ? (int?)null
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw new StartupException($"ttlInSeconds '{text}' is not a number");
        return new RedisStateStore(redis, seconds is { } given ? TimeSpan.FromSeconds(given) : null, TimeProvider.System);
    }

    public Task Start(CancellationToken cancellationToken) => redis.Connect(cancellationToken);

    public async Task<IReadOnlyList<StateEntry>> Get(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var found = await Guarded(() => redis.Retry(database => Task.WhenAll(keys.Distinct().Select(key => Read(database, key))), cancellationToken));
        return [.. found.OfType<StateEntry>()];
    }

    public Task Transact(IReadOnlyList<StateChange> changes, CancellationToken cancellationToken) => Guarded(async () =>
    {
        // The slots of a cluster know nothing of each other: there, each slot does all of its changes or none.
        foreach (var part in changes.GroupBy(change => redis.IsCluster ? redis.Multiplexer.HashSlot(change.Key) : 0))
            await Change([.. part], cancellationToken);
        return true;
    });

    public Task<int> DeleteWithPrefix(string prefix, CancellationToken cancellationToken) => Guarded(async () =>
    {
        var keys = await redis.Keys(Glob.Escape(prefix) + "*", cancellationToken);
        var deleted = await redis.Retry(database => Task.WhenAll(keys.Select(key => database.KeyDeleteAsync(key))), cancellationToken);
        return deleted.Count(one => one);
    });

    public Task<KeyPage> KeysLike(string pattern, string? after, int pageSize, CancellationToken cancellationToken) => Guarded(async () =>
    {
        // Redis keeps no order of age; by name, a page goes on after the last key even when keys before it have gone meanwhile.
        var keys = (await redis.Keys(Glob.FromLike(pattern), cancellationToken)).Where(key => after is null || string.CompareOrdinal(key, after) > 0);
        string[] page = [.. keys.Order(StringComparer.Ordinal).Take(pageSize)];
        return new KeyPage(page, page.Length < pageSize ? null : page[^1]);
    });

    private async Task<StateEntry?> Read(IDatabase database, string key)
    {
        var expiry = database.KeyTimeToLiveAsync(key);
        try
        {
            var fields = await database.HashGetAsync(key, Fields);
            var expires = await expiry is { } left ? time.GetUtcNow() + left : (DateTimeOffset?)null;
            if (fields is [{ IsNull: true }, { IsNull: true }])
                return null;
            return fields is [{ IsNull: false }, { IsNull: false }]
                ? new StateEntry(key, (byte[])fields[0]!, (string)fields[1]!, expires)
                : throw new InvalidDataException("required hash field 'data' or 'version' was not found");
        }
        catch (RedisServerException error) when (RedisFailure.Is(error, "WRONGTYPE"))
        {
            var value = await database.StringGetAsync(key);
            return value.IsNull ? null : new StateEntry(key, (byte[])value!, "", await expiry is { } left ? time.GetUtcNow() + left : null);
        }
    }

    private async Task Change(IReadOnlyList<StateChange> changes, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [.. changes.Select(change => (RedisKey)change.Key)];
        RedisValue[] arguments = [.. changes.SelectMany(Arguments)];
        var isBlind = !changes.Any(change => change.ETag is not null || change.FirstWrite);
        var failed = (int)await (isBlind
            ? redis.Retry(database => database.ScriptEvaluateAsync(RedisStateScript.Text, keys, arguments), cancellationToken)
            : redis.Database.ScriptEvaluateAsync(RedisStateScript.Text, keys, arguments).WaitAsync(cancellationToken));
        if (failed == 0)
            return;
        var change = changes[failed - 1];
        throw new StateConflictException($"failed to {(change.Value is null ? "delete" : "set key")} {change.Key}", isETagMismatch: HasETag(change));
    }

    private RedisValue[] Arguments(StateChange change) =>
    [
        change.Value is null ? "delete" : "set",
        HasETag(change) ? ETag(change) : "0",
        change.FirstWrite ? "1" : "0",
        change.Concurrency is StateConcurrency.FirstWrite ? "1" : "0",
        (change.TimeToLive ?? timeToLive) switch
        {
            null => "",
            { Ticks: <= 0 } => "0",
            { } given => (long)Math.Ceiling(given.TotalSeconds),
        },
        change.Value ?? ReadOnlyMemory<byte>.Empty,
    ];

    private static bool HasETag(StateChange change) => change is { ETag: not null, Concurrency: not StateConcurrency.LastWrite };

    private static string ETag(StateChange change) => change.Value is null ? change.ETag!
        : long.TryParse(change.ETag, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture)
        : throw new InvalidETagException(change.ETag!);

    private static async Task<T> Guarded<T>(Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (Exception error) when (error is RedisException or RedisTimeoutException)
        {
            throw new StoreFailedException(RedisFailure.Reason(error), error);
        }
    }
}
