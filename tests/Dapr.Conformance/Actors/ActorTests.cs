using System.Text.Json.Nodes;
using Dapr.Actors;
using Dapr.Actors.Client;
using Dapr.Conformance.Harness;

namespace Dapr.Conformance.Actors;

/// <summary>Actors with the official package on both sides (contract §1.1, §1.16).</summary>
public sealed class ActorTests(ActorSetup setup) : IClassFixture<ActorSetup>
{
    private readonly string _id = Guid.NewGuid().ToString("N");

    private ICounter Actor => setup.Actor(_id);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_actor_is_called_and_keeps_its_state()
    {
        Assert.Equal(3, await Actor.AddAsync(3));
        Assert.Equal(5, await Actor.AddAsync(2));
        Assert.Equal(5, await Actor.GetAsync());
        Assert.Equal(1, setup.Log.Count($"{_id} activated"));
        await Actor.ForgetAsync();
        Assert.Equal(0, await Actor.GetAsync());
    }

    [Fact]
    public async Task A_call_without_types_reaches_the_actor_as_well()
    {
        var proxy = ActorProxy.Create(new ActorId(_id), ActorSetup.Type, new ActorProxyOptions { HttpEndpoint = setup.Sidecar.HttpAddress.ToString() });
        Assert.Equal(4, await proxy.InvokeMethodAsync<int, int>(nameof(ICounter.AddAsync), 4, Cancel));
        Assert.Equal(4, await proxy.InvokeMethodAsync<int>(nameof(ICounter.GetAsync), Cancel));
    }

    [Fact]
    public async Task State_is_a_row_with_the_keys_of_dapr()
    {
        await Actor.AddAsync(9);
        Assert.Equal("9", await setup.Database.ScalarAsync<string>("SELECT convert_from(value, 'UTF8') FROM state WHERE key = $1", $"{ActorSetup.AppId}||{ActorSetup.Type}||{_id}||count"));
    }

    [Fact]
    public async Task One_call_after_the_other_enters_an_actor()
    {
        var actor = Actor;
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => actor.SlowlyAddAsync(1)));
        Assert.Equal(30, await actor.GetAsync());
        Assert.Equal(0, setup.Log.Count($"{_id} overlaps"));
    }

    [Fact]
    public async Task An_actors_exception_comes_to_the_caller_and_spoils_nothing()
    {
        await Actor.AddAsync(1);
        var failure = await Assert.ThrowsAsync<ActorMethodInvocationException>(() => Actor.FailAsync("told you"));
        Assert.Contains("told you", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await Actor.GetAsync());
    }

    [Fact]
    public async Task An_idle_actor_is_put_away_and_comes_back_with_its_state()
    {
        var actor = setup.Actor(_id, ActorSetup.Sleepy);
        await actor.AddAsync(6);
        await Eventually.Holds(() => setup.Log.Count($"{_id} deactivated") == 1, "the idle actor is deactivated");
        Assert.Equal(6, await actor.GetAsync());
        Assert.Equal(2, setup.Log.Count($"{_id} activated"));
    }

    [Fact]
    public async Task An_actor_may_call_itself_where_that_is_allowed_and_not_too_deep()
    {
        var actor = setup.Actor(_id, ActorSetup.Reentrant);
        Assert.Equal(3, await actor.NestAsync(3));
        await Assert.ThrowsAnyAsync<Exception>(() => actor.NestAsync(10));
        Assert.Equal(1, await actor.NestAsync(1));
    }

    [Fact]
    public async Task State_may_have_a_time_to_live()
    {
        await Actor.SetBrieflyAsync(7, TimeSpan.FromSeconds(2));
        Assert.Equal(7, await Actor.GetAsync());
        Assert.True(await setup.Database.ScalarAsync<bool>("SELECT expires_at IS NOT NULL FROM state WHERE key = $1", $"{ActorSetup.AppId}||{ActorSetup.Type}||{_id}||count"));
        await Eventually.Holds(async () => await Actor.GetAsync() == 0, "the value has died");
    }

    [Fact]
    public async Task A_timer_ticks_until_it_is_stopped()
    {
        var tick = $"{_id} timer data of tick";
        await Actor.StartTimerAsync("tick", TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200));
        await Eventually.Holds(() => setup.Log.Count(tick) >= 3, "the timer has ticked");
        await Actor.StopTimerAsync("tick");
        var ticked = setup.Log.Count(tick);
        await Eventually.Never(() => setup.Log.Count(tick) > ticked + 1, "a stopped timer ticks");
    }

    [Fact]
    public async Task A_timer_without_a_period_ticks_once()
    {
        await Actor.StartTimerAsync("once", TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(-1));
        await Eventually.Holds(() => setup.Log.Count($"{_id} timer data of once") == 1, "the timer has ticked");
        await Eventually.Never(() => setup.Log.Count($"{_id} timer data of once") > 1, "it ticks again", seconds: 1);
    }

    [Fact]
    public async Task A_reminder_comes_again_until_it_is_taken_back()
    {
        var reminder = $"{_id} reminder water data of water";
        await Actor.RemindAsync("water", TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400), 0);
        Assert.True(await Actor.HasReminderAsync("water"));
        await Eventually.Holds(() => setup.Log.Count(reminder) >= 3, "the reminder has come");
        await Actor.UnremindAsync("water");
        Assert.False(await Actor.HasReminderAsync("water"));
        var seen = setup.Log.Count(reminder);
        await Eventually.Never(() => setup.Log.Count(reminder) > seen + 1, "a reminder comes that was taken back");
    }

    [Fact]
    public async Task A_reminder_comes_as_often_as_it_was_asked_to()
    {
        await Actor.RemindAsync("thrice", TimeSpan.Zero, TimeSpan.FromMilliseconds(300), 3);
        await Eventually.Holds(() => setup.Log.Count($"{_id} reminder thrice data of thrice") == 3, "it has come three times");
        await Eventually.Never(() => setup.Log.Count($"{_id} reminder thrice data of thrice") > 3, "it comes a fourth time");
        Assert.False(await Actor.HasReminderAsync("thrice"));
    }

    [Fact]
    public async Task A_reminder_wakes_an_actor_that_was_put_away()
    {
        var actor = setup.Actor(_id, ActorSetup.Sleepy);
        await actor.RemindAsync("wake", TimeSpan.FromSeconds(4), TimeSpan.FromMilliseconds(-1), 0);
        await Eventually.Holds(() => setup.Log.Count($"{_id} deactivated") >= 1, "the actor sleeps");
        await Eventually.Holds(() => setup.Log.Count($"{_id} reminder wake data of wake") == 1, "the reminder has come");
        Assert.Equal(2, setup.Log.Count($"{_id} activated"));
    }

    [Fact]
    public async Task A_reminder_that_fails_is_tried_four_times()
    {
        await Actor.RemindAsync("failing", TimeSpan.Zero, TimeSpan.FromMilliseconds(-1), 0);
        await Eventually.Holds(() => setup.Log.Count($"{_id} reminder failing data of failing") == 4, "it has been tried four times");
        await Eventually.Never(() => setup.Log.Count($"{_id} reminder failing data of failing") > 4, "it is tried a fifth time", seconds: 2.5);
    }

    [Fact]
    public async Task The_metadata_count_the_active_actors()
    {
        await Actor.AddAsync(1);
        using var http = setup.Sidecar.Http();
        var metadata = JsonNode.Parse(await http.GetStringAsync(new Uri("/v1.0/metadata", UriKind.Relative), Cancel))!;
        Assert.Equal("RUNNING", (string?)metadata["actorRuntime"]!["runtimeStatus"]);
        Assert.True((bool)metadata["actorRuntime"]!["hostReady"]!);
        var active = ((JsonArray)metadata["actorRuntime"]!["activeActors"]!).Single(entry => (string?)entry!["type"] == ActorSetup.Type)!;
        Assert.True((int)active["count"]! >= 1);
    }
}
