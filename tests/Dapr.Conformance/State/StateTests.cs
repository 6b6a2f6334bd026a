using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapr.Client;
using Dapr.Conformance.Harness;

namespace Dapr.Conformance.State;

/// <summary>What every state store does (contract §1.6, §5.2), asked through the official client.</summary>
public abstract class StateTests(StateSetup setup)
{
    private const string Store = StateSetup.Store;

    private readonly DaprClient _dapr = setup.Dapr;
    private readonly HttpClient _http = setup.Http;
    private readonly string _key = $"k-{Guid.NewGuid():N}";

    private sealed record Basket(string Owner, int Items);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_saved_is_read()
    {
        await _dapr.SaveStateAsync(Store, _key, new Basket("Łucja 😀", 3), cancellationToken: Cancel);
        Assert.Equal(new Basket("Łucja 😀", 3), await _dapr.GetStateAsync<Basket>(Store, _key, cancellationToken: Cancel));
        await _dapr.SaveStateAsync(Store, _key, new Basket("b", 4), cancellationToken: Cancel);
        Assert.Equal(new Basket("b", 4), await _dapr.GetStateAsync<Basket>(Store, _key, cancellationToken: Cancel));
    }

    [Fact]
    public async Task What_is_not_there_is_null_without_an_etag()
    {
        var (value, etag) = await _dapr.GetStateAndETagAsync<Basket?>(Store, _key, cancellationToken: Cancel);
        Assert.Null(value);
        Assert.Equal("", etag ?? "");
        using var response = await _http.GetAsync(new Uri($"/v1.0/state/{Store}/{_key}", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task Bytes_are_kept_byte_for_byte()
    {
        var bytes = Enumerable.Range(0, 256).Select(number => (byte)number).ToArray();
        await _dapr.SaveByteStateAsync(Store, _key, bytes, cancellationToken: Cancel);
        Assert.Equal(bytes, (await _dapr.GetByteStateAsync(Store, _key, cancellationToken: Cancel)).ToArray());
    }

    [Fact]
    public async Task A_large_value_is_kept()
    {
        var text = new string('x', 2_000_000);
        await _dapr.SaveStateAsync(Store, _key, text, cancellationToken: Cancel);
        Assert.Equal(text, await _dapr.GetStateAsync<string>(Store, _key, cancellationToken: Cancel));
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("with/slash")]
    [InlineData("with|pipe")]
    [InlineData("ключ")]
    [InlineData("a:b?c#d&e=f%g")]
    public async Task A_key_may_have_any_character_but_two_pipes(string name)
    {
        var key = $"{_key} {name}";
        await _dapr.SaveStateAsync(Store, key, name, cancellationToken: Cancel);
        Assert.Equal(name, await _dapr.GetStateAsync<string>(Store, key, cancellationToken: Cancel));
        Assert.Equal($"\"{name}\"", await setup.ReadRowAsync($"{StateSetup.AppId}||{key}") is { } row ? JsonNode.Parse(row)!.ToJsonString(Relaxed) : null);
    }

    [Fact]
    public async Task Every_write_changes_the_etag_and_only_the_last_one_writes()
    {
        await _dapr.SaveStateAsync(Store, _key, 1, cancellationToken: Cancel);
        var (_, first) = await _dapr.GetStateAndETagAsync<int>(Store, _key, cancellationToken: Cancel);
        Assert.True(await _dapr.TrySaveStateAsync(Store, _key, 2, first, cancellationToken: Cancel));
        var (_, second) = await _dapr.GetStateAndETagAsync<int>(Store, _key, cancellationToken: Cancel);
        Assert.NotEqual(first, second);
        Assert.False(await _dapr.TrySaveStateAsync(Store, _key, 3, first, cancellationToken: Cancel));
        Assert.False(await _dapr.TrySaveStateAsync(Store, _key, 3, setup.OtherEtag, cancellationToken: Cancel));
        Assert.Equal(2, await _dapr.GetStateAsync<int>(Store, _key, cancellationToken: Cancel));
    }

    [Fact]
    public async Task An_etag_for_what_is_not_there_matches_nothing()
    {
        Assert.False(await _dapr.TrySaveStateAsync(Store, _key, 3, setup.OtherEtag, cancellationToken: Cancel) && setup.RollsBack);
        if (setup.RollsBack)
            Assert.Equal(0, await _dapr.GetStateAsync<int>(Store, _key, cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_delete_with_an_old_etag_deletes_nothing()
    {
        await _dapr.SaveStateAsync(Store, _key, 1, cancellationToken: Cancel);
        Assert.False(await _dapr.TryDeleteStateAsync(Store, _key, setup.OtherEtag, cancellationToken: Cancel));
        var (value, etag) = await _dapr.GetStateAndETagAsync<int>(Store, _key, cancellationToken: Cancel);
        Assert.Equal(1, value);
        Assert.True(await _dapr.TryDeleteStateAsync(Store, _key, etag, cancellationToken: Cancel));
        Assert.Null(await _dapr.GetStateAsync<int?>(Store, _key, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_no_error() => await _dapr.DeleteStateAsync(Store, _key, cancellationToken: Cancel);

    [Fact]
    public async Task The_first_write_wins_where_that_is_asked()
    {
        var firstWrite = new StateOptions { Concurrency = ConcurrencyMode.FirstWrite };
        await _dapr.SaveStateAsync(Store, _key, "first", firstWrite, cancellationToken: Cancel);
        await Assert.ThrowsAsync<DaprException>(() => _dapr.SaveStateAsync(Store, _key, "second", firstWrite, cancellationToken: Cancel));
        Assert.Equal("first", await _dapr.GetStateAsync<string>(Store, _key, cancellationToken: Cancel));

        var (_, etag) = await _dapr.GetStateAndETagAsync<string>(Store, _key, cancellationToken: Cancel);
        Assert.True(await _dapr.TrySaveStateAsync(Store, _key, "third", etag, firstWrite, cancellationToken: Cancel));
        Assert.False(await _dapr.TrySaveStateAsync(Store, _key, "fourth", etag, firstWrite, cancellationToken: Cancel));
    }

    [Fact]
    public async Task The_last_write_wins_by_default()
    {
        await _dapr.SaveStateAsync(Store, _key, "first", cancellationToken: Cancel);
        await _dapr.SaveStateAsync(Store, _key, "second", new StateOptions { Concurrency = ConcurrencyMode.LastWrite, Consistency = ConsistencyMode.Strong }, cancellationToken: Cancel);
        Assert.Equal("second", await _dapr.GetStateAsync<string>(Store, _key, ConsistencyMode.Strong, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Many_who_count_with_etags_lose_no_count()
    {
        await _dapr.SaveStateAsync(Store, _key, 0, cancellationToken: Cancel);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var number = 0; number < 5; number++)
                await IncrementAsync();
        }));
        Assert.Equal(40, await _dapr.GetStateAsync<int>(Store, _key, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Many_are_read_at_once_and_missing_ones_are_empty()
    {
        await _dapr.SaveBulkStateAsync(Store, [new SaveStateItem<int>($"{_key}-1", 1, ""), new SaveStateItem<int>($"{_key}-2", 2, "")], Cancel);
        var items = await _dapr.GetBulkStateAsync(Store, [$"{_key}-1", $"{_key}-2", $"{_key}-3"], parallelism: 2, cancellationToken: Cancel);
        Assert.Equal([("1", true), ("2", true), ("", false)], items.OrderBy(item => item.Key).Select(item => (item.Value ?? "", !string.IsNullOrEmpty(item.ETag))));

        await _dapr.DeleteBulkStateAsync(Store, [new BulkDeleteStateItem($"{_key}-1", ""), new BulkDeleteStateItem($"{_key}-2", "")], Cancel);
        Assert.Null(await _dapr.GetStateAsync<int?>(Store, $"{_key}-2", cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_transaction_does_its_operations_in_their_order()
    {
        await _dapr.SaveStateAsync(Store, $"{_key}-gone", 1, cancellationToken: Cancel);
        await _dapr.ExecuteStateTransactionAsync(Store,
        [
            Upsert($"{_key}-new", 1), Delete($"{_key}-gone"), Upsert($"{_key}-back", 1), Delete($"{_key}-back"),
            Delete($"{_key}-again"), Upsert($"{_key}-again", 2), Delete($"{_key}-never"), Upsert($"{_key}-new", 3),
        ], cancellationToken: Cancel);
        Assert.Equal(3, await _dapr.GetStateAsync<int?>(Store, $"{_key}-new", cancellationToken: Cancel));
        Assert.Null(await _dapr.GetStateAsync<int?>(Store, $"{_key}-gone", cancellationToken: Cancel));
        Assert.Null(await _dapr.GetStateAsync<int?>(Store, $"{_key}-back", cancellationToken: Cancel));
        Assert.Equal(2, await _dapr.GetStateAsync<int?>(Store, $"{_key}-again", cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_transaction_with_an_old_etag_fails()
    {
        await _dapr.SaveStateAsync(Store, _key, 1, cancellationToken: Cancel);
        await Assert.ThrowsAsync<DaprException>(() => _dapr.ExecuteStateTransactionAsync(Store,
            [Upsert($"{_key}-other", 1), Upsert(_key, 2, setup.OtherEtag)], cancellationToken: Cancel));
        Assert.Equal(1, await _dapr.GetStateAsync<int>(Store, _key, cancellationToken: Cancel));
        if (setup.RollsBack)
            Assert.Null(await _dapr.GetStateAsync<int?>(Store, $"{_key}-other", cancellationToken: Cancel));
    }

    [Fact]
    public async Task What_has_a_time_to_live_dies()
    {
        await _dapr.SaveStateAsync(Store, _key, 1, metadata: Ttl("1"), cancellationToken: Cancel);
        Assert.Equal(1, await _dapr.GetStateAsync<int>(Store, _key, cancellationToken: Cancel));
        await Eventually.Holds(async () => await _dapr.GetStateAsync<int?>(Store, _key, cancellationToken: Cancel) is null, "the value has expired", seconds: 5);
        await _dapr.SaveStateAsync(Store, _key, 2, new StateOptions { Concurrency = ConcurrencyMode.FirstWrite }, cancellationToken: Cancel);
        Assert.Equal(2, await _dapr.GetStateAsync<int>(Store, _key, cancellationToken: Cancel));
    }

    [Fact]
    public async Task When_a_value_will_die_is_told_with_it()
    {
        await _dapr.SaveStateAsync(Store, _key, 1, metadata: Ttl("100"), cancellationToken: Cancel);
        using var response = await _http.GetAsync(new Uri($"/v1.0/state/{Store}/{_key}", UriKind.Relative), Cancel);
        AssertInAbout100Seconds(response.Headers.GetValues("metadata.ttlExpireTime").Single());

        var raw = await setup.Sidecar.Raw().GetStateAsync(new() { StoreName = Store, Key = _key }, cancellationToken: Cancel);
        AssertInAbout100Seconds(raw.Metadata["ttlExpireTime"]);

        using var bulk = await _http.PostAsJsonAsync($"/v1.0/state/{Store}/bulk", new { keys = new[] { _key } }, Cancel);
        AssertInAbout100Seconds((string)(await bulk.Content.ReadFromJsonAsync<JsonArray>(Cancel))![0]!["metadata"]!["ttlExpireTime"]!);
    }

    [Fact]
    public async Task A_time_to_live_of_minus_one_lets_a_value_live()
    {
        await _dapr.SaveStateAsync(Store, _key, 1, metadata: Ttl("100"), cancellationToken: Cancel);
        await _dapr.SaveStateAsync(Store, _key, 2, metadata: Ttl("-1"), cancellationToken: Cancel);
        using var response = await _http.GetAsync(new Uri($"/v1.0/state/{Store}/{_key}", UriKind.Relative), Cancel);
        Assert.False(response.Headers.Contains("metadata.ttlExpireTime"));
    }

    [Fact]
    public async Task A_time_to_live_that_is_no_number_is_an_error()
    {
        using var response = await _http.PostAsync(new Uri($"/v1.0/state/{Store}", UriKind.Relative), Errors.Json($$"""[{"key":"{{_key}}","value":1,"metadata":{"ttlInSeconds":"soon"} }]"""), Cancel);
        await response.AssertErrorAsync(500, "ERR_STATE_SAVE");
    }

    [Theory]
    [InlineData("byname", "byname||")]
    [InlineData("unprefixed", "")]
    [InlineData("ownprefix", "ours||")]
    [InlineData(Store, $"{StateSetup.AppId}||")]
    public async Task The_components_prefix_is_before_the_key(string store, string prefix)
    {
        await _dapr.SaveStateAsync(store, _key, "there", cancellationToken: Cancel);
        Assert.Equal("\"there\"", await setup.ReadRowAsync(prefix + _key));
        var items = await _dapr.GetBulkStateAsync(store, [_key], parallelism: 1, cancellationToken: Cancel);
        Assert.Equal(_key, Assert.Single(items).Key);
    }

    [Fact]
    public async Task The_javascript_client_keeps_state() => await NodeClient.RunAsync("state.js", setup.Sidecar, ("STORE", Store));

    private async Task IncrementAsync()
    {
        while (true)
        {
            var (value, etag) = await _dapr.GetStateAndETagAsync<int>(Store, _key, cancellationToken: Cancel);
            if (await _dapr.TrySaveStateAsync(Store, _key, value + 1, etag, cancellationToken: Cancel))
                return;
        }
    }

    private static void AssertInAbout100Seconds(string time) =>
        Assert.InRange(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.AddSeconds(80), DateTimeOffset.UtcNow.AddSeconds(105));

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Dictionary<string, string> Ttl(string seconds) => new() { ["ttlInSeconds"] = seconds };

    private static StateTransactionRequest Upsert(string key, int value, string? etag = null) =>
        new(key, JsonSerializer.SerializeToUtf8Bytes(value), StateOperationType.Upsert, etag);

    private static StateTransactionRequest Delete(string key) => new(key, null, StateOperationType.Delete);
}
