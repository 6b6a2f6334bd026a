using Dapr.Conformance.Harness;
using StackExchange.Redis;

namespace Dapr.Conformance.State;

public sealed class StateRedisTests(RedisSetup setup) : StateTests(setup), IClassFixture<RedisSetup>;

public sealed class StateHttpRedisTests(RedisSetup setup) : StateHttpTests(setup), IClassFixture<RedisSetup>;

/// <summary>What is particular to state.redis, its hashes among it (contract §2.3).</summary>
public sealed class RedisTests(RedisSetup setup) : IClassFixture<RedisSetup>
{
    private readonly string _key = $"k-{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RedisKey Row => $"{StateSetup.AppId}||{_key}";

    [Fact]
    public async Task A_value_is_a_hash_of_data_and_a_version_that_counts()
    {
        await setup.Dapr.SaveStateAsync(StateSetup.Store, _key, "a", cancellationToken: Cancel);
        await setup.Dapr.SaveStateAsync(StateSetup.Store, _key, "b", cancellationToken: Cancel);
        var hash = (await setup.Redis.HashGetAllAsync(Row)).ToDictionary(entry => (string)entry.Name!, entry => (string)entry.Value!);
        Assert.Equal(new Dictionary<string, string> { ["data"] = "\"b\"", ["version"] = "2" }, hash);
        var (_, etag) = await setup.Dapr.GetStateAndETagAsync<string>(StateSetup.Store, _key, cancellationToken: Cancel);
        Assert.Equal("2", etag);
    }

    [Fact]
    public async Task A_time_to_live_is_the_keys_own()
    {
        await setup.Dapr.SaveStateAsync(StateSetup.Store, _key, 1, metadata: new Dictionary<string, string> { ["ttlInSeconds"] = "100" }, cancellationToken: Cancel);
        Assert.InRange((await setup.Redis.KeyTimeToLiveAsync(Row))!.Value.TotalSeconds, 90, 100);
        await setup.Dapr.SaveStateAsync(StateSetup.Store, _key, 1, metadata: new Dictionary<string, string> { ["ttlInSeconds"] = "-1" }, cancellationToken: Cancel);
        Assert.Null(await setup.Redis.KeyTimeToLiveAsync(Row));
    }

    [Fact]
    public async Task An_etag_that_is_no_number_is_refused()
    {
        await setup.Dapr.SaveStateAsync(StateSetup.Store, _key, 1, cancellationToken: Cancel);
        using var response = await setup.Http.PostAsync(new Uri($"/v1.0/state/{StateSetup.Store}", UriKind.Relative), Errors.Json($$"""[{"key":"{{_key}}","value":2,"etag":"abc"}]"""), Cancel);
        await response.AssertErrorAsync(400, "ERR_STATE_SAVE", "invalid etag value");
    }

    [Fact]
    public async Task A_plain_string_that_somebody_else_wrote_is_read()
    {
        await setup.Redis.StringSetAsync(Row, "{\"a\":5}");
        Assert.Equal("""{"a":5}""", await setup.Http.GetStringAsync(new Uri($"/v1.0/state/{StateSetup.Store}/{_key}", UriKind.Relative), Cancel));
    }
}
