using Dapr.Client;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;
using Platform.TestServers;

namespace Platform.Sidecar.Tests.Kafka;

/// <summary>Members of one group: how they share partitions out, and where a group begins.</summary>
[Collection("Kafka")]
public sealed class KafkaGroupTests : IDisposable
{
    private const string Topic = "deals";

    // So many that a member no longer fetches further ones.
    private const int Behind = 600;

    private readonly MockKafka _kafka = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _kafka.Dispose();

    [Fact]
    public async Task Two_sidecars_of_one_app_share_the_partitions_and_keep_the_order_of_keys()
    {
        _kafka.Create(Topic, 4);
        await using var one = await _kafka.Stack();
        await using var two = await _kafka.Stack();
        var (first, second) = (await one.App("worker").Subscribe(Topic).Start(), await two.App("worker").Subscribe(Topic).Start());
        first.OnEvent = second.OnEvent = (_, _) => Flood.Work();
        await one.Start();
        using var flood = new Flood(one, "worker", Topic, hasKeys: true);
        await Eventually.Holds(() => first.Events.Count > 50, "the first has some");
        await two.Start();
        await Eventually.Holds(() => second.Events.Count > 50, "the second has some", 30);
        var shared = first.Events.Count;
        await Eventually.Holds(() => first.Events.Count > shared + 50, "and the first still has some");

        await two.Sidecar.Stop();
        var left = first.Events.Count;
        await Eventually.Holds(() => first.Events.Count > left + 50, "the first goes on");

        await flood.HasArrived(first, second);
        Flood.HasKeptOrder(first);
        Flood.HasKeptOrder(second);
    }

    [Fact]
    public async Task A_partition_that_is_far_behind_goes_on_when_the_group_has_shared_out_anew()
    {
        _kafka.Create(Topic, 2);
        await using var one = await _kafka.Stack();
        await using var two = await _kafka.Stack();
        var (first, second) = (await one.App("worker").Subscribe(Topic).Start(), await two.App("worker").Subscribe(Topic).Start());
        var healed = false;
        first.OnEvent = second.OnEvent = (_, context) =>
        {
            context.Response.StatusCode = healed ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        one.Environment["SIDECAR_Logging__LogLevel__Platform.Sidecar.Kafka"] = "Debug";
        await one.Start();
        for (var partition = 0; partition < 2; partition++)
        {
            var response = await one.Dapr("worker").BulkPublishEventAsync(
                "pubsub", Topic, Enumerable.Range(partition * Behind, Behind).ToList(), new() { ["partitionNumber"] = $"{partition}" }, Cancel);
            Assert.Empty(response.FailedEntries.Select(entry => entry.ErrorMessage));
            await Eventually.Holds(() => one.Sidecar.Output.Contains($"fetching of {Topic} [[{partition}]] waits", StringComparison.Ordinal), "it is held back");
        }

        await two.Start();
        await Eventually.Holds(() => two.Sidecar.Output.Contains("worker has 1 further partitions", StringComparison.Ordinal), "each has one", 30);
        healed = true;

        await Eventually.Holds(() => Numbers(first).Union(Numbers(second)).Count() == 2 * Behind, "all have arrived");

        static IEnumerable<int> Numbers(TestApp app) => app.Events.Select(received => (int)received.Data!);
    }

    [Fact]
    public async Task A_group_that_begins_with_the_newest_message_misses_none_from_then_on()
    {
        _kafka.Create(Topic, 1);
        await using var stack = await _kafka.Stack(("initialOffset", "newest"));
        stack.App("publisher");
        var app = await stack.App("app").Subscribe(Topic).Start();
        await using (var before = await _kafka.Stack())
        {
            before.App("publisher");
            await before.Start();
            await before.Dapr("publisher").PublishEventAsync("pubsub", Topic, "before", Cancel);
            await stack.Start();
            await Eventually.Holds(() => stack.Sidecar.Output.Contains("app has 1 further partitions", StringComparison.Ordinal), "the group has begun");
            await stack.Sidecar.Kill();
            await before.Dapr("publisher").PublishEventAsync("pubsub", Topic, "while nobody was there", Cancel);
        }

        await stack.Start();
        await Eventually.Holds(() => !app.Events.IsEmpty, "it has arrived");
        Assert.Equal("while nobody was there", (string)Assert.Single(app.Events).Data!);
    }
}
