using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using CsCheck;
using Dapr.Client;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests;

public sealed class PubSubTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_published_event_reaches_each_subscriber_once_as_a_cloud_event()
    {
        await using var stack = await TestStack.Create();
        var publisher = stack.App("publisher");
        var first = await stack.App("first").Subscribe("deals").Start();
        var second = await stack.App("second").Subscribe("deals", "/events/other").Start();
        await stack.Start();
        await Subscribed(stack, "first", "second");

        await stack.Dapr(publisher.Id).PublishEventAsync("pubsub", "deals", new { amount = 12 }, Cancel);

        await Eventually.Holds(() => first.Events.Count == 1 && second.Events.Count == 1, "both have it");
        var received = first.Events.Single();
        Assert.Equal("/events", received.Path);
        Assert.Equal("/events/other", second.Events.Single().Path);
        Assert.StartsWith("application/cloudevents+json", received.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(12, (int)received.Data!["amount"]!);
        Assert.Equal("1.0", (string)received.Body["specversion"]!);
        Assert.Equal("com.dapr.event.sent", (string)received.Body["type"]!);
        Assert.Equal("publisher", (string)received.Body["source"]!);
        Assert.Equal("application/json", (string)received.Body["datacontenttype"]!);
        Assert.Equal("deals", (string)received.Body["topic"]!);
        Assert.Equal("pubsub", (string)received.Body["pubsubname"]!);
        Assert.True(Guid.TryParse(received.Id, out _));
        await Eventually.Holds(async () => await stack.Database.Scalar<long>("SELECT count(*) FROM broker.queue") == 0, "the queue is empty");
    }

    [Fact]
    public async Task An_event_that_is_already_a_cloud_event_keeps_its_attributes()
    {
        await using var stack = await TestStack.Create();
        var app = await stack.App("app").Subscribe("deals").Start();
        await stack.Start();
        await Subscribed(stack, "app");
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        var cloudEvent = new JsonObject
        {
            ["id"] = "e1",
            ["specversion"] = "1.0",
            ["type"] = "platform.deals.v1.DealWon",
            ["source"] = "deals",
            ["tenantid"] = "t1",
            ["datacontenttype"] = "application/json",
            ["traceparent"] = Trace,
            ["data"] = new JsonObject { ["dealId"] = "7" },
        };
        await stack.Dapr("app").PublishByteEventAsync(
            "pubsub", "deals", System.Text.Encoding.UTF8.GetBytes(cloudEvent.ToJsonString()), "application/cloudevents+json", cancellationToken: Cancel);

        await Eventually.Holds(() => app.Events.Count == 1, "the app has it");
        var received = app.Events.Single();
        Assert.Equal("e1", received.Id);
        Assert.Equal("platform.deals.v1.DealWon", (string)received.Body["type"]!);
        Assert.Equal("deals", (string)received.Body["source"]!);
        Assert.Equal("t1", (string)received.Body["tenantid"]!);
        Assert.Equal("7", (string)received.Data!["dealId"]!);
        Assert.Equal("deals", (string)received.Body["topic"]!);
        Assert.Equal(Trace, received.Headers["traceparent"]);
    }

    [Fact]
    public async Task A_bulk_of_events_arrives_completely_and_in_order_of_its_key()
    {
        await using var stack = await TestStack.Create();
        var app = await stack.App("app").Subscribe("deals").Start();
        await stack.Start();
        await Subscribed(stack, "app");

        var events = Enumerable.Range(0, 300).Select(number => new { number }).ToList();
        var response = await stack.Dapr("app").BulkPublishEventAsync("pubsub", "deals", events, new Dictionary<string, string> { ["partitionKey"] = "one" }, Cancel);

        Assert.Empty(response.FailedEntries);
        await Eventually.Holds(() => app.Events.Count == 300, "all have arrived");
        Assert.Equal(Enumerable.Range(0, 300), app.Events.Select(received => (int)received.Data!["number"]!));
    }

    [Fact]
    public async Task A_failing_message_is_tried_again_and_holds_up_only_its_own_key()
    {
        await using var stack = await TestStack.Create();
        var app = await stack.App("app").Subscribe("deals").Start();
        var failures = 0;
        app.OnEvent = (received, context) =>
        {
            if ((string?)received.Data!["key"] == "bad" && Interlocked.Increment(ref failures) <= 3)
                throw new InvalidOperationException("not yet");
            return Task.CompletedTask;
        };
        await stack.Start();
        await Subscribed(stack, "app");

        var dapr = stack.Dapr("app");
        for (var i = 0; i < 5; i++)
        {
            await Publish(dapr, "deals", new { key = "bad", i }, "bad");
            await Publish(dapr, "deals", new { key = "good", i }, "good");
        }

        await Eventually.Holds(() => app.Events.Count == 10, "all have arrived");
        var order = app.Events.Select(received => (string)received.Data!["key"]!).ToList();
        Assert.Equal(["good", "good", "good", "good", "good"], order.Take(5));
        Assert.Equal([0, 1, 2, 3, 4], app.Events.Where(received => (string?)received.Data!["key"] == "bad").Select(received => (int)received.Data!["i"]!));
    }

    [Fact]
    public async Task The_answer_decides_what_becomes_of_a_message()
    {
        await using var stack = await TestStack.Create();
        var app = await stack.App("app").Subscribe("deals", deadLetterTopic: "dead").Subscribe("dead", "/events/dead").Start();
        var retries = 0;
        app.OnEvent = async (received, context) =>
        {
            var answer = received.Path == "/events/dead" ? "" : (string)received.Data!["answer"]!;
            if (answer == "404")
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            else if (answer == "RETRY" && Interlocked.Increment(ref retries) > 2)
                await context.Response.WriteAsync("""{"status":"SUCCESS"}""", Cancel);
            else if (answer.Length > 0)
                await context.Response.WriteAsync($$"""{"status":"{{answer}}"}""", Cancel);
        };
        await stack.Start();
        await Subscribed(stack, "app");

        foreach (var answer in (string[])["DROP", "404", "RETRY", "SUCCESS"])
            await Publish(stack.Dapr("app"), "deals", new { answer });

        await Eventually.Holds(() => app.Events.Count(received => received.Path == "/events/dead") == 2 && app.Events.Count == 8, "all have arrived");
        Assert.Equal(["404", "DROP"], app.Events.Where(received => received.Path == "/events/dead").Select(received => (string)received.Data!["answer"]!).Order());
        Assert.Equal(3, retries);
    }

    [Fact]
    public async Task A_message_that_never_succeeds_ends_among_the_dead_letters()
    {
        await using var stack = await TestStack.Create();
        stack.PubSubMetadata["maxAttempts"] = "4";
        stack.PubSubMetadata["retryInterval"] = "5ms";
        var app = await stack.App("app").Subscribe("deals").Start();
        app.OnEvent = (received, context) => (string?)received.Data!["kind"] == "poison" ? throw new InvalidOperationException("poison") : Task.CompletedTask;
        await stack.Start();
        await Subscribed(stack, "app");

        await Publish(stack.Dapr("app"), "deals", new { kind = "poison" }, "one");
        await Publish(stack.Dapr("app"), "deals", new { kind = "food" }, "one");

        await Eventually.Holds(() => app.Events.Count == 1, "the next of the key has arrived");
        Assert.Equal(4, await stack.Database.Scalar<int>("SELECT attempts FROM broker.dead_letters WHERE topic = 'deals'"));
        Assert.Equal("the app answered 500", await stack.Database.Scalar<string>("SELECT reason FROM broker.dead_letters"));
    }

    [Fact]
    public async Task Messages_wait_for_an_app_that_is_down_and_its_subscriptions_are_read_again()
    {
        await using var stack = await TestStack.Create();
        stack.App("publisher");
        var app = await stack.App("app").Subscribe("deals").Start();
        await stack.Start();
        await Subscribed(stack, "app");
        await app.Stop();

        for (var i = 0; i < 20; i++)
            await Publish(stack.Dapr("publisher"), "deals", new { i }, "one");
        Assert.Equal(20, await stack.Database.Scalar<long>("SELECT count(*) FROM broker.queue"));
        await app.Start();

        await Eventually.Holds(() => app.Events.Count == 20, "all have arrived");
        Assert.Equal(Enumerable.Range(0, 20), app.Events.Select(received => (int)received.Data!["i"]!));
        Assert.Equal(2, app.SubscriptionReads);
    }

    [Fact]
    public async Task Rules_choose_the_route_and_declared_subscriptions_count()
    {
        await using var stack = await TestStack.Create();
        stack.Resource("subscription.yaml", """
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata:
              name: deals
            spec:
              pubsubname: pubsub
              topic: deals
              routes:
                rules:
                  - match: event.type == "won" && event.data.amount != 0
                    path: /events/won
                default: /events/rest
            scopes: [app]
            """);
        var app = await stack.App("app").Start();
        await stack.Start();
        await Subscribed(stack, "app");

        var won = new Dictionary<string, string> { ["cloudevent.type"] = "won" };
        await stack.Dapr("app").PublishEventAsync("pubsub", "deals", new { amount = 1 }, won, Cancel);
        await stack.Dapr("app").PublishEventAsync("pubsub", "deals", new { amount = 0 }, won, Cancel);
        await stack.Dapr("app").PublishEventAsync("pubsub", "deals", new { amount = 1 }, Cancel);

        await Eventually.Holds(() => app.Events.Count == 3, "all have arrived");
        Assert.Single(app.Events, received => received.Path == "/events/won");
        Assert.Equal(2, app.Events.Count(received => received.Path == "/events/rest"));
    }

    [Fact]
    public async Task Publishing_where_it_cannot_go_is_refused_in_daprs_words()
    {
        await using var stack = await TestStack.Create();
        stack.App("app");
        await stack.Start();
        using var http = stack.Http("app");

        using var unknown = await http.PostAsync("/v1.0/publish/nope/deals", new StringContent("x"), Cancel);
        Assert.Equal(404, (int)unknown.StatusCode);
        var error = JsonNode.Parse(await unknown.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal("ERR_PUBSUB_NOT_FOUND", (string)error["errorCode"]!);
        Assert.Equal("pubsub nope is not found", (string)error["message"]!);
        Assert.Equal("DAPR_PUBSUB_NOT_FOUND", (string)error["details"]![0]!["reason"]!);

        using var malformed = await http.PostAsync("/v1.0/publish/bulk/pubsub/deals", new StringContent("{not json"), Cancel);
        Assert.Equal(400, (int)malformed.StatusCode);
        using var noEvent = new StringContent("[1]", System.Text.Encoding.UTF8, "application/cloudevents+json");
        using var bad = await http.PostAsync("/v1.0/publish/pubsub/deals", noEvent, Cancel);
        Assert.Equal("ERR_PUBSUB_CLOUD_EVENTS_SER", (string)JsonNode.Parse(await bad.Content.ReadAsStringAsync(Cancel))!["errorCode"]!);
    }

    [Fact]
    public async Task Whatever_fails_how_often_every_key_keeps_its_order_and_nothing_is_lost()
    {
        await using var stack = await TestStack.Create();
        stack.PubSubMetadata["retryInterval"] = "2ms";
        var app = stack.App("app").Subscribe("deals");
        var left = new ConcurrentDictionary<string, int>();
        app.OnEvent = (received, _) => left.AddOrUpdate(received.Id, 0, (_, failures) => failures - 1) >= 0 && left[received.Id] >= 0
            ? throw new InvalidOperationException("once more")
            : Task.CompletedTask;
        await app.Start();
        await stack.Start();
        await Subscribed(stack, "app");
        using var dapr = stack.Dapr("app");

        var messages = Gen.Select(Gen.Int[0, 7], Gen.Frequency((8, Gen.Const(0)), (2, Gen.Int[1, 6]))).Array[1, 400];
        await messages.SampleAsync(async sample =>
        {
            app.Events.Clear();
            var round = Guid.NewGuid().ToString("N");
            for (var i = 0; i < sample.Length; i++)
                left[$"{round}-{i}"] = sample[i].Item2;
            await Task.WhenAll(Enumerable.Range(0, 8).Select(key => PublishKey(dapr, round, key, sample)));

            await Eventually.Holds(() => app.Events.Count >= sample.Length, "all have arrived", 60);
            foreach (var key in app.Events.GroupBy(received => (int)received.Data!["key"]!))
                Assert.Equal(Enumerable.Range(0, sample.Length).Where(i => sample[i].Item1 == key.Key), key.Select(received => (int)received.Data!["i"]!));
        }, iter: 5, threads: 1);
    }

    private static async Task PublishKey(DaprClient dapr, string round, int key, (int Key, int Failures)[] sample)
    {
        for (var i = 0; i < sample.Length; i++)
        {
            if (sample[i].Key == key)
                await dapr.PublishEventAsync("pubsub", "deals", new { key, i }, new Dictionary<string, string> { ["partitionKey"] = $"{key}", ["cloudevent.id"] = $"{round}-{i}" }, Cancel);
        }
    }

    [Fact]
    public async Task A_subscriber_that_hangs_is_given_up_and_asked_again()
    {
        await using var stack = await TestStack.Create();
        stack.PubSubMetadata["processingTimeout"] = "300ms";
        var app = stack.App("app").Subscribe("deals");
        var calls = 0;
        app.OnEvent = (_, context) => Interlocked.Increment(ref calls) == 1 ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask;
        await app.Start();
        await stack.Start();
        await Subscribed(stack, "app");

        await Publish(stack.Dapr("app"), "deals", new { i = 1 });
        await Eventually.Holds(() => app.Events.Count == 1, "the second attempt succeeds");
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Scopes_say_who_may_publish_and_subscribe()
    {
        await using var stack = await TestStack.Create();
        stack.PubSubMetadata["publishingScopes"] = "app=deals";
        stack.PubSubMetadata["subscriptionScopes"] = "app=";
        var app = await stack.App("app").Subscribe("deals").Start();
        var other = await stack.App("other").Subscribe("deals").Start();
        await stack.Start();
        await Subscribed(stack, "other");
        using var http = stack.Http("app");

        using var allowed = await http.PostAsync("/v1.0/publish/pubsub/deals", new StringContent("1"), Cancel);
        using var forbidden = await http.PostAsync("/v1.0/publish/pubsub/tenants", new StringContent("1"), Cancel);
        Assert.Equal((204, 403), ((int)allowed.StatusCode, (int)forbidden.StatusCode));
        await Eventually.Holds(() => other.Events.Count == 1, "the other app has it");
        Assert.Empty(app.Events);
        Assert.Contains("subscription to topic deals on pubsub pubsub is not allowed", stack.Sidecar.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_stops_without_waiting_for_the_sidecar_that_watches_it_and_an_unhealthy_one_is_spared()
    {
        await using var stack = await TestStack.Create();
        stack.AppSettings = "enableAppHealthCheck: true\n    appHealthProbeInterval: 1\n    appHealthThreshold: 1";
        var healthy = true;
        var app = stack.App("app").Subscribe("deals");
        app.OnRequest = context =>
        {
            context.Response.StatusCode = healthy ? 200 : 503;
            return Task.CompletedTask;
        };
        await app.Start();
        await stack.Start();
        await Subscribed(stack, "app");
        using var http = stack.Http("app");

        healthy = false;
        await Eventually.Holds(async () => !(await http.GetAsync("/v1.0/healthz", Cancel)).IsSuccessStatusCode, "the sidecar sees it");
        await Publish(stack.Dapr("app"), "deals", new { i = 1 });
        using var refused = await http.GetAsync("/v1.0/invoke/app/method/x", Cancel);
        Assert.Contains("app is not in a healthy state", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Empty(app.Events);
        healthy = true;
        await Eventually.Holds(() => app.Events.Count == 1, "the app has it when it is well again");

        var stopping = Stopwatch.StartNew();
        await app.Stop(TimeSpan.FromSeconds(20));
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(12), $"the app took {stopping.Elapsed} to stop");
    }

    internal static Task Publish(DaprClient dapr, string topic, object data, string? key = null) =>
        dapr.PublishEventAsync("pubsub", topic, data, key is null ? [] : new Dictionary<string, string> { ["partitionKey"] = key }, Cancel);

    internal static Task Subscribed(TestStack stack, params string[] apps) => Eventually.Holds(
        async () => await stack.Database.Scalar<long>("SELECT count(DISTINCT consumer) FROM broker.subscriptions WHERE removed_at IS NULL") == apps.Length,
        "the apps have subscribed");
}
