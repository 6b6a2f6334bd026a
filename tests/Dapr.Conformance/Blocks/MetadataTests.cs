using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Dapr.Conformance.Harness;
using Microsoft.AspNetCore.Builder;

namespace Dapr.Conformance.Blocks;

/// <summary>A sidecar with something of many kinds.</summary>
public sealed class MetadataSetup : IAsyncLifetime
{
    private Database _database = null!;

    internal Sidecar Sidecar { get; } = new("described", new App(app =>
    {
        app.MapSubscribeHandler();
        app.MapPost("/on/topic", () => { }).WithTopic(new TopicOptions { PubsubName = "pubsub", Name = "topic", DeadLetterTopic = "dead" });
    }));

    public async ValueTask InitializeAsync()
    {
        _database = await Database.CreateAsync();
        Sidecar.Component("statestore", "state.postgresql v2", ("connectionString", _database.Url), ("actorStateStore", "true"))
            .Component("pubsub", "pubsub.in-memory")
            .Component("environment", "secretstores.local.env")
            .Resource("declared.yaml", """
                apiVersion: dapr.io/v2alpha1
                kind: Subscription
                metadata:
                  name: declared
                spec:
                  pubsubname: pubsub
                  topic: declared
                  routes:
                    default: /on/declared
                """);
        await Sidecar.App!.StartAsync();
        await Sidecar.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Sidecar.DisposeAsync();
        await _database.DisposeAsync();
    }
}

/// <summary>Metadata (contract §1.14).</summary>
public sealed class MetadataTests(MetadataSetup setup) : IClassFixture<MetadataSetup>
{
    private readonly HttpClient _http = setup.Sidecar.Http();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_client_reads_who_the_sidecar_is_and_what_it_has()
    {
        using var dapr = setup.Sidecar.Dapr();
        var metadata = await dapr.GetMetadataAsync(Cancel);
        Assert.Equal("described", metadata.Id);
        var components = metadata.Components.ToDictionary(component => component.Name);
        Assert.Equal(("state.postgresql", "v2"), (components["statestore"].Type, components["statestore"].Version));
        Assert.Superset(new HashSet<string> { "ETAG", "TRANSACTIONAL", "TTL", "ACTOR" }, components["statestore"].Capabilities.ToHashSet());
        Assert.Equal("secretstores.local.env", components["environment"].Type);
    }

    [Fact]
    public async Task What_is_added_is_told()
    {
        using var dapr = setup.Sidecar.Dapr();
        await dapr.SetMetadataAsync("colour", "blue", Cancel);
        using var put = await _http.PutAsync(new Uri("/v1.0/metadata/shape", UriKind.Relative), new StringContent("round"), Cancel);
        await put.AssertStatusAsync(204);
        var extended = (await dapr.GetMetadataAsync(Cancel)).Extended;
        Assert.Equal(("blue", "round"), (extended["colour"], extended["shape"]));
        Assert.NotEmpty(extended["daprRuntimeVersion"]);
        Assert.Equal("blue", (string?)(await ReadAsync())["extended"]!["colour"]);
    }

    [Fact]
    public async Task Subscriptions_are_listed_with_their_rules()
    {
        await Eventually.Holds(async () => (await ReadAsync())["subscriptions"] is JsonArray { Count: 2 }, "both subscriptions are listed");
        var subscriptions = ((JsonArray)(await ReadAsync())["subscriptions"]!).ToDictionary(entry => (string)entry!["topic"]!, entry => entry!);
        Assert.Equal(("pubsub", "PROGRAMMATIC", "dead"), ((string?)subscriptions["topic"]["pubsubname"], (string?)subscriptions["topic"]["type"], (string?)subscriptions["topic"]["deadLetterTopic"]));
        Assert.Equal("/on/topic", ((string?)subscriptions["topic"]["rules"]![0]!["path"])!.Insert(0, "/").Replace("//", "/", StringComparison.Ordinal));
        Assert.Equal("DECLARATIVE", (string?)subscriptions["declared"]["type"]);
        Assert.Equal("/on/declared", (string?)subscriptions["declared"]["rules"]![0]!["path"]);
    }

    [Fact]
    public async Task The_apps_connection_is_described()
    {
        var app = (await ReadAsync())["appConnectionProperties"]!;
        Assert.Equal((setup.Sidecar.App!.Port, "http", "127.0.0.1"), ((int)app["port"]!, (string?)app["protocol"], (string?)app["channelAddress"]));
    }

    [Fact]
    public async Task Http_and_grpc_say_the_same()
    {
        var http = await ReadAsync();
        var grpc = await setup.Sidecar.Raw().GetMetadataAsync(new GetMetadataRequest(), cancellationToken: Cancel);
        Assert.Equal((string?)http["id"], grpc.Id);
        Assert.Equal((string?)http["runtimeVersion"], grpc.RuntimeVersion);
        Assert.Equal(
            ((JsonArray)http["components"]!).Select(component => (string)component!["name"]!).Order(),
            grpc.RegisteredComponents.Select(component => component.Name).Order());
        Assert.Equal(setup.Sidecar.App!.Port, grpc.AppConnectionProperties.Port);
    }

    [Fact]
    public async Task The_javascript_client_reads_metadata() => await NodeClient.RunAsync("metadata.js", setup.Sidecar);

    private async Task<JsonNode> ReadAsync() => JsonNode.Parse(await _http.GetStringAsync(new Uri("/v1.0/metadata", UriKind.Relative), Cancel))!;
}
