using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client;
using Platform.Sidecar.Tests.Harness;
using StackExchange.Redis;

namespace Platform.Sidecar.Tests.Redis;

public sealed class RedisStateTests
{
    private sealed record Widget(string Size, int Count);

    private static readonly StateOptions FirstWrite = new() { Concurrency = ConcurrencyMode.FirstWrite };
    private static readonly StateOptions LastWrite = new() { Concurrency = ConcurrencyMode.LastWrite };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_saved_is_a_hash_as_daprd_writes_it()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        await stack.Start();
        using var dapr = stack.Dapr(app);

        await dapr.SaveStateAsync("statestore", "w", new Widget("small", 1), cancellationToken: Cancel);
        await dapr.SaveStateAsync("statestore", "w", new Widget("big", 2), cancellationToken: Cancel);
        Assert.Equal(
            [new("data", """{"size":"big","count":2}"""), new("version", 2)],
            (await stack.Redis.HashGetAllAsync("app||w")).OrderBy(field => (string)field.Name!, StringComparer.Ordinal));
        var (value, etag) = await dapr.GetStateAndETagAsync<Widget>("statestore", "w", cancellationToken: Cancel);
        Assert.Equal((new Widget("big", 2), "2"), (value, etag));

        await dapr.DeleteStateAsync("statestore", "w", cancellationToken: Cancel);
        Assert.False(await stack.Redis.KeyExistsAsync("app||w"));
        Assert.Null(await dapr.GetStateAsync<Widget>("statestore", "w", cancellationToken: Cancel));
    }

    [Fact]
    public async Task What_daprd_or_somebody_else_has_written_is_read()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        await stack.Start();
        using var http = stack.Http(app);
        await stack.Redis.HashSetAsync("app||hash", [new("data", "{\"a\":1}"), new("version", 7), new("first-write", 0)]);
        await stack.Redis.StringSetAsync("app||text", "\"plain\"");
        await stack.Redis.HashSetAsync("app||other", "colour", "red");

        using var hash = await http.GetAsync("/v1.0/state/statestore/hash", Cancel);
        Assert.Equal(("{\"a\":1}", "7"), (await hash.Content.ReadAsStringAsync(Cancel), hash.Headers.NonValidated["ETag"].ToString()));
        using var text = await http.GetAsync("/v1.0/state/statestore/text", Cancel);
        Assert.Equal(("\"plain\"", false), (await text.Content.ReadAsStringAsync(Cancel), text.Headers.NonValidated.Contains("ETag")));

        using var save = await http.PostAsync("/v1.0/state/statestore", Json("""[{"key":"text","value":1}]"""), Cancel);
        Assert.Equal(204, (int)save.StatusCode);
        Assert.Equal(RedisType.Hash, await stack.Redis.KeyTypeAsync("app||text"));
        Assert.Equal("{\"a\":1}", (await stack.Redis.HashGetAsync("app||hash", "data")).ToString());
    }

    [Fact]
    public async Task A_stale_etag_changes_nothing_and_one_that_is_no_number_is_refused()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        await stack.Start();
        using var dapr = stack.Dapr(app);
        using var http = stack.Http(app);
        await dapr.SaveStateAsync("statestore", "w", 1, cancellationToken: Cancel);

        Assert.True(await dapr.TrySaveStateAsync("statestore", "w", 2, "1", cancellationToken: Cancel));
        Assert.False(await dapr.TrySaveStateAsync("statestore", "w", 3, "1", cancellationToken: Cancel));
        Assert.False(await dapr.TryDeleteStateAsync("statestore", "w", "1", cancellationToken: Cancel));
        using var stale = await http.PostAsync("/v1.0/state/statestore", Json("""[{"key":"w","value":1,"etag":"9999999"}]"""), Cancel);
        Assert.Equal(409, (int)stale.StatusCode);
        Assert.Contains("possible etag mismatch. error from state store", await stale.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var invalid = await http.PostAsync("/v1.0/state/statestore", Json("""[{"key":"w","value":1,"etag":"x"}]"""), Cancel);
        Assert.Equal(400, (int)invalid.StatusCode);
        Assert.Contains("invalid etag value", await invalid.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        Assert.Equal(2, await dapr.GetStateAsync<int>("statestore", "w", cancellationToken: Cancel));
        Assert.True(await dapr.TryDeleteStateAsync("statestore", "w", "2", cancellationToken: Cancel));
    }

    [Fact]
    public async Task The_first_write_wins_and_is_noted_and_a_last_write_needs_no_etag()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        await stack.Start();
        using var dapr = stack.Dapr(app);

        await dapr.SaveStateAsync("statestore", "first", 1, FirstWrite, cancellationToken: Cancel);
        Assert.Equal("0", (await stack.Redis.HashGetAsync("app||first", "first-write")).ToString());
        await Assert.ThrowsAsync<global::Dapr.DaprException>(() => dapr.SaveStateAsync("statestore", "first", 2, FirstWrite, cancellationToken: Cancel));
        // As with daprd: an item that says first write is no longer written blindly.
        await Assert.ThrowsAsync<global::Dapr.DaprException>(() => dapr.SaveStateAsync("statestore", "first", 2, cancellationToken: Cancel));
        Assert.True(await dapr.TrySaveStateAsync("statestore", "first", 2, "1", FirstWrite, cancellationToken: Cancel));
        Assert.False(await dapr.TrySaveStateAsync("statestore", "first", 3, "1", FirstWrite, cancellationToken: Cancel));
        Assert.Equal(2, await dapr.GetStateAsync<int>("statestore", "first", cancellationToken: Cancel));

        await dapr.SaveStateAsync("statestore", "last", 1, cancellationToken: Cancel);
        await dapr.SaveStateAsync("statestore", "last", 2, cancellationToken: Cancel);
        Assert.True(await dapr.TrySaveStateAsync("statestore", "last", 3, "1", LastWrite, cancellationToken: Cancel));
        Assert.Equal(3, await dapr.GetStateAsync<int>("statestore", "last", cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_transaction_does_all_or_nothing_in_its_order()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        await stack.Start();
        using var dapr = stack.Dapr(app);
        await dapr.SaveStateAsync("statestore", "old", 1, cancellationToken: Cancel);

        await dapr.ExecuteStateTransactionAsync(
            "statestore", [Upsert("a", 1), Upsert("a", 2, "1"), Upsert("b", 2), Delete("old"), Delete("never")], cancellationToken: Cancel);
        var items = await dapr.GetBulkStateAsync("statestore", ["b", "old", "a"], null, cancellationToken: Cancel);
        Assert.Equal([("b", "2"), ("old", ""), ("a", "2")], items.Select(item => (item.Key, item.Value)));
        Assert.Equal("2", (await stack.Redis.HashGetAsync("app||a", "version")).ToString());

        await Assert.ThrowsAsync<global::Dapr.DaprException>(() => dapr.ExecuteStateTransactionAsync(
            "statestore", [Upsert("a", 9), Delete("b"), Upsert("a", 9, "2")], cancellationToken: Cancel));
        Assert.Equal(2, await dapr.GetStateAsync<int>("statestore", "a", cancellationToken: Cancel));
        Assert.Equal(2, await dapr.GetStateAsync<int>("statestore", "b", cancellationToken: Cancel));
    }

    [Fact]
    public async Task An_item_lives_as_long_as_it_was_told_and_minus_one_lets_it_stay()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        await stack.Start();
        using var http = stack.Http(app);

        await Save(http, "w", "60");
        Assert.InRange((await stack.Redis.KeyTimeToLiveAsync("app||w"))!.Value, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
        using var get = await http.GetAsync("/v1.0/state/statestore/w", Cancel);
        Assert.True(DateTimeOffset.Parse(get.Headers.GetValues("metadata.ttlExpireTime").Single(), null) > DateTimeOffset.UtcNow);
        await Save(http, "w", null);
        Assert.NotNull(await stack.Redis.KeyTimeToLiveAsync("app||w"));
        await Save(http, "w", "-1");
        Assert.Null(await stack.Redis.KeyTimeToLiveAsync("app||w"));

        await Save(http, "w", "1");
        await Eventually.Holds(async () => (int)(await http.GetAsync("/v1.0/state/statestore/w", Cancel)).StatusCode == 204, "it has expired");
        using var bad = await http.PostAsync("/v1.0/state/statestore", Json("""[{"key":"w","value":1,"metadata":{"ttlInSeconds":"soon"}}]"""), Cancel);
        Assert.Equal(500, (int)bad.StatusCode);
    }

    [Fact]
    public async Task The_components_own_time_to_live_holds_where_the_caller_says_nothing()
    {
        await using var stack = await RedisStack.Create();
        stack.StateMetadata["ttlInSeconds"] = "60";
        stack.StateMetadata["keyPrefix"] = "name";
        var app = stack.App("app");
        await stack.Start();
        using var http = stack.Http(app);

        await Save(http, "a", null);
        await Save(http, "b", "-1");
        Assert.NotNull(await stack.Redis.KeyTimeToLiveAsync("statestore||a"));
        Assert.Null(await stack.Redis.KeyTimeToLiveAsync("statestore||b"));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_come_back_as_they_were()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        await stack.Start();
        using var dapr = stack.Dapr(app);
        var bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);

        await dapr.SaveByteStateAsync("statestore", "blob", bytes, cancellationToken: Cancel);
        Assert.Equal(bytes, (byte[])(await stack.Redis.HashGetAsync("app||blob", "data"))!);
        Assert.Equal(bytes, (await dapr.GetByteStateAsync("statestore", "blob", cancellationToken: Cancel)).ToArray());
    }

    [Fact]
    public async Task A_short_outage_is_waited_out_and_a_long_one_is_an_error()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        stack.StateMetadata["readTimeout"] = "2s";
        await stack.Start();
        using var http = stack.Http(app);
        await Save(http, "w", null);

        await stack.Server.KillAsync();
        using var refused = await http.GetAsync("/v1.0/state/statestore/w", Cancel);
        Assert.Equal(500, (int)refused.StatusCode);
        Assert.Equal("ERR_STATE_GET", (string)JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancel))!["errorCode"]!);
        await stack.Server.StartAgainAsync();
        await Eventually.Holds(async () => (await http.GetAsync("/v1.0/state/statestore/w", Cancel)).IsSuccessStatusCode, "the store is back");
    }

    private static async Task Save(HttpClient http, string key, string? timeToLive)
    {
        var metadata = timeToLive is null ? "" : $$""","metadata":{"ttlInSeconds":"{{timeToLive}}"}""";
        using var response = await http.PostAsync("/v1.0/state/statestore", Json($$"""[{"key":"{{key}}","value":1{{metadata}}}]"""), Cancel);
        Assert.Equal(204, (int)response.StatusCode);
    }

    private static StateTransactionRequest Upsert(string key, int value, string? etag = null) =>
        new(key, Encoding.UTF8.GetBytes($"{value}"), StateOperationType.Upsert, etag);

    private static StateTransactionRequest Delete(string key) => new(key, null, StateOperationType.Delete);

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
