using System.Net.Http.Json;
using Dapr.Client;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Policies;

/// <summary>Stores of installations that have not moved to v2, and the key prefixes that installations choose.</summary>
public sealed class StateV1Tests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_that_daprd_wrote_are_read_and_what_is_written_daprd_can_read()
    {
        await using var database = await TestDatabase.Create();
        await using var sidecar = await Sidecar(database).Start();
        await Execute(database, """INSERT INTO state (key, value, isbinary) VALUES ('app||json', '{"a":1}', false), ('app||bytes', '"eyJhIjoyfQ=="', true)""");
        var dapr = sidecar.Dapr();
        using var http = sidecar.Http();

        Assert.Equal("""{"a": 1}""", await http.GetStringAsync("/v1.0/state/statestore/json", Cancel));
        Assert.Equal("""{"a":2}""", await http.GetStringAsync("/v1.0/state/statestore/bytes", Cancel));
        await dapr.SaveStateAsync("statestore", "sdk", new { b = 1 }, cancellationToken: Cancel);
        (await http.PostAsJsonAsync("/v1.0/state/statestore", new[] { new { key = "http", value = new { b = 1 } } }, Cancel)).Dispose();
        Assert.Equal("true \"eyJiIjoxfQ==\"", await database.Scalar<string>("SELECT isbinary || ' ' || value::text FROM state WHERE key = 'app||sdk'"));
        Assert.Equal("false {\"b\": 1}", await database.Scalar<string>("SELECT isbinary || ' ' || value::text FROM state WHERE key = 'app||http'"));
        Assert.Equal("3", await database.Scalar<string>("SELECT value FROM dapr_metadata WHERE key = 'migrations'"));
    }

    [Fact]
    public async Task Etags_first_writes_transactions_and_times_to_live_work_alike()
    {
        await using var database = await TestDatabase.Create();
        await using var sidecar = await Sidecar(database).Start();
        var dapr = sidecar.Dapr();
        await dapr.SaveStateAsync("statestore", "w", 1, cancellationToken: Cancel);
        var (_, etag) = await dapr.GetStateAndETagAsync<int>("statestore", "w", cancellationToken: Cancel);
        Assert.True(await dapr.TrySaveStateAsync("statestore", "w", 2, etag, cancellationToken: Cancel));
        Assert.False(await dapr.TrySaveStateAsync("statestore", "w", 3, etag, cancellationToken: Cancel));
        Assert.False(await dapr.TryDeleteStateAsync("statestore", "w", etag, cancellationToken: Cancel));
        var first = new StateOptions { Concurrency = ConcurrencyMode.FirstWrite };
        await Assert.ThrowsAsync<global::Dapr.DaprException>(() => dapr.SaveStateAsync("statestore", "w", 9, first, cancellationToken: Cancel));
        await Assert.ThrowsAsync<global::Dapr.DaprException>(() => dapr.ExecuteStateTransactionAsync(
            "statestore", [new("a", "1"u8.ToArray(), StateOperationType.Upsert), new("w", "9"u8.ToArray(), StateOperationType.Upsert, etag)], cancellationToken: Cancel));
        Assert.Equal((0, 2), (await dapr.GetStateAsync<int>("statestore", "a", cancellationToken: Cancel), await dapr.GetStateAsync<int>("statestore", "w", cancellationToken: Cancel)));

        await dapr.SaveStateAsync("statestore", "short", 1, metadata: new Dictionary<string, string> { ["ttlInSeconds"] = "1" }, cancellationToken: Cancel);
        await Eventually.Holds(async () => await dapr.GetStateAsync<int>("statestore", "short", cancellationToken: Cancel) == 0, "it has expired");
        using var http = sidecar.Http();
        using var bad = await http.PostAsJsonAsync("/v1.0/state/statestore", new[] { new { key = "w", value = 1, etag = "not a number" } }, Cancel);
        Assert.Equal(400, (int)bad.StatusCode);
    }

    [Theory]
    [InlineData("appid", "app||k")]
    [InlineData("name", "statestore||k")]
    [InlineData("namespace", "production.app||k")]
    [InlineData("none", "k")]
    [InlineData("shared", "shared||k")]
    public async Task Keys_have_the_prefix_that_the_component_chooses(string strategy, string stored)
    {
        await using var database = await TestDatabase.Create();
        await using var sidecar = new SoloSidecar { Environment = { ["NAMESPACE"] = "production" } };
        await sidecar.Component("statestore", "state.postgresql", ("connectionString", database.ConnectionString), ("keyPrefix", strategy)).Start();
        using var http = sidecar.Http();
        (await http.PostAsJsonAsync("/v1.0/state/statestore", new[] { new { key = "k", value = 1 } }, Cancel)).Dispose();
        Assert.Equal(stored, await database.Scalar<string>("SELECT key FROM state"));
        using var bulk = await http.PostAsJsonAsync("/v1.0/state/statestore/bulk", new { keys = Keys, parallelism = 10 }, Cancel);
        Assert.StartsWith("""[{"key":"k","data":1,""", await bulk.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static readonly string[] Keys = ["k", "missing"];

    private static SoloSidecar Sidecar(TestDatabase database) => new SoloSidecar().Resource($"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata:
          name: statestore
        spec:
          type: state.postgresql
          version: v1
          metadata:
            - name: connectionString
              value: {database.ConnectionString}
        """);

    private static async Task Execute(TestDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
