using Isolation.Tests.Installation;
using Isolation.Tests.Oracle;
using Isolation.Tests.Seeding;
using Platform.Invocation;
using Platform.Testing;

namespace Isolation.Tests.Attacks;

/// <summary>What the whole attack found.</summary>
internal sealed record SiegeReport(
    Tally Tally, IReadOnlyDictionary<string, string> Unreached, IReadOnlyDictionary<string, IReadOnlyList<string>> Unfilled, int Secrets, string Before, string After)
{
    /// <summary>Rows, events, e-mails, log lines and workflows that hold what they must not.</summary>
    public required IReadOnlyList<string> Traces { get; init; }

    public string Summary => $"{Tally.Rpcs.Values.Sum()} calls of {Tally.Rpcs.Count} RPCs, {Tally.Twins} twins, {Tally.Endpoints.Values.Sum()} requests to {Tally.Endpoints.Count} other endpoints, "
        + $"{Tally.Deliveries.Values.Sum()} deliveries, {Secrets} ids watched; {string.Join(' ', Tally.Codes.OrderByDescending(code => code.Value).Select(code => $"{code.Key} {code.Value}"))}";
}

/// <summary>Two companies use all of an installation; then one of them tries everything to see or change what is the other's.</summary>
/// <param name="installation">What is attacked.</param>
/// <param name="doors">The ways in.</param>
/// <param name="seed">Of all that is drawn.</param>
/// <param name="calls">How many mixtures are tried.</param>
/// <param name="isWhole">Every door and everybody also where a wall is down; else only where both are up.</param>
internal sealed class Siege(PlatformInstallation installation, Doors doors, int seed, int calls, bool isWhole = false)
{
    private const int Workers = 3;

    private readonly bool _isWhole = isWhole || installation.Walls == Walls.Both;

    // Background work that is late, such as the sealing of the audit log, comes within a second or so.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    /// <summary>Who attacks.</summary>
    public Company A { get; } = new(TestTenants.Acme, Guid.Parse("0190ac3e-0000-7000-8000-0000000000a1"), "zqhjap", "1357.91", "2039-05-06");
    /// <summary>Who is attacked, and does nothing meanwhile.</summary>
    public Company B { get; } = new(TestTenants.Globex, Guid.Parse("01909106-0000-7000-8000-0000000000b1"), "zqxwvb", "48271.93", "2041-03-17");

    public async Task<SiegeReport> RunAsync(CancellationToken cancellationToken)
    {
        var (seeder, other) = (new Seeder(installation, doors, A), new Seeder(installation, doors, B, A));
        await seeder.RunAsync(cancellationToken);
        await other.RunAsync(cancellationToken);
        var unreached = seeder.Unreached.Concat(other.Unreached).DistinctBy(pair => pair.Key).ToDictionary();
        var tally = new Tally();
        // Some calls want what another service has.
        if (unreached.Count > 0 && installation.Walls != Walls.None)
            return new SiegeReport(tally, unreached, seeder.Unfilled, 0, "", "") { Traces = [] };

        await installation.QuietAsync(Settled);
        // Not before: without any wall the companies would stumble over each other while they are made.
        // What people may do is asked of the one that keeps its wall: without it everybody would be refused, and nothing tried.
        if (installation.Walls == Walls.None)
            await Task.WhenAll(installation.Hosts.Where(host => host.AppId != DaprNames.Tenants).Select(host => host.DisablePoliciesAsync()));
        var watch = new Watch(installation, A, B);
        var before = await Snapshot.OfAsync(installation.Hosts, B.TenantId);
        await AttackAsync(seeder, watch, tally, cancellationToken);
        await installation.QuietAsync(Settled);
        var after = await Snapshot.OfAsync(installation.Hosts, B.TenantId);
        return new SiegeReport(tally, unreached, seeder.Unfilled, watch.Secrets.Count, before, after) { Traces = await watch.TracesAsync() };
    }

    private async Task AttackAsync(Seeder seeder, Watch watch, Tally tally, CancellationToken cancellationToken)
    {
        var attack = new CallAttack(doors, seeder, A, B, watch.Secrets, tally);
        // All doors lead to the same walls: that each leads there is what the product itself is asked, with both of them up.
        await attack.EachIdAsync(seed, byEveryDoor: _isWhole, cancellationToken);
        if (installation.Walls == Walls.None)
            return;
        // Whoever is refused before a row is asked for meets no wall: with one taken down, these take turns.
        await attack.EverybodyAsync(seed, inTurn: !_isWhole, cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => attack.MixedAsync(seed + worker, calls / Workers, cancellationToken), cancellationToken)));
        await new EndpointAttack(installation, doors, A, B, watch.Secrets, tally).RunAsync(cancellationToken);
        await installation.QuietAsync();
        // Forged events come last, for what they write into A's rows was put there by the test.
        watch.ForgeryBegins();
        await new EventAttack(installation, A, B, watch.Secrets, tally).RunAsync(seed);
    }
}
