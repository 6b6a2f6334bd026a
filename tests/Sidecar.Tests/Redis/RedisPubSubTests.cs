using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Dapr.Client;
using Grpc.Core;
using Platform.Sidecar.Tests.Harness;
using StackExchange.Redis;

namespace Platform.Sidecar.Tests.Redis;

public sealed class RedisPubSubTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_an_entry_as_daprd_writes_it_and_is_acknowledged_when_the_app_has_it()
    {
        await using var stack = await RedisStack.Create();
        var app = await stack.App("app").Subscribe("deals").Start();
        await stack.Start();
        await stack.Subscribed("deals", "app");

        using var dapr = stack.Dapr(app);
        await dapr.PublishEventAsync("pubsub", "deals", new { i = 1 }, new Dictionary<string, string> { ["partitionKey"] = "k" }, Cancel);
        await Eventually.Holds(() => app.Events.Count == 1, "the app has it");
        Assert.Equal(1, (int)app.Events.Single().Data!["i"]!);

        var entry = (await stack.Redis.StreamRangeAsync("deals")).Single();
        Assert.Equal(["data", "metadata"], entry.Values.Select(field => field.Name.ToString()));
        Assert.Equal("com.dapr.event.sent", JsonDocument.Parse((string)entry["data"]!).RootElement.GetProperty("type").GetString());
        Assert.Equal("k", JsonDocument.Parse((string)entry["metadata"]!).RootElement.GetProperty("partitionKey").GetString());
        await NothingPending(stack, "deals", "app");
        Assert.Equal("app", (await stack.Redis.StreamConsumerInfoAsync("deals", "app")).Single().Name);
    }

    [Fact]
    public async Task An_event_of_daprd_is_delivered_and_a_raw_one_too()
    {
        await using var stack = await RedisStack.Create();
        stack.PubSubMetadata["consumerID"] = "team";
        var app = await stack.App("app").Subscribe("deals").Start();
        // From before the app came: a group begins with the first entry.
        await stack.Redis.StreamAddAsync("deals", [new("data", """{"id":"1","specversion":"1.0","type":"t","source":"s","data":{"i":1}}"""), new("metadata", """{"colour":"red"}""")]);
        await stack.Start();
        await stack.Subscribed("deals", "team");
        await Eventually.Holds(() => app.Events.Count == 1, "the app has it");
        Assert.Equal(("1", "red"), (app.Events.Single().Id, app.Events.Single().Headers["colour"]));
    }

    [Fact]
    public async Task A_failed_event_comes_again_and_does_not_hold_up_others()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app").Subscribe("deals");
        var failures = 0;
        app.OnEvent = (received, context) =>
        {
            if ((int)received.Data!["i"]! == 0 && Interlocked.Increment(ref failures) <= 2)
                throw new InvalidOperationException("as the test wants it");
            return Task.CompletedTask;
        };
        await app.Start();
        await stack.Start();
        await stack.Subscribed("deals", "app");

        using var dapr = stack.Dapr(app);
        for (var i = 0; i < 20; i++)
            await dapr.PublishEventAsync("pubsub", "deals", new { i }, Cancel);
        await Eventually.Holds(() => app.Events.Count == 20, "all have arrived");
        Assert.Equal(0, (int)app.Events.Last().Data!["i"]!);
        Assert.Equal(3, failures);
        await NothingPending(stack, "deals", "app");
    }

    [Fact]
    public async Task A_subscriber_that_hangs_is_given_up_and_asked_again()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app").Subscribe("deals");
        var calls = 0;
        app.OnEvent = (_, context) => Interlocked.Increment(ref calls) == 1 ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask;
        await app.Start();
        await stack.Start();
        await stack.Subscribed("deals", "app");

        using var dapr = stack.Dapr(app);
        await dapr.PublishEventAsync("pubsub", "deals", new { i = 1 }, Cancel);
        await Eventually.Holds(() => app.Events.Count == 1, "the second attempt succeeds");
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task One_delivery_at_a_time_keeps_the_order()
    {
        await using var stack = await RedisStack.Create();
        stack.PubSubMetadata["concurrency"] = "1";
        var app = stack.App("app").Subscribe("deals");
        var (now, most) = (0, 0);
        app.OnEvent = (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            Interlocked.Decrement(ref now);
            return Task.CompletedTask;
        };
        await app.Start();
        await stack.Start();
        await stack.Subscribed("deals", "app");
        using var dapr = stack.Dapr(app);
        var sent = Enumerable.Range(0, 200).ToArray();
        var response = await dapr.BulkPublishEventAsync("pubsub", "deals", sent, cancellationToken: Cancel);
        Assert.Empty(response.FailedEntries);
        await Eventually.Holds(() => app.Events.Count == sent.Length, "all have arrived");
        Assert.Equal(sent, app.Events.Select(received => (int)received.Data!));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_stream_is_as_long_as_it_may_be()
    {
        await using var stack = await RedisStack.Create();
        stack.PubSubMetadata["maxLenApprox"] = "100";
        var app = stack.App("app");
        await stack.Start();
        using var dapr = stack.Dapr(app);
        for (var i = 0; i < 5; i++)
            await dapr.BulkPublishEventAsync("pubsub", "deals", Enumerable.Range(0, 200).ToArray(), cancellationToken: Cancel);
        Assert.InRange(await stack.Redis.StreamLengthAsync("deals"), 100, 300);
    }

    [Fact]
    public async Task What_was_under_way_when_the_app_stopped_comes_at_once_when_it_is_back()
    {
        await using var stack = await RedisStack.Create();
        stack.PubSubMetadata["processingTimeout"] = "60s";
        var app = stack.App("app").Subscribe("deals");
        var hangs = true;
        app.OnEvent = (_, context) => hangs ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask;
        await app.Start();
        await stack.Start();
        await stack.Subscribed("deals", "app");
        using var dapr = stack.Dapr(app);
        await dapr.BulkPublishEventAsync("pubsub", "deals", Enumerable.Range(0, 30).ToArray(), cancellationToken: Cancel);
        await Eventually.Holds(async () => (await stack.Redis.StreamPendingAsync("deals", "app")).PendingMessageCount == 30, "all are in the sidecar's hands");

        await app.Stop();
        await Eventually.Holds(() => stack.Sidecar.Output.Contains("App app is down", StringComparison.Ordinal), "the sidecar knows");
        await dapr.PublishEventAsync("pubsub", "deals", 30, Cancel);
        hangs = false;
        await app.Start();
        await Eventually.Holds(() => app.Events.Select(received => (int)received.Data!).Distinct().Count() == 31, "all have arrived", 20);
        await NothingPending(stack, "deals", "app");
    }

    [Fact]
    public async Task Two_sidecars_of_one_app_share_the_events()
    {
        await using var stack = await RedisStack.Create();
        var one = await stack.App("app").Subscribe("deals").Start();
        var other = await stack.App("app").Subscribe("deals").Start();
        await stack.Start(one);
        await stack.Subscribed("deals", "app");
        await stack.Start(other);
        using var dapr = stack.Dapr(one);
        await Eventually.Holds(async () =>
        {
            await dapr.PublishEventAsync("pubsub", "deals", -1, Cancel);
            return !one.Events.IsEmpty && !other.Events.IsEmpty;
        }, "both take part");

        for (var i = 0; i < 200; i++)
            await dapr.PublishEventAsync("pubsub", "deals", i, Cancel);
        await Eventually.Holds(() => Numbers(one, other).Distinct().Count() == 200, "all have arrived");
        Assert.Equal(200, Numbers(one, other).Count());
    }

    private static IEnumerable<int> Numbers(params TestApp[] apps) =>
        apps.SelectMany(app => app.Events).Select(received => (int)received.Data!).Where(number => number >= 0);

    internal static Task NothingPending(RedisStack stack, string topic, string group) => Eventually.Holds(
        async () => (await stack.Redis.StreamPendingAsync(topic, group)).PendingMessageCount == 0, "all is acknowledged");
}
