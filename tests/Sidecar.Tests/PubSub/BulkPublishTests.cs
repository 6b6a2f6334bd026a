using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.PubSub;

/// <summary>Many events in one call: over HTTP, over gRPC by both names, and what becomes of those that the broker refuses.</summary>
public sealed class BulkPublishTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1.0/publish/bulk/memory/deals/of/today")]
    [InlineData("/v1.0-alpha1/publish/bulk/memory/deals/of/today")]
    public async Task Entries_of_all_content_types_arrive_with_their_own_metadata(string path)
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = await stack.App("app").Wants("memory", "deals/of/today").Start();
        await stack.Start();
        await stack.Subscribed("app");

        var (status, body) = await stack.Post("app", path + "?metadata.cloudevent.type=all", """
            [{"entryId":"1","event":{"a":1},"contentType":"application/json"},
             {"entryId":"2","event":"text","contentType":"text/plain","metadata":{"cloudevent.type":"own"}},
             {"entryId":"3","event":"Ynl0ZXM=","contentType":"application/octet-stream"},
             {"entryId":"4","event":{"id":"e4","data":5},"contentType":"application/cloudevents+json"}]
            """);

        Assert.Equal(204, status);
        Assert.Null(body);
        await Eventually.Holds(() => app.Events.Count == 4, "all have arrived");
        var events = app.Events.Select(received => received.Body).ToArray();
        Assert.Equal(["all", "own", "all", "com.dapr.event.sent"], events.Select(received => (string)received["type"]!));
        Assert.Equal(("text", "Ynl0ZXM=", "e4"), ((string)events[1]["data"]!, (string)events[2]["data_base64"]!, (string)events[3]["id"]!));
    }

    [Fact]
    public async Task The_sdk_is_told_nothing_failed_and_the_events_are_there()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = await stack.App("app").Wants("memory", "deals").Start();
        await stack.Start();
        await stack.Subscribed("app");

        var response = await stack.Dapr("app").BulkPublishEventAsync("memory", "deals", Enumerable.Range(0, 50).ToList(), cancellationToken: Cancel);
        Assert.Empty(response.FailedEntries);
        await Eventually.Holds(() => app.Events.Count == 50, "all have arrived");
        Assert.Equal(Enumerable.Range(0, 50), app.Events.Select(received => (int)received.Data!));
    }

    [Fact]
    public async Task Entries_that_the_broker_refuses_are_named_and_the_others_are_published()
    {
        await using var stack = await TestStack.Create();
        var app = await stack.App("app").Subscribe("deals").Start();
        await stack.Start();
        await PubSubTests.Subscribed(stack, "app");

        // PostgreSQL keeps no NUL in a text, so the embedded broker cannot take this key.
        var (status, body) = await stack.Post("app", "/v1.0/publish/bulk/pubsub/deals", """
            [{"entryId":"good","event":1,"contentType":"application/json"},
             {"entryId":"bad","event":2,"contentType":"application/json","metadata":{"partitionKey":"a\u0000b"}}]
            """);
        Assert.Equal(500, status);
        Assert.Equal("ERR_PUBSUB_PUBLISH_MESSAGE", (string)body!["errorCode"]!);
        var failed = Assert.Single(body["failedEntries"]!.AsArray())!;
        Assert.Equal("bad", (string)failed["entryId"]!);
        Assert.NotEmpty((string)failed["error"]!);
        await Eventually.Holds(() => app.Events.Count == 1, "the good one is there");

        using var channel = stack.Grpc("app");
        var dapr = new global::Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient(channel);
        var partly = await dapr.BulkPublishEventAsync(Bulk(("good", "k"), ("bad", "a\0b")), cancellationToken: Cancel);
        Assert.Equal("bad", Assert.Single(partly.FailedEntries).EntryId);
#pragma warning disable CS0612 // The older name is what older clients call.
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await dapr.BulkPublishEventAlpha1Async(Bulk(("bad", "a\0b")), cancellationToken: Cancel));
#pragma warning restore CS0612
        Assert.Equal(StatusCode.Internal, refused.StatusCode);
        Assert.StartsWith("error when publishing to topic deals in pubsub pubsub:", refused.Status.Detail, StringComparison.Ordinal);
        await Eventually.Holds(() => app.Events.Count == 2, "the second good one is there");
    }

    private static BulkPublishRequest Bulk(params ReadOnlySpan<(string Id, string Key)> entries)
    {
        var request = new BulkPublishRequest { PubsubName = "pubsub", Topic = "deals" };
        foreach (var (id, key) in entries)
        {
            request.Entries.Add(new BulkPublishRequestEntry
            {
                EntryId = id,
                Event = ByteString.CopyFromUtf8("1"),
                ContentType = "application/json",
                Metadata = { ["partitionKey"] = key },
            });
        }

        return request;
    }

    [Theory]
    [InlineData("""[{"entryId":"1","event":1,"contentType":"application/json"},{"entryId":"1","event":1,"contentType":"application/json"}]""", "MARSHAL_EVENTS")]
    [InlineData("""[{"event":1,"contentType":"application/json"}]""", "MARSHAL_EVENTS")]
    [InlineData("""{"entryID": "}""", "UNMARSHAL_EVENTS")]
    [InlineData("""{"entryID": ""}""", "UNMARSHAL_EVENTS")]
    [InlineData("""[1]""", "UNMARSHAL_EVENTS")]
    [InlineData("""[{"entryId":"1","event":1,"contentType":"text/plain"}]""", "MARSHAL_ENVELOPE")]
    [InlineData("""[{"entryId":"1","event":"***","contentType":"application/octet-stream"}]""", "MARSHAL_ENVELOPE")]
    public async Task A_malformed_bulk_is_refused_as_a_whole(string body, string reason)
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        stack.App("app");
        await stack.Start();

        var (status, answer) = await stack.Post("app", "/v1.0/publish/bulk/memory/deals", body);
        Assert.Equal((400, "ERR_PUBSUB_EVENTS_SER"), (status, (string)answer!["errorCode"]!));
        Assert.Equal("DAPR_PUBSUB_" + reason, (string)answer["details"]![0]!["reason"]!);
        Assert.Equal("app", (string)answer["details"]![0]!["metadata"]!["appID"]!);
        Assert.Equal("memory", (string)answer["details"]![1]!["resource_name"]!);
    }
}
