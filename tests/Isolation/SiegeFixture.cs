using System.Diagnostics;
using System.Globalization;
using Isolation.Tests.Attacks;
using Isolation.Tests.Installation;
using Isolation.Tests.Seeding;
using Xunit;

namespace Isolation.Tests;

/// <summary>An installation and the one attack on it, whose outcome the facts read.</summary>
public abstract class SiegeFixture(Seeds seeds, Walls walls, int calls) : PlatformInstallation(walls, seeds)
{
    private const int DefaultSeed = 20261125;

    internal SiegeReport Report { get; private set; } = null!;

    internal Siege Siege { get; private set; } = null!;

    internal Doors Doors { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await base.InitializeAsync();
        var ready = Stopwatch.GetElapsedTime(started);
        var seed = Setting("ISOLATION_SEED", DefaultSeed);
        Doors = new Doors(this);
        Siege = new Siege(this, Doors, seed, Setting("ISOLATION_CALLS", calls));
        Report = await Siege.RunAsync(TestContext.Current.CancellationToken);
        Console.WriteLine($"{Walls}, seed {seed}, started in {ready.TotalSeconds:F1} s, done after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s: {Report.Summary}");
    }

    public override async ValueTask DisposeAsync()
    {
        Doors.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
