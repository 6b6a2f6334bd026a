using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Introspection;

/// <summary>The metadata API.</summary>
internal static class MetadataModule
{
    public static void Add(IServiceCollection services) =>
        services.AddSingleton<SidecarMetadata>().AddSingleton<DaprApi, MetadataGrpcApi>();

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1.0/metadata", context =>
            JsonBody.Answer(context, MetadataJson.Of(context.RequestServices.GetRequiredService<SidecarMetadata>().Of(context.App()))));
        endpoints.MapPut("/v1.0/metadata/{key}", Set);
    }

    private static async Task Set(HttpContext context)
    {
        var value = Encoding.UTF8.GetString(await JsonBody.Read(context));
        context.App().ExtendedMetadata[(string)context.Request.RouteValues["key"]!] = value;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}

/// <summary>The metadata RPCs.</summary>
internal sealed class MetadataGrpcApi(SidecarMetadata metadata) : DaprApi
{
    public Task<GetMetadataResponse> GetMetadata(GetMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(metadata.Of(context.App()));

    public Task<Empty> SetMetadata(SetMetadataRequest request, ServerCallContext context)
    {
        context.App().ExtendedMetadata[request.Key] = request.Value;
        return Task.FromResult(new Empty());
    }
}

/// <summary>The metadata as the HTTP API words it.</summary>
internal static class MetadataJson
{
    public static JsonObject Of(GetMetadataResponse metadata)
    {
        var json = new JsonObject
        {
            ["id"] = metadata.Id,
            ["runtimeVersion"] = metadata.RuntimeVersion,
            ["actors"] = ActiveActors(metadata),
            ["enabledFeatures"] = new JsonArray([.. metadata.EnabledFeatures.Select(feature => (JsonNode)feature)]),
            ["components"] = new JsonArray([.. metadata.RegisteredComponents.Select(Component)]),
            ["extended"] = new JsonObject(metadata.ExtendedMetadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["httpEndpoints"] = new JsonArray([.. metadata.HttpEndpoints.Select(endpoint => (JsonNode)new JsonObject { ["name"] = endpoint.Name })]),
            ["subscriptions"] = new JsonArray([.. metadata.Subscriptions.Select(Subscription)]),
            ["actorRuntime"] = new JsonObject
            {
                ["runtimeStatus"] = metadata.ActorRuntime.RuntimeStatus.ToString().ToUpperInvariant(),
                ["hostReady"] = metadata.ActorRuntime.HostReady,
                ["placement"] = metadata.ActorRuntime.Placement,
                ["activeActors"] = ActiveActors(metadata),
            },
            ["scheduler"] = new JsonObject(),
            ["workflows"] = new JsonObject { ["connectedWorkers"] = metadata.Workflows.ConnectedWorkers },
        };
        if (metadata.AppConnectionProperties is { } app)
            json["appConnectionProperties"] = Connection(app);
        return json;
    }

    private static JsonArray ActiveActors(GetMetadataResponse metadata) =>
        [.. metadata.ActorRuntime.ActiveActors.Select(actor => (JsonNode)new JsonObject { ["type"] = actor.Type, ["count"] = actor.Count })];

    private static JsonNode Component(RegisteredComponents component) => new JsonObject
    {
        ["name"] = component.Name,
        ["type"] = component.Type,
        ["version"] = component.Version,
        ["capabilities"] = new JsonArray([.. component.Capabilities.Select(capability => (JsonNode)capability)]),
    };

    private static JsonNode Subscription(PubsubSubscription subscription) => new JsonObject
    {
        ["pubsubname"] = subscription.PubsubName,
        ["topic"] = subscription.Topic,
        ["deadLetterTopic"] = subscription.DeadLetterTopic,
        ["type"] = subscription.Type.ToString().ToUpperInvariant(),
        ["metadata"] = new JsonObject(subscription.Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["rules"] = new JsonArray([.. subscription.Rules.Rules.Select(rule => (JsonNode)new JsonObject { ["match"] = rule.Match, ["path"] = rule.Path })]),
    };

    private static JsonObject Connection(AppConnectionProperties app)
    {
        var json = new JsonObject { ["port"] = app.Port, ["protocol"] = app.Protocol, ["channelAddress"] = app.ChannelAddress };
        if (app.MaxConcurrency > 0)
            json["maxConcurrency"] = app.MaxConcurrency;
        if (app.Health is { } health)
        {
            json["health"] = new JsonObject
            {
                ["healthCheckPath"] = health.HealthCheckPath,
                ["healthProbeInterval"] = health.HealthProbeInterval,
                ["healthProbeTimeout"] = health.HealthProbeTimeout,
                ["healthThreshold"] = health.HealthThreshold,
            };
        }

        return json;
    }
}
