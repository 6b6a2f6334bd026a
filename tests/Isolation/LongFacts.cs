using Isolation.Tests.Attacks;
using Isolation.Tests.Installation;
using Isolation.Tests.Seeding;
using Xunit;

namespace Isolation.Tests;

/// <summary>The same with many more mixtures, another each day.</summary>
[Trait("category", "long")]
public sealed class LongFacts(LongFacts.Quiet installation, Seeds seeds) : IClassFixture<LongFacts.Quiet>
{
    private const int Calls = 50_000;
    private const int CallsAtOneWall = 3_000;

    [Fact]
    public Task Fifty_thousand_mixtures_find_nothing() => FindsNothingAsync(installation, Calls);

    [Theory]
    [InlineData(Walls.DatabaseOnly)]
    [InlineData(Walls.FilterOnly)]
    public async Task With_either_wall_alone_everybody_tries_every_door_and_finds_nothing(Walls walls)
    {
        await using var alone = new Alone(walls, seeds);
        await alone.InitializeAsync();
        await FindsNothingAsync(alone, CallsAtOneWall);
    }

    private static async Task FindsNothingAsync(PlatformInstallation installation, int calls)
    {
        var seed = TimeProvider.System.GetUtcNow().DayOfYear;
        using var doors = new Doors(installation);
        var report = await new Siege(installation, doors, seed, calls, isWhole: true).RunAsync(TestContext.Current.CancellationToken);
        Console.WriteLine($"{installation.Walls}, seed {seed}: {report.Summary}");
        Assert.Empty(report.Unreached);
        Assert.Empty(report.Tally.Findings);
        Assert.Empty(report.Traces);
        Assert.Equal(report.Before, report.After);
    }

    public sealed class Quiet(Seeds seeds) : PlatformInstallation(Walls.Both, seeds);

    private sealed class Alone(Walls walls, Seeds seeds) : PlatformInstallation(walls, seeds);
}
