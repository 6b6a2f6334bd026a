using Platform.TestServers;
using StackExchange.Redis;

namespace Dapr.Conformance.State;

/// <summary>state.redis.</summary>
public sealed class RedisSetup : StateSetup
{
    private ConnectionMultiplexer _redis = null!;

    internal override string Type => "state.redis";

    internal override string OtherEtag => "9999999";

    internal override bool RollsBack => false;

    internal IDatabase Redis => _redis.GetDatabase();

    internal override async Task<(string Name, string Value)[]> StartServerAsync()
    {
        var server = await TestRedis.GetAsync();
        _redis = await ConnectionMultiplexer.ConnectAsync(server);
        return [("redisHost", server), ("redisPassword", "")];
    }

    internal override async Task<string?> ReadRowAsync(string key) => await Redis.HashGetAsync(key, "data");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _redis.DisposeAsync();
    }
}
