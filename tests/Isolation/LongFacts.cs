using Isolation.Tests.Attacks;
using Isolation.Tests.Installation;
using Xunit;

namespace Isolation.Tests;

/// <summary>The same with many more mixtures, another each day.</summary>
[Trait("category", "long")]
public sealed class LongFacts(LongFacts.Quiet installation) : IClassFixture<LongFacts.Quiet>
{
    private const int Calls = 50_000;

    [Fact]
    public async Task Fifty_thousand_mixtures_find_nothing()
    {
        var seed = TimeProvider.System.GetUtcNow().DayOfYear;
        using var doors = new Doors(installation);
        var report = await new Siege(installation, doors, seed, Calls).RunAsync(TestContext.Current.CancellationToken);
        Console.WriteLine($"Seed {seed}: {report.Summary}");
        Assert.Empty(report.Unreached);
        Assert.Empty(report.Tally.Findings);
        Assert.Empty(report.Traces);
        Assert.Equal(report.Before, report.After);
    }

    public sealed class Quiet() : PlatformInstallation(Walls.Both);
}
