using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Actors;

/// <summary>A type that two apps host.</summary>
public sealed class PlacementTests
{
    private const int Actors = 30;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_actor_is_active_in_one_app_only_also_when_apps_come_and_go()
    {
        await using var stack = await TestStack.Create();
        var one = new RawActorApp(stack.App("one"), """{"entities":["T"]}""");
        var two = new RawActorApp(stack.App("two"), """{"entities":["T"]}""");
        await one.App.Start();
        await stack.Start();
        await Hosted(stack, "one");
        await CallAll(stack);
        Assert.Equal(Actors, Active(one).Count);

        await two.App.Start();
        await Hosted(stack, "two");
        await CallAll(stack);
        var moved = Active(two);
        Assert.InRange(moved.Count, 5, Actors - 5);
        Assert.Empty(moved.Intersect(Active(one)));
        Assert.Equal(Actors, moved.Count + Active(one).Count);

        await two.App.Stop();
        await Eventually.Holds(() => stack.Sidecar.Output.Contains("App two is down", StringComparison.Ordinal), "the second is down");
        await CallAll(stack);
        Assert.Equal(Actors, Active(one).Count);
    }

    [Fact]
    public async Task A_call_under_way_ends_before_its_actor_moves()
    {
        await using var stack = await TestStack.Create();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var one = new RawActorApp(stack.App("one"), """{"entities":["T"],"drainOngoingCallTimeout":"20s"}""")
        {
            Answer = (call, _) => call.Method == "PUT" ? gate.Task : Task.CompletedTask,
        };
        var two = new RawActorApp(stack.App("two"), """{"entities":["T"]}""");
        await one.App.Start();
        await stack.Start();
        await Hosted(stack, "one");
        var first = CallAll(stack);
        await Eventually.Holds(() => one.Calls.Count == Actors, "all are in");
        await two.App.Start();
        await Hosted(stack, "two");
        var second = CallAll(stack);
        Assert.Empty(two.Calls);
        gate.SetResult();
        await Task.WhenAll(first, second);
        Assert.NotEmpty(two.Calls);
        Assert.Equal(Actors, Active(one).Count + Active(two).Count);
    }

    // Called since it was last deactivated.
    private static HashSet<string> Active(RawActorApp app)
    {
        var active = new HashSet<string>();
        foreach (var call in app.Calls)
        {
            var id = call.Path.Split('/')[3];
            _ = call.Method == "DELETE" ? active.Remove(id) : active.Add(id);
        }

        return active;
    }

    private static async Task Hosted(TestStack stack, string app)
    {
        using var http = stack.Http(app);
        await Eventually.Holds(async () => (await http.GetAsync("/v1.0/healthz", Cancel)).IsSuccessStatusCode, $"{app} hosts its actors");
    }

    private static async Task CallAll(TestStack stack)
    {
        using var http = stack.Http("one");
        await Task.WhenAll(Enumerable.Range(0, Actors).Select(async id =>
        {
            using var response = await http.PutAsync($"/v1.0/actors/T/{id}/method/Go", null, Cancel);
            Assert.Equal(StatusCodes.Status200OK, (int)response.StatusCode);
        }));
    }
}
