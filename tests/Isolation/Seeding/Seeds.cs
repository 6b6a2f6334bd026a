using System.Diagnostics;
using Isolation.Tests.Attacks;
using Isolation.Tests.Installation;
using Isolation.Tests.Oracle;
using Platform.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Isolation.Tests.Seeding.Seeds))]

namespace Isolation.Tests.Seeding;

/// <summary>Two companies that have used every call.</summary>
/// <param name="A">Who attacks, as far as it was.</param>
/// <param name="B">Who is attacked.</param>
/// <param name="Unreached">Why the calls that never succeeded did not.</param>
/// <param name="Databases">What they have, by the service's name.</param>
/// <param name="Identity">What the identity server knows of them.</param>
/// <param name="Workflows">What was begun or woken for them: call and instance id.</param>
/// <param name="Traces">Log lines that hold a word of either.</param>
internal sealed record Seeded(
    Company A, Company B, IReadOnlyDictionary<string, string> Unreached, IReadOnlyDictionary<string, TestDatabase> Databases, FakeIdentityAdmin Identity,
    IReadOnlyList<string> Workflows, IReadOnlyList<string> Traces);

/// <summary>Makes the companies once, in an installation with both walls; each that is attacked begins with copies of its databases.</summary>
public sealed class Seeds : IAsyncDisposable
{
    private readonly Lazy<Task<Seeded>> _seeded = new(MakeAsync);

    internal Task<Seeded> GetAsync() => _seeded.Value;

    public async ValueTask DisposeAsync()
    {
        if (!_seeded.IsValueCreated)
            return;
        foreach (var database in (await _seeded.Value).Databases.Values)
            await database.DisposeAsync();
    }

    private static async Task<Seeded> MakeAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await using var nursery = new Nursery();
        await nursery.InitializeAsync();
        var ready = Stopwatch.GetElapsedTime(started);
        var a = new Company(TestTenants.Acme, Guid.Parse("0190ac3e-0000-7000-8000-0000000000a1"), "zqhjap", "1357.91", "2039-05-06");
        var b = new Company(TestTenants.Globex, Guid.Parse("01909106-0000-7000-8000-0000000000b1"), "zqxwvb", "48271.93", "2041-03-17");
        using var doors = new Doors(nursery);
        var (first, second) = (new Seeder(nursery, doors, a), new Seeder(nursery, doors, b, a));
        await first.RunAsync(TestContext.Current.CancellationToken);
        await second.RunAsync(TestContext.Current.CancellationToken);
        await nursery.QuietAsync(Siege.Settled);
        foreach (var host in nursery.Hosts)
            host.KeepsDatabase = true;
        Console.WriteLine($"The companies are made: started in {ready.TotalSeconds:F1} s, done after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        return new Seeded(
            a, b, first.Unreached.Concat(second.Unreached).DistinctBy(pair => pair.Key).ToDictionary(), nursery.Hosts.ToDictionary(host => host.AppId, host => host.Database), nursery.Identity,
            [.. nursery.Sidecars.Workflows], [.. Watch.LinesWithWordsOf(nursery.Logs.Lines, a, b)]);
    }

    private sealed class Nursery() : PlatformInstallation(Walls.Both);
}
