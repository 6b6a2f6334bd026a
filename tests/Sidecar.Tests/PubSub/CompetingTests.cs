using System.Text.Json.Nodes;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.PubSub;

/// <summary>Two sidecar processes for one app on the embedded broker: they share its messages, key by key.</summary>
public sealed class CompetingTests
{
    [Fact]
    public async Task Two_processes_share_the_work_of_one_app_and_keep_the_order_of_each_key()
    {
        await using var stack = await TestStack.Create();
        stack.App("publisher");
        await stack.Start();
        await using var first = await Instance.Start(stack);
        await PubSubTests.Subscribed(stack, "app");
        await using var second = await Instance.Start(stack);

        // Until the first has given up its half, and the second taken it, each round shows who is served.
        var round = 0;
        await Eventually.Holds(async () =>
        {
            var before = first.App.Events.Count + second.App.Events.Count;
            await PublishRound(stack, round++);
            await Eventually.Holds(() => first.App.Events.Count + second.App.Events.Count >= before + 64, "the round has come");
            return second.App.Events.Count >= 32;
        }, "both have a share", 60);

        var (one, two) = (first.App.Events.Count, second.App.Events.Count);
        await PublishRound(stack, round++);
        await Eventually.Holds(() => first.App.Events.Count + second.App.Events.Count >= one + two + 64, "the last round has come");
        Assert.True(first.App.Events.Count > one && second.App.Events.Count > two, "both had a share of the last round");
        var all = first.App.Events.Concat(second.App.Events).ToArray();
        Assert.Equal(round * 64, all.DistinctBy(received => received.Id).Count());
        foreach (var key in all.GroupBy(received => (int)received.Data!["key"]!))
        {
            var order = key.OrderBy(received => received.At).Select(received => (int)received.Data!["i"]!).ToArray();
            Assert.Equal(order.Order(), order);
        }

        await second.Sidecar.Kill();
        var (left, known) = (first.App.Events.Count, round);
        await PublishRound(stack, known);
        await Eventually.Holds(() => first.App.Events.Count >= left + 64, "the first serves all again");
    }

    private static async Task PublishRound(TestStack stack, int round)
    {
        var entries = Enumerable.Range(0, 64).Select(i => (JsonNode)new JsonObject
        {
            ["entryId"] = $"{i}",
            ["contentType"] = "application/json",
            ["event"] = new JsonObject { ["key"] = i % 32, ["i"] = (round * 64) + i },
            ["metadata"] = new JsonObject { ["partitionKey"] = $"{i % 32}" },
        });
        var (status, body) = await stack.Post("publisher", "/v1.0/publish/bulk/pubsub/deals", new JsonArray([.. entries]).ToJsonString());
        Assert.True(status == 204, $"{status} {body}");
    }

    /// <summary>An instance of the app with a sidecar of its own, started by daprd's flags.</summary>
    private sealed record Instance(TestApp App, SidecarProcess Sidecar) : IAsyncDisposable
    {
        public static async Task<Instance> Start(TestStack stack)
        {
            var app = await new TestApp("app").Subscribe("deals").Start();
            var http = Ports.Next();
            var sidecar = SidecarProcess.Launch(
                ["--app-id", "app", "--app-port", $"{app.Port}", "--app-protocol", "h2c", "--dapr-http-port", $"{http}", "--dapr-grpc-port", $"{Ports.Next()}",
                    "--resources-path", stack.ResourcesPath],
                new Dictionary<string, string> { ["SIDECAR_DATABASE"] = stack.Database.ConnectionString });
            await sidecar.WaitUntilReady(http);
            return new Instance(app, sidecar);
        }

        public async ValueTask DisposeAsync()
        {
            await Sidecar.DisposeAsync();
            await App.DisposeAsync();
        }
    }
}
