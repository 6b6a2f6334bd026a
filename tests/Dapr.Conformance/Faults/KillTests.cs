using Dapr.Conformance.Harness;

namespace Dapr.Conformance.Faults;

/// <summary>What a sidecar has accepted is done, whenever it is killed.</summary>
[Trait("category", "long")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;

    [Fact]
    public async Task Twenty_kills_under_load_lose_nothing_and_repeat_no_more_than_they_must()
    {
        await using var setup = await FaultSetup.StartAsync();
        foreach (var round in Enumerable.Range(0, Kills))
        {
            var load = new Load(setup, round);
            var offering = load.OfferAllAsync();
            var moment = Random.Shared.Next(2500);
            await Pause.ForAsync(moment);
            var before = setup.Events.Count;
            await setup.Sidecar.Process.KillAsync();
            await setup.Sidecar.StartAsync();
            await offering;
            var repeated = await load.EndsRightAsync();
            output.WriteLine($"kill {round} after {moment} ms, {before - (round * 1000)} events in: {repeated} of 1800 pieces were done twice");
        }
    }
}
