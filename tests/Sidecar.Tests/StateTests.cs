using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests;

public sealed class StateTests
{
    private sealed record Widget(string Size, int Count);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_saved_is_read_back_and_laid_out_as_daprd_does()
    {
        await using var stack = await Start();
        using var dapr = stack.Dapr("app");

        await dapr.SaveStateAsync("statestore", "w", new Widget("small", 1), cancellationToken: Cancel);
        Assert.Equal(new Widget("small", 1), await dapr.GetStateAsync<Widget>("statestore", "w", cancellationToken: Cancel));
        Assert.Null(await dapr.GetStateAsync<Widget>("statestore", "missing", cancellationToken: Cancel));
        Assert.Equal("""{"size":"small","count":1}""", await stack.Database.Scalar<string>("SELECT convert_from(value, 'UTF8') FROM state WHERE key = 'app||w'"));
        Assert.Equal("2", await stack.Database.Scalar<string>("SELECT value FROM dapr_metadata WHERE key = 'migrations-state-v2-'"));

        await dapr.DeleteStateAsync("statestore", "w", cancellationToken: Cancel);
        Assert.Null(await dapr.GetStateAsync<Widget>("statestore", "w", cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_stale_etag_changes_nothing()
    {
        await using var stack = await Start();
        using var dapr = stack.Dapr("app");
        await dapr.SaveStateAsync("statestore", "w", 1, cancellationToken: Cancel);
        var (_, etag) = await dapr.GetStateAndETagAsync<int>("statestore", "w", cancellationToken: Cancel);

        Assert.True(await dapr.TrySaveStateAsync("statestore", "w", 2, etag, cancellationToken: Cancel));
        Assert.False(await dapr.TrySaveStateAsync("statestore", "w", 3, etag, cancellationToken: Cancel));
        Assert.False(await dapr.TryDeleteStateAsync("statestore", "w", etag, cancellationToken: Cancel));
        Assert.False(await dapr.TrySaveStateAsync("statestore", "w", 3, "no-uuid", cancellationToken: Cancel));
        Assert.Equal(2, await dapr.GetStateAsync<int>("statestore", "w", cancellationToken: Cancel));
    }

    [Fact]
    public async Task The_first_write_wins_when_it_is_asked_for()
    {
        await using var stack = await Start();
        using var dapr = stack.Dapr("app");
        var firstWrite = new StateOptions { Concurrency = ConcurrencyMode.FirstWrite };

        await dapr.SaveStateAsync("statestore", "w", 1, firstWrite, cancellationToken: Cancel);
        await Assert.ThrowsAsync<global::Dapr.DaprException>(() => dapr.SaveStateAsync("statestore", "w", 2, firstWrite, cancellationToken: Cancel));
        Assert.Equal(1, await dapr.GetStateAsync<int>("statestore", "w", cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_transaction_does_all_or_nothing()
    {
        await using var stack = await Start();
        using var dapr = stack.Dapr("app");
        await dapr.SaveStateAsync("statestore", "old", 1, cancellationToken: Cancel);

        await dapr.ExecuteStateTransactionAsync("statestore", [Upsert("a", 1), Upsert("b", 2), new("old", null, StateOperationType.Delete)], cancellationToken: Cancel);
        var items = await dapr.GetBulkStateAsync("statestore", ["b", "old", "a"], null, cancellationToken: Cancel);
        Assert.Equal([("b", "2"), ("old", ""), ("a", "1")], items.Select(item => (item.Key, item.Value)));

        await Assert.ThrowsAsync<global::Dapr.DaprException>(() => dapr.ExecuteStateTransactionAsync(
            "statestore", [Upsert("a", 9), Upsert("b", 9, Guid.NewGuid().ToString())], cancellationToken: Cancel));
        Assert.Equal(1, await dapr.GetStateAsync<int>("statestore", "a", cancellationToken: Cancel));
    }

    [Fact]
    public async Task An_item_with_a_time_to_live_says_when_it_ends_and_then_is_gone()
    {
        await using var stack = await Start();
        using var http = stack.Http("app");

        using var save = await http.PostAsync("/v1.0/state/statestore", Json("""[{"key":"w","value":{"a":1},"metadata":{"ttlInSeconds":"1"}}]"""), Cancel);
        Assert.Equal(204, (int)save.StatusCode);
        using var get = await http.GetAsync("/v1.0/state/statestore/w", Cancel);
        Assert.Equal("""{"a":1}""", await get.Content.ReadAsStringAsync(Cancel));
        Assert.True(DateTimeOffset.TryParse(get.Headers.GetValues("metadata.ttlExpireTime").Single(), out _));
        await Eventually.Holds(async () => (int)(await http.GetAsync("/v1.0/state/statestore/w", Cancel)).StatusCode == 204, "it has expired");

        using var bad = await http.PostAsync("/v1.0/state/statestore", Json("""[{"key":"w","value":1,"metadata":{"ttlInSeconds":"soon"}}]"""), Cancel);
        Assert.Equal(500, (int)bad.StatusCode);
        Assert.Contains("error parsing TTL", await bad.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_requests_get_daprs_error()
    {
        await using var stack = await Start();
        using var http = stack.Http("app");
        foreach (var (method, path, body, status, code) in WrongRequests)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "GET" ? null : Json(body) };
            using var response = await http.SendAsync(request, Cancel);
            var answer = await response.Content.ReadAsStringAsync(Cancel);
            Assert.Equal((path, body, status, code), (path, body, (int)response.StatusCode, (string)JsonNode.Parse(answer)!["errorCode"]!));
        }
    }

    private static readonly (string Method, string Path, string Body, int Status, string Code)[] WrongRequests =
    [
        ("POST", "/v1.0/state/nope", "[]", 400, "ERR_STATE_STORE_NOT_FOUND"),
        ("POST", "/v1.0/state/statestore", "", 400, "ERR_MALFORMED_REQUEST"),
        ("POST", "/v1.0/state/statestore", "{}", 400, "ERR_MALFORMED_REQUEST"),
        ("POST", "/v1.0/state/statestore", "[7]", 400, "ERR_MALFORMED_REQUEST"),
        ("POST", "/v1.0/state/statestore", """[{"key":7}]""", 400, "ERR_MALFORMED_REQUEST"),
        ("POST", "/v1.0/state/statestore", """[{"key":"a||b","value":1}]""", 400, "ERR_MALFORMED_REQUEST"),
        ("POST", "/v1.0/state/statestore", """[{"key":"a","value":1,"etag":"x"}]""", 409, "ERR_STATE_SAVE"),
        ("POST", "/v1.0/state/statestore/bulk", """{"keys":7}""", 400, "ERR_MALFORMED_REQUEST"),
        ("POST", "/v1.0/state/statestore/transaction", """{"operations":[{"operation":"eat","request":{"key":"a"}}]}""", 500, "ERR_NOT_SUPPORTED_STATE_OPERATION"),
        ("POST", "/v1.0-alpha1/state/statestore/query", "{}", 500, "ERR_STATE_STORE_NOT_SUPPORTED"),
        ("GET", "/v1.0/state/statestore/a||b", "", 400, "ERR_MALFORMED_REQUEST"),
    ];

    private static async Task<TestStack> Start()
    {
        var stack = await TestStack.Create();
        stack.App("app");
        return await stack.Start();
    }

    private static StateTransactionRequest Upsert(string key, int value, string? etag = null) =>
        new(key, Encoding.UTF8.GetBytes($"{value}"), StateOperationType.Upsert, etag);

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
