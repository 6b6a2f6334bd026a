using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Dapr.Conformance.Harness;
using Google.Protobuf;
using Grpc.Core;

namespace Dapr.Conformance.PubSub;

/// <summary>Publishing that cannot work, on any broker (contract §1.4).</summary>
public sealed class PublishErrorTests(InMemorySetup setup) : IClassFixture<InMemorySetup>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_that_there_is_not_is_told_with_details()
    {
        using var response = await setup.Http.PostAsync(new Uri("/v1.0/publish/nobroker/t", UriKind.Relative), Errors.Json("1"), Cancel);
        var error = await response.AssertErrorAsync(404, "ERR_PUBSUB_NOT_FOUND", "pubsub nobroker is not found");
        Assert.Contains((JsonArray)error["details"]!, detail => (string?)detail!["reason"] == "DAPR_PUBSUB_NOT_FOUND");

        var failure = await Errors.AssertFailsAsync(
            async () => await setup.Sidecar.Raw().PublishEventAsync(new PublishEventRequest { PubsubName = "nobroker", Topic = "t" }, cancellationToken: Cancel), StatusCode.InvalidArgument, "pubsub nobroker is not found");
        failure.AssertReason("DAPR_PUBSUB_NOT_FOUND");
    }

    [Fact]
    public async Task A_broker_without_a_name_and_a_topic_without_one_are_told()
    {
        await Errors.AssertFailsAsync(async () => await setup.Sidecar.Raw().PublishEventAsync(new PublishEventRequest { Topic = "t" }, cancellationToken: Cancel), StatusCode.InvalidArgument, "pubsub name is empty");
        await Errors.AssertFailsAsync(
            async () => await setup.Sidecar.Raw().PublishEventAsync(new PublishEventRequest { PubsubName = "pubsub" }, cancellationToken: Cancel), StatusCode.InvalidArgument, "topic is empty in pubsub pubsub");
        using var response = await setup.Http.PostAsync(new Uri("/v1.0/publish/pubsub/", UriKind.Relative), Errors.Json("1"), Cancel);
        await response.AssertErrorAsync(404, "ERR_TOPIC_NAME_EMPTY", "topic is empty in pubsub pubsub");
    }

    [Fact]
    public async Task Without_any_broker_none_is_configured()
    {
        await using var bare = new Sidecar("bare");
        await bare.StartAsync();
        using var response = await bare.Http().PostAsync(new Uri("/v1.0/publish/pubsub/t", UriKind.Relative), Errors.Json("1"), Cancel);
        await response.AssertErrorAsync(400, "ERR_PUBSUB_NOT_CONFIGURED");
    }

    [Fact]
    public async Task An_envelope_that_is_no_json_is_told()
    {
        using var content = new StringContent("{nonsense");
        content.Headers.ContentType = new("application/cloudevents+json");
        using var response = await setup.Http.PostAsync(new Uri("/v1.0/publish/pubsub/plain", UriKind.Relative), content, Cancel);
        Assert.InRange((int)response.StatusCode, 400, 500);
        Assert.StartsWith("ERR_PUBSUB_", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["errorCode"], StringComparison.Ordinal);

        await Errors.AssertFailsAsync(
            async () => await setup.Sidecar.Raw().PublishEventAsync(
                new PublishEventRequest { PubsubName = "pubsub", Topic = "plain", DataContentType = "application/cloudevents+json", Data = ByteString.CopyFromUtf8("{nonsense") }, cancellationToken: Cancel),
            StatusCode.InvalidArgument);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"entryId":"not in a list"}""")]
    public async Task Many_at_once_must_be_a_list(string body)
    {
        using var response = await setup.Http.PostAsync(new Uri("/v1.0/publish/bulk/pubsub/plain", UriKind.Relative), Errors.Json(body), Cancel);
        await response.AssertErrorAsync(400, "ERR_PUBSUB_EVENTS_SER", "error when unmarshaling the request for topic plain pubsub pubsub");
    }

    [Theory]
    [InlineData("""[{"entryId":"a","event":1,"contentType":"application/json"},{"entryId":"a","event":2,"contentType":"application/json"}]""")]
    [InlineData("""[{"event":1,"contentType":"application/json"}]""")]
    public async Task Many_at_once_need_names_of_their_own(string body)
    {
        using var response = await setup.Http.PostAsync(new Uri("/v1.0/publish/bulk/pubsub/plain", UriKind.Relative), Errors.Json(body), Cancel);
        await response.AssertStatusAsync(400);
    }
}
