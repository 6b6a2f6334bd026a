using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Dapr;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.AspNetCore;
using Dapr.Client.Autogen.Grpc.v1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Platform.Sidecar.Tests.Harness;
using Answer = Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace Platform.Sidecar.Tests.PubSub;

/// <summary>Many messages in one call to the app, each with a fate of its own.</summary>
public sealed class BulkSubscribeTests
{
    private sealed record Won(int Number);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_app_with_the_aspnetcore_package_gets_bulks_and_answers_entry_by_entry()
    {
        await using var stack = await TestStack.Create();
        var app = stack.App("app");
        var bulks = new ConcurrentQueue<BulkSubscribeMessage<BulkMessageModel<Won>>>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, app.Port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        await using var host = builder.Build();
        host.MapSubscribeHandler();
        host.MapPost("/bulk", (BulkSubscribeMessage<BulkMessageModel<Won>> bulk) =>
        {
            bulks.Enqueue(bulk);
            return new BulkSubscribeAppResponse([.. bulk.Entries.Select(entry => new BulkSubscribeAppResponseEntry(
                entry.EntryId, entry.Event.Data.Number == 3 && bulks.Count == 1 ? BulkSubscribeAppResponseStatus.RETRY : BulkSubscribeAppResponseStatus.SUCCESS))]);
        }).WithMetadata(new TopicAttribute("pubsub", "deals"), new BulkSubscribeAttribute("deals", 50, 500));
        await host.StartAsync(Cancel);
        await stack.Start();
        await PubSubTests.Subscribed(stack, "app");

        var deals = Enumerable.Range(0, 50).Select(number => new Won(number)).ToList();
        await stack.Dapr("app").BulkPublishEventAsync("pubsub", "deals", deals, cancellationToken: Cancel);

        await Eventually.Holds(() => bulks.Sum(bulk => bulk.Entries.Count) == 51, "all have come, and one came again");
        Assert.Equal((50, 1), (bulks.First().Entries.Count, bulks.Last().Entries.Count));
        Assert.Equal(3, bulks.Last().Entries[0].Event.Data.Number);
        Assert.Equal("deals", bulks.First().Topic);
        await Eventually.Holds(async () => await stack.Database.Scalar<long>("SELECT count(*) FROM broker.queue") == 0, "the queue is empty");
    }

    [Fact]
    public async Task An_entry_that_fails_holds_back_those_of_its_key_and_no_others()
    {
        const int Keys = 4, Each = 5;
        await using var stack = await TestStack.Create();
        stack.PubSubMetadata["retryInterval"] = "50ms";
        var app = stack.App("app").Wants("pubsub", "deals", "/events/bulk", subscription =>
            subscription["bulkSubscribe"] = new JsonObject { ["enabled"] = true, ["maxMessagesCount"] = 8, ["maxAwaitDurationMs"] = 20 });
        var (tried, taken) = (new ConcurrentQueue<(int Key, int I)>(), new ConcurrentQueue<(int Key, int I)>());
        // The second one of the first key fails three times.
        app.OnEvent = (received, context) => context.Response.WriteAsJsonAsync(
            new JsonObject
            {
                ["statuses"] = new JsonArray([.. received.Body["entries"]!.AsArray().Select(entry =>
                {
                    var told = ((int)entry!["event"]!["data"]!["key"]!, (int)entry["event"]!["data"]!["i"]!);
                    tried.Enqueue(told);
                    var fails = told == (0, 1) && tried.Count(other => other == told) <= 3;
                    if (!fails)
                        taken.Enqueue(told);
                    return (JsonNode)new JsonObject { ["entryId"] = (string)entry["entryId"]!, ["status"] = fails ? "RETRY" : "SUCCESS" };
                })]),
            }, Cancel);
        await app.Start();
        await stack.Start();
        await stack.Subscribed("app");

        for (var i = 0; i < Each; i++)
        {
            for (var key = 0; key < Keys; key++)
                await stack.Publish("app", "pubsub", "deals", $$"""{"key":{{key}},"i":{{i}}}""", query: $"?metadata.partitionKey={key}");
        }

        await Eventually.Holds(() => taken.Count == Keys * Each, "all are taken");
        Assert.All(taken.GroupBy(told => told.Key), key => Assert.Equal(Enumerable.Range(0, Each), key.Select(told => told.I)));
        Assert.Equal([0, 1, 1, 1, 1, 2, 3, 4], tried.Where(told => told.Key == 0).Select(told => told.I));
        Assert.Equal(0, taken.Last().Key);
        // Those of one key are never in one bulk: none could overtake another there either.
        Assert.All(app.Events, bulk => Assert.Distinct(bulk.Body["entries"]!.AsArray().Select(entry => (int)entry!["event"]!["data"]!["key"]!)));
    }

    [Fact]
    public async Task A_bulk_is_a_json_document_and_what_it_leaves_unanswered_has_failed()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = stack.App("app")
            .Wants("memory", "deals", "/events/bulk", subscription =>
            {
                subscription["deadLetterTopic"] = "dead";
                subscription["bulkSubscribe"] = new JsonObject { ["enabled"] = true, ["maxMessagesCount"] = 4, ["maxAwaitDurationMs"] = 300 };
            })
            .Wants("memory", "dead", "/events/dead");
        app.OnEvent = (received, context) => received.Path == "/events/dead" ? Task.CompletedTask : context.Response.WriteAsJsonAsync(
            new JsonObject
            {
                ["statuses"] = new JsonArray([.. received.Body["entries"]!.AsArray().Where(entry => (int)entry!["event"]!["data"]! != 3).Select(entry =>
                    (JsonNode)new JsonObject { ["entryId"] = (string)entry!["entryId"]!, ["status"] = (int)entry["event"]!["data"]! == 2 ? "DROP" : "SUCCESS" })]),
            }, Cancel);
        await app.Start();
        await stack.Start();
        await stack.Subscribed("app", 2);

        for (var i = 0; i < 5; i++)
            await stack.Publish("app", "memory", "deals", $"{i}");

        await Eventually.Holds(() => app.Events.Count == 4, "two bulks and two dead letters have come");
        var bulk = app.Events.First(received => received.Path == "/events/bulk");
        Assert.StartsWith("application/json", bulk.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(("com.dapr.event.sent.bulk", "deals", "memory"), ((string)bulk.Body["type"]!, (string)bulk.Body["topic"]!, (string)bulk.Body["pubsubname"]!));
        Assert.Equal([0, 1, 2, 3], bulk.Body["entries"]!.AsArray().Select(entry => (int)entry!["event"]!["data"]!).Order());
        Assert.All(bulk.Body["entries"]!.AsArray(), entry => Assert.Equal("application/cloudevents+json", (string)entry!["contentType"]!));
        Assert.Equal([2, 3], app.Events.Where(received => received.Path == "/events/dead").Select(received => (int)received.Data!).Order());
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("thanks", 200)]
    [InlineData("", 500)]
    public async Task A_bulk_without_an_answer_has_failed_as_a_whole(string answer, int status)
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = stack.App("app")
            .Wants("memory", "deals", "/events/bulk", subscription =>
            {
                subscription["deadLetterTopic"] = "dead";
                subscription["bulkSubscribe"] = new JsonObject { ["enabled"] = true, ["maxMessagesCount"] = 2, ["maxAwaitDurationMs"] = 100 };
            })
            .Wants("memory", "dead", "/events/dead");
        app.OnEvent = (received, context) =>
        {
            context.Response.StatusCode = received.Path == "/events/dead" ? 200 : status;
            return context.Response.WriteAsync(received.Path == "/events/dead" ? "" : answer, Cancel);
        };
        await app.Start();
        await stack.Start();
        await stack.Subscribed("app", 2);

        await stack.Publish("app", "memory", "deals", "1");
        await stack.Publish("app", "memory", "deals", "2");
        await Eventually.Holds(() => app.Events.Count(received => received.Path == "/events/dead") == 2, "both are dead letters");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_grpc_app_gets_bulks_by_the_stable_name_or_the_older_one(bool onlyAlpha)
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var subscriber = new GrpcSubscriber();
        var bulk = new BulkSubscribeConfig { Enabled = true, MaxMessagesCount = 3, MaxAwaitDurationMs = 300 };
        subscriber.Subscriptions.Add(new TopicSubscription
        {
            PubsubName = "memory",
            Topic = "deals",
            BulkSubscribe = bulk,
            DeadLetterTopic = "dead",
            Routes = new TopicRoutes { Default = "/bulk" },
        });
        subscriber.Subscriptions.Add(new TopicSubscription { PubsubName = "memory", Topic = "raw", BulkSubscribe = bulk, Metadata = { ["rawPayload"] = "true" } });
        subscriber.Subscriptions.Add(new TopicSubscription { PubsubName = "memory", Topic = "dead" });
        subscriber.OnEntry = entry => entry.CloudEvent?.Data.ToStringUtf8() switch { "1" => Answer.Drop, "2" => Answer.Retry, _ => Answer.Success };
        await using var host = await subscriber.Start(stack.App("app", "grpc").Port, onlyAlpha);
        await stack.Start();
        await stack.Subscribed("app", 3);

        for (var i = 0; i < 3; i++)
            await stack.Publish("app", "memory", "deals", $"{i}");
        await Eventually.Holds(() => subscriber.Events.Count == 2, "the dead letters have come");
        var request = subscriber.Bulks.Single();
        Assert.Equal(("deals", "memory", "/bulk", "com.dapr.event.sent.bulk"), (request.Topic, request.PubsubName, request.Path, request.Type));
        Assert.Equal(["0", "1", "2"], request.Entries.Select(entry => entry.CloudEvent.Data.ToStringUtf8()).Order());
        Assert.All(request.Entries, entry => Assert.Equal("application/json", entry.CloudEvent.DataContentType));

        await stack.Publish("app", "memory", "raw", "bytes", "text/plain", "?metadata.rawPayload=true");
        await Eventually.Holds(() => subscriber.Bulks.Count == 2, "the raw one has come");
        Assert.Equal("bytes", Encoding.UTF8.GetString(subscriber.Bulks.Last().Entries.Single().Bytes.Span));
    }

    [Fact]
    public async Task A_grpc_app_gets_single_events_with_all_their_attributes()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var subscriber = new GrpcSubscriber();
        subscriber.Subscriptions.Add(new TopicSubscription { PubsubName = "memory", Topic = "deals", DeadLetterTopic = "dead" });
        subscriber.Subscriptions.Add(new TopicSubscription { PubsubName = "memory", Topic = "dead" });
        subscriber.OnEvent = received => received.Topic == "dead" ? Answer.Success : Answer.Retry;
        await using var host = await subscriber.Start(stack.App("app", "grpc").Port);
        await stack.Start();
        await stack.Subscribed("app", 2);

        await stack.Publish("app", "memory", "deals", """{"a":1}""", query: "?metadata.tenant=t1", trace: PubSubStack.Trace);
        await Eventually.Holds(() => subscriber.Events.Count == 2, "it came, and came as a dead letter");
        var received = subscriber.Events.First();
        Assert.Equal(("deals", "memory", "", "app", "1.0"), (received.Topic, received.PubsubName, received.Path, received.Source, received.SpecVersion));
        Assert.Equal(("application/json", """{"a":1}"""), (received.DataContentType, received.Data.ToStringUtf8()));
        Assert.Equal(("deals", PubSubStack.Trace), (received.Extensions.Fields["topic"].StringValue, received.Extensions.Fields["traceparent"].StringValue));
        Assert.Equal((PubSubStack.Trace, "t1"), (subscriber.Headers.First().GetValue("traceparent"), subscriber.Headers.First().GetValue("tenant")));
        Assert.Equal(received.Id, subscriber.Events.Last().Id);
    }
}
