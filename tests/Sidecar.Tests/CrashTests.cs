using System.Collections.Concurrent;
using Dapr.Client;
using Grpc.Core;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests;

public sealed class CrashTests
{
    private const int Keys = 10;
    private const int EventsPerKey = 50;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // What a subscriber takes for an event.
    private static async Task WorkAsync(TimeSpan length)
    {
        using var timer = new PeriodicTimer(length);
        await timer.WaitForNextTickAsync(Cancel);
    }

    [Fact]
    public async Task Nothing_accepted_is_lost_and_order_is_kept_when_the_sidecar_is_killed()
    {
        await using var stack = await TestStack.Create();
        var app = await stack.App("app").Subscribe("deals").Start();
        app.OnEvent = (_, _) => WorkAsync(TimeSpan.FromMilliseconds(5));
        stack.App("publisher");
        await stack.Start();
        await PubSubTests.Subscribed(stack, "app");

        using var dapr = stack.Dapr("publisher");
        var accepted = new ConcurrentDictionary<int, int>();
        var publishing = Enumerable.Range(0, Keys).Select(key => PublishAll(dapr, key, accepted)).ToArray();
        await Eventually.Holds(() => accepted.Values.Sum() > 150 && !app.Events.IsEmpty, "publishing is under way");
        await stack.Sidecar.Kill();
        await stack.Start();
        await Task.WhenAll(publishing);

        await ArrivesInOrder(app, accepted);
    }

    [Fact]
    public async Task A_broken_connection_to_the_database_loses_nothing_either()
    {
        await using var stack = await TestStack.Create();
        var app = await stack.App("app").Subscribe("deals").Start();
        app.OnEvent = (_, _) => WorkAsync(TimeSpan.FromMilliseconds(2));
        stack.App("publisher");
        await stack.Start();
        await PubSubTests.Subscribed(stack, "app");

        using var dapr = stack.Dapr("publisher");
        var accepted = new ConcurrentDictionary<int, int>();
        var publishing = Enumerable.Range(0, Keys).Select(key => PublishAll(dapr, key, accepted)).ToArray();
        for (var kills = 0; kills < 3; kills++)
        {
            var before = accepted.Values.Sum();
            await Eventually.Holds(() => accepted.Values.Sum() > before + 50, "publishing is under way");
            await KillConnections(stack.Database);
        }

        await Task.WhenAll(publishing);
        await ArrivesInOrder(app, accepted);
    }

    // The numbers of a key go up by one; each is published until it is accepted.
    private static async Task PublishAll(DaprClient dapr, int key, ConcurrentDictionary<int, int> accepted)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var number = 0; number < EventsPerKey;)
        {
            try
            {
                await PubSubTests.Publish(dapr, "deals", new { key, number }, $"key-{key}");
                accepted[key] = ++number;
            }
            catch (Exception error) when (error is RpcException or global::Dapr.DaprException)
            {
                await timer.WaitForNextTickAsync(Cancel);
            }
        }
    }

    private static async Task ArrivesInOrder(TestApp app, ConcurrentDictionary<int, int> accepted)
    {
        Assert.Equal(Keys * EventsPerKey, accepted.Values.Sum());
        await Eventually.Holds(() => Numbers(app).All(numbers => numbers.Distinct().Count() == EventsPerKey) && Numbers(app).Count() == Keys, "all have arrived", 30);
        foreach (var numbers in Numbers(app))
        {
            // What was under way comes twice; leaving out the repetitions, each key is in order.
            Assert.Equal(Enumerable.Range(0, EventsPerKey), numbers.Distinct());
        }
    }

    private static IEnumerable<List<int>> Numbers(TestApp app) => app.Events
        .GroupBy(received => (int)received.Data!["key"]!)
        .Select(group => group.Select(received => (int)received.Data!["number"]!).ToList());

    private static async Task KillConnections(TestDatabase database)
    {
        await using var command = database.Source.CreateCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
