using Dapr.Conformance.Harness;

namespace Dapr.Conformance.Actors;

/// <summary>What was promised before a sidecar ended is kept by the next one.</summary>
public sealed class ActorRestartTests(ActorSetup setup) : IClassFixture<ActorSetup>
{
    [Fact]
    public async Task Reminders_and_state_outlive_a_killed_sidecar()
    {
        var id = Guid.NewGuid().ToString("N");
        var actor = setup.Actor(id);
        await actor.AddAsync(4);
        await actor.RemindAsync("later", TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(-1), 0);
        await actor.RemindAsync("always", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), 0);
        await setup.Sidecar.Process.KillAsync();
        var before = setup.Log.Count($"{id} reminder always data of always");

        await setup.Sidecar.StartAsync();
        await Eventually.Holds(() => setup.Log.Count($"{id} reminder later data of later") == 1, "the reminder has come after the restart", seconds: 40);
        await Eventually.Holds(() => setup.Log.Count($"{id} reminder always data of always") >= before + 2, "the other one goes on");
        Assert.Equal(4, await actor.GetAsync());
    }
}
