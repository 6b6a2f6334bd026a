using System.Collections.Concurrent;
using Dapr.Client;
using Grpc.Core;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Redis;

public sealed class RedisFaultTests
{
    private const int Events = 500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_accepted_is_lost_when_the_sidecar_is_killed()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app").Subscribe("deals");
        app.OnEvent = (_, _) => Work();
        await app.Start();
        var publisher = stack.App("publisher");
        await stack.Start();
        await stack.Subscribed("deals", "app");

        var accepted = new ConcurrentBag<int>();
        var publishing = PublishAll(stack.Dapr(publisher), accepted);
        for (var kills = 1; kills <= 3; kills++)
        {
            await Eventually.Holds(() => accepted.Count > kills * 50 && app.Events.Count > kills * 20, "deliveries are under way");
            await stack.Sidecar.Kill();
            await stack.Start();
        }

        await publishing;
        await AllArrive(stack, app);
    }

    [Fact]
    public Task Nothing_accepted_is_lost_when_Redis_goes_away_and_comes_back() => GoesAndComesBack(TimeSpan.FromSeconds(3));

    [Fact]
    [Trait("category", "long")]
    public Task Nothing_accepted_is_lost_when_Redis_is_away_for_a_minute() => GoesAndComesBack(Outage.Minute);

    [Fact]
    public async Task A_server_that_has_lost_its_data_gets_its_groups_again()
    {
        await using var stack = await RedisStack.Create();
        var app = await stack.App("app").Subscribe("deals").Subscribe("offers").Start();
        await stack.Start();
        await stack.Subscribed("offers", "app");
        await stack.Redis.ExecuteAsync("FLUSHALL");

        using var dapr = stack.Dapr(app);
        await dapr.PublishEventAsync("pubsub", "deals", 1, Cancel);
        await dapr.PublishEventAsync("pubsub", "offers", 2, Cancel);
        await Eventually.Holds(() => app.Events.Count == 2, "both have arrived");
        await RedisPubSubTests.NothingPending(stack, "deals", "app");
    }

    [Fact]
    public async Task A_sidecar_without_Redis_says_what_it_misses()
    {
        await using var stack = await RedisStack.Create();
        stack.App("app");
        await stack.Server.KillAsync();
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => stack.Start());
        Assert.Contains($"Redis at {stack.Server.Endpoint} is not to be had", failure.Message, StringComparison.Ordinal);
    }

    // What a subscriber takes for an event.
    private static async Task Work()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        await timer.WaitForNextTickAsync(Cancel);
    }

    private static async Task GoesAndComesBack(TimeSpan away)
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app").Subscribe("deals");
        app.OnEvent = (_, _) => Work();
        await app.Start();
        var publisher = stack.App("publisher");
        await stack.Start();
        await stack.Subscribed("deals", "app");

        var accepted = new ConcurrentBag<int>();
        var publishing = PublishAll(stack.Dapr(publisher), accepted);
        await Eventually.Holds(() => accepted.Count > 100 && app.Events.Count > 20, "deliveries are under way");
        await stack.Server.KillAsync();
        await Outage.Lasts(away);
        await stack.Server.StartAgainAsync();
        await publishing;
        await AllArrive(stack, app);
    }

    // Each is published until it is accepted.
    private static Task PublishAll(DaprClient dapr, ConcurrentBag<int> accepted) => Parallel.ForEachAsync(
        Enumerable.Range(0, Events), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancel }, async (number, _) =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (true)
            {
                try
                {
                    await dapr.PublishEventAsync("pubsub", "deals", number, Cancel);
                    accepted.Add(number);
                    return;
                }
                catch (Exception error) when (error is RpcException or global::Dapr.DaprException)
                {
                    await timer.WaitForNextTickAsync(Cancel);
                }
            }
        });

    private static async Task AllArrive(RedisStack stack, TestApp app)
    {
        await Eventually.Holds(() => app.Events.Select(received => (int)received.Data!).Distinct().Count() == Events, "all have arrived", 30);
        await RedisPubSubTests.NothingPending(stack, "deals", "app");
    }
}
