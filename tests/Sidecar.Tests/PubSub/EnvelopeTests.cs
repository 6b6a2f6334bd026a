using System.Text;
using System.Text.Json.Nodes;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.PubSub;

/// <summary>What an event looks like when it arrives, for all that can be published.</summary>
public sealed class EnvelopeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_content_type_decides_how_data_are_enveloped()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = await Subscriber(stack);

        var json = await Arrived(stack, app, """{"n":12345678901234567890}""", "application/json; charset=utf-8");
        Assert.Equal("""{"n":12345678901234567890}""", json["data"]!.ToJsonString());
        Assert.Equal("application/json; charset=utf-8", (string)json["datacontenttype"]!);
        Assert.Equal("text", (string)(await Arrived(stack, app, "text", "text/plain"))["data"]!);
        Assert.Equal("text/plain", (string)(await Arrived(stack, app, "text", null))["datacontenttype"]!);
        Assert.Equal("{broken", (string)(await Arrived(stack, app, "{broken", "application/json"))["data"]!);
        Assert.Equal("[1]", (await Arrived(stack, app, "[1]", "application/vnd.deal+json"))["data"]!.ToJsonString());
        var binary = await Arrived(stack, app, "bytes", "application/octet-stream");
        Assert.Equal("bytes", Encoding.UTF8.GetString(Convert.FromBase64String((string)binary["data_base64"]!)));
        Assert.Null(binary["data"]);
        Assert.Equal("", (string)(await Arrived(stack, app, "", "application/json"))["data"]!);
    }

    [Fact]
    public async Task An_envelope_carries_the_trace_of_its_call_and_daprs_attributes()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = await Subscriber(stack);

        var traced = await Arrived(stack, app, "1", trace: PubSubStack.Trace);
        Assert.Equal((PubSubStack.Trace, PubSubStack.Trace, ""), ((string)traced["traceid"]!, (string)traced["traceparent"]!, (string)traced["tracestate"]!));
        Assert.Equal(PubSubStack.Trace, app.Events.Last().Headers["traceparent"]);
        Assert.Equal("memory", app.Events.Last().Headers["pubsubName"]);
        Assert.Equal(("app", "memory", "deals"), ((string)traced["source"]!, (string)traced["pubsubname"]!, (string)traced["topic"]!));
        var alone = await Arrived(stack, app, "2");
        Assert.Equal("00-00000000000000000000000000000000-0000000000000000-00", (string)alone["traceparent"]!);
        Assert.False(app.Events.Last().Headers.ContainsKey("traceparent"));
    }

    [Fact]
    public async Task Metadata_override_attributes_whatever_their_case_and_come_along_as_headers()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = await Subscriber(stack);

        var received = await Arrived(
            stack, app, "1", query: "?metadata.cloudevent.id=own&metadata.CloudEvent.Type=won&metadata.cloudevent.source=crm&metadata.cloudevent.subject=deal/7" +
            $"&metadata.cloudevent.traceparent={PubSubStack.Trace}&metadata.tenant=t1&metadata.Content-Length=3");
        Assert.Equal(["own", "won", "crm", "deal/7"], ((string[])["id", "type", "source", "subject"]).Select(name => (string)received[name]!));
        Assert.Equal(PubSubStack.Trace, (string)received["traceid"]!);
        Assert.Equal("t1", app.Events.Last().Headers["tenant"]);
    }

    [Fact]
    public async Task A_cloud_event_keeps_what_it_has_and_gets_what_it_lacks()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = await Subscriber(stack);

        const string Given = """{"id":"e1","topic":"wrong","pubsubname":"wrong","mine":[1],"data":{"a":1}}""";
        var bare = await Arrived(stack, app, Given, "application/cloudevents+json", trace: PubSubStack.Trace);
        Assert.Equal(("e1", "1.0"), ((string)bare["id"]!, (string)bare["specversion"]!));
        Assert.Equal(("com.dapr.event.sent", "Dapr"), ((string)bare["type"]!, (string)bare["source"]!));
        Assert.Equal(("deals", "memory", PubSubStack.Trace), ((string)bare["topic"]!, (string)bare["pubsubname"]!, (string)bare["traceid"]!));
        Assert.Equal("[1]", bare["mine"]!.ToJsonString());
        Assert.NotNull(bare["time"]);
    }

    [Fact]
    public async Task Raw_payloads_pass_as_they_are_and_meet_both_kinds_of_subscriber()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = await stack.App("app")
            .Wants("memory", "raw", "/events/raw", subscription => subscription["metadata"] = new JsonObject { ["rawPayload"] = "true" })
            .Wants("memory", "plain", "/events/plain").Start();
        await stack.Start();
        await stack.Subscribed("app", 2);

        // Raw to raw: the bytes, in an envelope that is made on arrival.
        await stack.Publish("app", "memory", "raw", """{"a":1}""", "application/json", "?metadata.rawPayload=true", PubSubStack.Trace);
        await Eventually.Holds(() => app.Events.Count == 1, "the raw one is there");
        var raw = app.Events.Last();
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(Convert.FromBase64String((string)raw.Body["data_base64"]!)));
        Assert.Equal(("application/octet-stream", "Dapr"), ((string)raw.Body["datacontenttype"]!, (string)raw.Body["source"]!));
        Assert.Equal(PubSubStack.Trace, (string)raw.Body["traceparent"]!);
        Assert.Equal(PubSubStack.Trace, raw.Headers["traceparent"]);

        // An envelope to a raw subscriber: it finds the whole envelope in the data.
        await stack.Publish("app", "memory", "raw", """{"a":2}""");
        await Eventually.Holds(() => app.Events.Count == 2, "the enveloped one is there");
        var inner = JsonNode.Parse(Convert.FromBase64String((string)app.Events.Last().Body["data_base64"]!))!;
        Assert.Equal(2, (int)inner["data"]!["a"]!);

        // An envelope published raw is an envelope for everybody else.
        const string Envelope = """{"id":"e9","specversion":"1.0","type":"t","source":"s","data":1}""";
        await stack.Publish("app", "memory", "plain", Envelope, query: "?metadata.rawPayload=true");
        await Eventually.Holds(() => app.Events.Count == 3, "the third is there");
        Assert.Equal("e9", app.Events.Last().Id);
    }

    [Fact]
    public async Task The_embedded_broker_carries_raw_payloads_and_lifetimes_as_well()
    {
        await using var stack = await TestStack.Create();
        var app = await stack.App("app").Wants("pubsub", "deals", more: subscription => subscription["metadata"] = new JsonObject { ["rawPayload"] = "true" }).Start();
        await stack.Start();
        await PubSubTests.Subscribed(stack, "app");
        await app.Stop();

        await stack.Publish("app", "pubsub", "deals", "short", "text/plain", "?metadata.rawPayload=true&metadata.ttlInSeconds=1");
        await stack.Publish("app", "pubsub", "deals", "long", "text/plain", "?metadata.rawPayload=true&metadata.ttlInSeconds=1m");
        var (status, refused) = await stack.Post("app", "/v1.0/publish/pubsub/deals?metadata.ttlInSeconds=-1", "1");
        Assert.Equal((500, "ERR_PUBSUB_PUBLISH_MESSAGE"), (status, (string)refused!["errorCode"]!));
        await Eventually.Holds(async () => await stack.Database.Scalar<long>("SELECT count(*) FROM broker.queue WHERE expires_at < now()") == 1, "the first has expired");
        await app.Start();

        await Eventually.Holds(() => app.Events.Count == 1, "the other is there");
        Assert.Equal("long", Encoding.UTF8.GetString(Convert.FromBase64String((string)app.Events.Single().Body["data_base64"]!)));
        await Eventually.Holds(async () => await stack.Database.Scalar<long>("SELECT count(*) FROM broker.queue") == 0, "the queue is empty");
    }

    private static async Task<TestApp> Subscriber(TestStack stack)
    {
        var app = await stack.App("app").Wants("memory", "deals").Start();
        await stack.Start();
        await stack.Subscribed("app");
        return app;
    }

    private static async Task<JsonNode> Arrived(
        TestStack stack, TestApp app, string body, string? contentType = "application/json", string query = "", string? trace = null)
    {
        var before = app.Events.Count;
        await stack.Publish("app", "memory", "deals", body, contentType, query, trace);
        await Eventually.Holds(() => app.Events.Count == before + 1, "it has arrived");
        Assert.StartsWith("application/cloudevents+json", app.Events.Last().Headers["Content-Type"], StringComparison.Ordinal);
        return app.Events.Last().Body;
    }
}
