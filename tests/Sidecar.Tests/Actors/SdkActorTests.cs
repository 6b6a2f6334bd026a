using Dapr.Actors;
using Dapr.Actors.Client;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Actors;

public sealed class SdkActorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_call_at_a_time_enters_an_actor_and_all_of_them_count()
    {
        await using var stack = await ActorStack.Start();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => stack.Actor("one").Add(1)));
        Assert.Equal(50, await stack.Actor("one").Number());
        Assert.DoesNotContain("two at once", stack.Log.Events);
        Assert.Equal(0, await stack.Actor("another").Number());
    }

    [Fact]
    public async Task Calls_have_their_turn_in_the_order_in_which_they_came()
    {
        await using var stack = await ActorStack.Start();
        var calls = new List<Task>();
        foreach (var name in (string[])["a", "b", "c", "d"])
        {
            calls.Add(stack.Actor("one").WaitAtGate(name));
            // Calls overtake each other on their way: the next one is made when this one is inside, or waits.
            await Eventually.Holds(async () => stack.Log.Events.Contains("in a") && await stack.Waiting() == calls.Count - 1, $"the call {name} is there");
        }

        Assert.Equal(["in a"], stack.Log.Events.Where(one => one.StartsWith("in", StringComparison.Ordinal)));
        stack.Log.Gate.SetResult();
        await Task.WhenAll(calls);
        Assert.Equal(
            ["in a", "out a", "in b", "out b", "in c", "out c", "in d", "out d"],
            stack.Log.Events.Where(one => one.StartsWith("in", StringComparison.Ordinal) || one.StartsWith("out", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task State_is_saved_when_a_turn_ends_well_and_only_then()
    {
        await using var stack = await ActorStack.Start();
        await stack.Actor("one").Add(3);
        var error = await Assert.ThrowsAsync<ActorMethodInvocationException>(() => stack.Actor("one").AddAndFail(4));
        Assert.Contains("as you wish", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, await stack.Actor("one").Number());
        const string Row = "SELECT convert_from(value, 'UTF8') FROM state WHERE key = 'app||ProbeActor||one||number'";
        Assert.Equal("3", await stack.Stack.Database.Scalar<string>(Row));
    }

    [Fact]
    public async Task A_reentrant_actor_is_entered_by_the_calls_that_come_of_its_own()
    {
        await using var stack = await ActorStack.Start(options => options.ReentrancyConfig = new ActorReentrancyConfig { Enabled = true });
        Assert.Equal(1, await stack.Actor("one").AddThrough("two", stack.HttpEndpoint).WaitAsync(TimeSpan.FromSeconds(10), Cancel));
    }

    [Fact]
    public async Task An_actor_that_is_not_reentrant_waits_for_itself()
    {
        await using var stack = await ActorStack.Start();
        var call = stack.Actor("one").AddThrough("two", stack.HttpEndpoint);
        await Assert.ThrowsAsync<TimeoutException>(() => call.WaitAsync(TimeSpan.FromSeconds(1), Cancel));
    }

    [Fact]
    public async Task An_actor_of_another_app_is_called_through_ones_own_sidecar()
    {
        await using var stack = await ActorStack.Start();
        Assert.Equal(2, await stack.Actor("one", through: "caller").Add(2));
        var weak = ActorProxy.Create(
            new ActorId("one"), nameof(ProbeActor), new ActorProxyOptions { HttpEndpoint = $"http://127.0.0.1:{stack.Stack.HttpPort("caller")}" });
        Assert.Equal(5, await weak.InvokeMethodAsync<int, int>("Add", 3, Cancel));
    }

    [Fact]
    public async Task Actors_work_over_plain_http_too()
    {
        await using var stack = await ActorStack.Start(protocol: "http");
        Assert.Equal(2, await stack.Actor("one").Add(2));
    }

    [Fact]
    public async Task An_idle_actor_is_deactivated_and_comes_back_with_its_state()
    {
        await using var stack = await ActorStack.Start(options => options.ActorIdleTimeout = TimeSpan.FromSeconds(1));
        await stack.Actor("one").Add(2);
        await stack.Actor("one").StartTimer("tick", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
        await Eventually.Holds(() => stack.Log.Count("deactivate one") == 1, "it is deactivated");
        Assert.True(stack.Log.Times("deactivate one")[0] - stack.Log.Times("activate one")[0] > TimeSpan.FromMilliseconds(900));
        Assert.Equal(2, await stack.Actor("one").Number());
        Assert.Equal(2, stack.Log.Count("activate one"));
        // What an actor saves in farewell is kept.
        Assert.Equal(1, await stack.Stack.Database.Scalar<long>("SELECT count(*) FROM state WHERE key = 'app||ProbeActor||one||farewell'"));
    }

    [Fact]
    public async Task A_stop_lets_the_call_under_way_finish_and_deactivates_all_actors()
    {
        await using var stack = await ActorStack.Start(options => options.DrainOngoingCallTimeout = TimeSpan.FromSeconds(10));
        await stack.Actor("idle").Add(1);
        var call = stack.Actor("busy").WaitAtGate("it");
        await Eventually.Holds(() => stack.Log.Count("in it") == 1, "the call is in");
        var stopping = stack.Stack.Sidecar.Stop();
        await Eventually.Holds(() => stack.Log.Count("deactivate idle") == 1, "the idle one is deactivated");
        Assert.Equal(0, stack.Log.Count("deactivate busy"));
        stack.Log.Gate.SetResult();
        await call;
        Assert.Equal(0, await stopping);
        Assert.Equal(1, stack.Log.Count("deactivate busy"));
        Assert.Equal(2, await stack.Stack.Database.Scalar<long>("SELECT count(*) FROM state WHERE key LIKE 'app||ProbeActor||%||farewell'"));
    }

    [Fact]
    public async Task A_call_waits_for_an_app_that_starts_over()
    {
        await using var stack = await ActorStack.Start();
        await stack.Actor("one").Add(2);
        await stack.App.Stop();
        await Eventually.Holds(() => stack.Stack.Sidecar.Output.Contains("App app is down", StringComparison.Ordinal), "the app is down");
        var call = stack.Actor("one").Add(3);
        await stack.App.Start();
        Assert.Equal(5, await call);
    }
}
