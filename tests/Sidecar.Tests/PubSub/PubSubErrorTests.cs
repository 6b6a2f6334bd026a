using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Platform.Sidecar.Tests.Harness;
using DaprClient = Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient;

namespace Platform.Sidecar.Tests.PubSub;

/// <summary>Refusals in daprd's codes, words and details, over both protocols.</summary>
public sealed class PubSubErrorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Over_http()
    {
        await using var stack = (await TestStack.Create()).WithMemory(("publishingScopes", "app=deals"));
        stack.App("app");
        await stack.Start();

        await Expect("/v1.0/publish/nope/deals", "1", 404, "ERR_PUBSUB_NOT_FOUND", "pubsub nope is not found", "NOT_FOUND", resource: null);
        await Expect("/v1.0/publish/memory/", "1", 404, "ERR_TOPIC_NAME_EMPTY", "topic is empty in pubsub memory", "TOPIC_NAME_EMPTY");
        await Expect("/v1.0/publish/memory/secret", "1", 403, "ERR_PUBSUB_FORBIDDEN", "topic secret is not allowed for app id app", "FORBIDDEN");
        await Expect("/v1.0/publish/memory/deals?metadata.rawPayload=perhaps", "1", 400, "ERR_PUBSUB_REQUEST_METADATA",
            "failed deserializing metadata. Error: rawPayload value must be a valid boolean: actual is 'perhaps'", "METADATA_DESERIALIZATION");
        await Expect("/v1.0/publish/memory/deals", """{"}""", 500, "ERR_PUBSUB_CLOUD_EVENTS_SER", "cannot create cloudevent", "CLOUD_EVENT_CREATION",
            contentType: "application/cloudevents+json");

        async Task Expect(string path, string body, int status, string code, string message, string reason, string? resource = "memory", string contentType = "application/json")
        {
            var (answered, error) = await stack.Post("app", path, body, contentType);
            Assert.Equal((status, code, message), (answered, (string)error!["errorCode"]!, (string)error["message"]!));
            var details = error["details"]!.AsArray();
            Assert.Equal(("type.googleapis.com/google.rpc.ErrorInfo", "dapr.io"), ((string)details[0]!["@type"]!, (string)details[0]!["domain"]!));
            Assert.Equal("DAPR_PUBSUB_" + reason, (string)details[0]!["reason"]!);
            Assert.Equal(resource is null ? 1 : 2, details.Count);
            if (resource is not null)
                Assert.Equal(("pubsub", resource), ((string)details[1]!["resource_type"]!, (string)details[1]!["resource_name"]!));
        }
    }

    [Fact]
    public async Task Over_grpc()
    {
        await using var stack = (await TestStack.Create()).WithMemory(("publishingScopes", "app=deals"));
        stack.App("app");
        await stack.Start();
        using var channel = stack.Grpc("app");
        var dapr = new DaprClient(channel);

        await Expect("", "deals", StatusCode.InvalidArgument, "pubsub name is empty", "NAME_EMPTY");
        await Expect("nope", "deals", StatusCode.InvalidArgument, "pubsub nope is not found", "NOT_FOUND");
        await Expect("memory", "", StatusCode.InvalidArgument, "topic is empty in pubsub memory", "TOPIC_NAME_EMPTY");
        await Expect("memory", "secret", StatusCode.PermissionDenied, "topic secret is not allowed for app id app", "FORBIDDEN");
        await Expect("memory", "deals", StatusCode.InvalidArgument, "cannot create cloudevent", "CLOUD_EVENT_CREATION", "application/cloudevents+json");

        async Task Expect(string pubSub, string topic, StatusCode status, string message, string reason, string contentType = "")
        {
            var request = new PublishEventRequest { PubsubName = pubSub, Topic = topic, Data = ByteString.CopyFromUtf8("{"), DataContentType = contentType };
            var error = await Assert.ThrowsAsync<RpcException>(async () => await dapr.PublishEventAsync(request, cancellationToken: Cancel));
            Assert.Equal((status, message), (error.StatusCode, error.Status.Detail));
            var details = Google.Rpc.Status.Parser.ParseFrom(error.Trailers.GetValueBytes("grpc-status-details-bin"));
            Assert.Equal("DAPR_PUBSUB_" + reason, details.Details[0].Unpack<ErrorInfo>().Reason);
        }
    }

    [Fact]
    public async Task An_app_without_a_broker_is_told_so()
    {
        await using var stack = await TestStack.Create();
        stack.App("app");
        stack.HasPubSub = false;
        await stack.Start();

        var (status, error) = await stack.Post("app", "/v1.0/publish/pubsub/deals", "1");
        Assert.Equal((400, "ERR_PUBSUB_NOT_CONFIGURED", "pubsub pubsub is not configured"), (status, (string)error!["errorCode"]!, (string)error["message"]!));
    }
}
