using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Actors;

public sealed class TimerTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task A_timer_calls_back_until_it_is_stopped()
    {
        await using var stack = await ActorStack.Start();
        var actor = stack.Actor("one");
        await actor.StartTimer("tick", TimeSpan.Zero, Tick);
        await Eventually.Holds(() => stack.Log.Count("timer 2") >= 3, "it ticked three times");
        await actor.StopTimer("tick");
        var sofar = stack.Log.Count("timer 2");
        await actor.Remind("later", Tick * 3, TimeSpan.FromMilliseconds(-1));
        await Eventually.Holds(() => stack.Log.Count("reminder later 3") == 1, "time has passed");
        Assert.Equal(sofar, stack.Log.Count("timer 2"));
    }

    [Fact]
    public async Task A_timer_keeps_its_actor_active_and_ends_with_it()
    {
        await using var stack = await ActorStack.Start(options => options.ActorIdleTimeout = Tick * 4);
        var busy = stack.Actor("busy");
        await busy.StartTimer("tick", TimeSpan.Zero, Tick);
        await stack.Actor("idle").StartTimer("tick", TimeSpan.FromSeconds(3), Tick);
        await Eventually.Holds(() => stack.Log.Count("deactivate idle") == 1, "the idle one is deactivated");
        await Eventually.Holds(() => stack.Log.Count("timer 2") >= 15, "the other ticks on");
        Assert.Equal(0, stack.Log.Count("deactivate busy"));
        Assert.Equal(1, stack.Log.Count("activate idle"));
    }
}
