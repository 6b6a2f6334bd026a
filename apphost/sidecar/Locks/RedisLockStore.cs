using Platform.Sidecar.Hosting;
using Platform.Sidecar.Redis;
using StackExchange.Redis;

namespace Platform.Sidecar.Locks;

/// <summary>Type <c>lock.redis</c>: a key that holds the owner and ends by itself.</summary>
internal sealed class RedisLockStore(RedisConnection redis) : ILockStore
{
    private const string Release = """
        local owner = redis.call('GET', KEYS[1])
        if not owner then return 1 end
        if owner ~= ARGV[1] then return 2 end
        redis.call('DEL', KEYS[1])
        return 0
        """;

    public IReadOnlyList<string> Capabilities { get; } = [];

    public async Task Start(CancellationToken cancellationToken)
    {
        // A lock that a failover forgets is none.
        if (redis.IsCluster)
            throw new StartupException("this component does not support connecting to a Redis cluster");
        await redis.Connect(cancellationToken);
    }

    public Task<bool> TryLock(string resource, string owner, TimeSpan expiry, CancellationToken cancellationToken) =>
        redis.Database.StringSetAsync(resource, owner, expiry, When.NotExists).WaitAsync(cancellationToken);

    public async Task<UnlockOutcome> Unlock(string resource, string owner, CancellationToken cancellationToken) =>
        (UnlockOutcome)(int)await redis.Database.ScriptEvaluateAsync(Release, [resource], [owner]).WaitAsync(cancellationToken);
}
