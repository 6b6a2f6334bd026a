using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Actors;

public sealed class ReminderTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Never = TimeSpan.FromMilliseconds(-1);

    [Fact]
    public async Task A_reminder_comes_once_or_again_and_again_until_it_is_unregistered()
    {
        await using var stack = await ActorStack.Start();
        var actor = stack.Actor("one");
        await actor.Remind("once", TimeSpan.Zero, Never);
        await actor.Remind("often", TimeSpan.Zero, Second / 2);
        await Eventually.Holds(() => stack.Log.Count("reminder often 3") >= 4, "it came four times");
        Assert.Equal(1, stack.Log.Count("reminder once 3"));
        Assert.Equal("00:00:00.5000000", await actor.ReminderPeriod("often"));
        await actor.Forget("often");
        Assert.Equal("none", await actor.ReminderPeriod("often"));
        var sofar = stack.Log.Count("reminder often 3");
        await actor.Remind("later", Second, Never);
        await Eventually.Holds(() => stack.Log.Count("reminder later 3") == 1, "a second has passed");
        Assert.Equal(sofar, stack.Log.Count("reminder often 3"));
    }

    [Fact]
    public async Task A_reminder_with_repetitions_comes_as_often_as_it_was_asked_to()
    {
        await using var stack = await ActorStack.Start();
        var actor = stack.Actor("one");
        await actor.RemindTimes("thrice", TimeSpan.Zero, Second, 3);
        await Eventually.Holds(() => stack.Log.Count("reminder thrice 3") == 3, "it came three times");
        await actor.Remind("later", Second * 1.5, Never);
        await Eventually.Holds(() => stack.Log.Count("reminder later 3") == 1, "time has passed");
        Assert.Equal(3, stack.Log.Count("reminder thrice 3"));
        Assert.Equal("none", await actor.ReminderPeriod("thrice"));
        Assert.Equal(0, await Rows(stack));
    }

    [Fact]
    public async Task A_reminder_outlives_the_sidecar_and_a_timer_does_not()
    {
        await using var stack = await ActorStack.Start();
        var actor = stack.Actor("one");
        await actor.Remind("durable", Second * 3, Never);
        await actor.StartTimer("fleeting", Second * 3, Second);
        await stack.Stack.Sidecar.Kill();
        await stack.Stack.Start();
        await stack.WaitUntilHosted();
        await Eventually.Holds(() => stack.Log.Count("reminder durable 3") == 1, "the reminder came");
        Assert.Equal(0, stack.Log.Count("timer 2"));
        await Eventually.Holds(async () => await Rows(stack) == 0, "it is done with");
    }

    [Fact]
    public async Task What_was_due_while_the_app_was_away_comes_when_it_is_back()
    {
        await using var stack = await ActorStack.Start();
        await stack.Actor("one").Remind("missed", Second, Never);
        await stack.App.Stop();
        await stack.Stack.Sidecar.Kill();
        await stack.Stack.Start();
        const string Overdue = "SELECT now() > created_at + interval '1.5 s' FROM state WHERE key LIKE '%||missed'";
        await Eventually.Holds(() => stack.Stack.Database.Scalar<bool>(Overdue), "it is overdue");
        Assert.Equal(0, stack.Log.Count("reminder missed 3"));
        await stack.App.Start();
        await Eventually.Holds(() => stack.Log.Count("reminder missed 3") == 1, "it came");
    }

    [Fact]
    public async Task A_reminder_that_fails_is_tried_four_times_a_second_apart()
    {
        await using var stack = await ActorStack.Start();
        stack.Log.FailingReminder = "bad";
        await stack.Actor("one").Remind("bad", TimeSpan.Zero, Never);
        await Eventually.Holds(async () => await Rows(stack) == 0, "it is given up");
        var times = stack.Log.Times("reminder bad 3");
        Assert.Equal(4, times.Count);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalSeconds, 0.9, 2));
    }

    [Fact]
    [Trait("category", "long")]
    public async Task Ten_thousand_waiting_reminders_cost_nothing()
    {
        const int Count = 10_000;
        await using var stack = await ActorStack.Start();
        using var http = stack.Stack.Http("app");
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, cancel) =>
        {
            using var body = new StringContent("""{"dueTime":"10h","period":"1h","data":"AQID"}""");
            using var response = await http.PutAsync($"/v1.0/actors/ProbeActor/{number}/reminders/later", body, cancel);
            Assert.Equal(204, (int)response.StatusCode);
        });
        Assert.Equal(Count, await Rows(stack));
        await stack.Stack.Sidecar.Kill();
        await stack.Stack.Start();
        await stack.WaitUntilHosted();
        // The runtime is still at it for a while after a start; then less than a hundredth of a processor is its own.
        await Eventually.Holds(async () => await Usage(stack, Second * 2) < Second / 50, "the sidecar is idle", seconds: 40);
        await stack.Actor("7").Remind("now", TimeSpan.Zero, Never);
        await Eventually.Holds(() => stack.Log.Count("reminder now 3") == 1, "one that is due comes");
    }

    private static async Task<TimeSpan> Usage(ActorStack stack, TimeSpan window)
    {
        var before = Processor(stack);
        using var timer = new PeriodicTimer(window);
        await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        return Processor(stack) - before;
    }

    private static TimeSpan Processor(ActorStack stack)
    {
        using var process = System.Diagnostics.Process.GetProcessById(stack.Stack.Sidecar.Id);
        return process.TotalProcessorTime;
    }

    private static Task<long> Rows(ActorStack stack) =>
        stack.Stack.Database.Scalar<long>("SELECT count(*) FROM state WHERE key LIKE 'app||dapr.internal.default.app.schedule||%'");
}
