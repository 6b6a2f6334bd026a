using Isolation.Tests.Contracts;
using Isolation.Tests.Installation;
using Isolation.Tests.Oracle;
using Isolation.Tests.Seeding;
using Platform.Invocation;

namespace Isolation.Tests.Attacks;

/// <summary>What the whole attack found.</summary>
internal sealed record SiegeReport(
    Tally Tally, IReadOnlyDictionary<string, string> Unreached, int Secrets, string Before, string After)
{
    /// <summary>Rows, events, e-mails, log lines and workflows that hold what they must not.</summary>
    public required IReadOnlyList<string> Traces { get; init; }

    public string Summary => $"{Tally.Rpcs.Values.Sum()} calls of {Tally.Rpcs.Count} RPCs, {Tally.Twins} twins, {Tally.Endpoints.Values.Sum()} requests to {Tally.Endpoints.Count} other endpoints, "
        + $"{Tally.Deliveries.Values.Sum()} deliveries, {Secrets} ids watched; {string.Join(' ', Tally.Codes.OrderByDescending(code => code.Value).Select(code => $"{code.Key} {code.Value}"))}";
}

/// <summary>Of two companies that have used all of an installation one tries everything to see or change what is the other's.</summary>
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
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    /// <summary>Who attacks.</summary>
    public Company A { get; } = installation.Seeded!.A.Copy();

    /// <summary>Who is attacked, and does nothing meanwhile.</summary>
    public Company B { get; } = installation.Seeded!.B.Copy();

    public async Task<SiegeReport> RunAsync(CancellationToken cancellationToken)
    {
        var (tally, unreached) = (new Tally(), installation.Seeded!.Unreached);
        if (unreached.Count > 0)
            return new SiegeReport(tally, unreached, 0, "", "") { Traces = [] };

        // The services that it asks keep their walls: without them everybody would be refused, and nothing tried.
        if (installation.Walls == Walls.None)
            await installation.Host(DaprNames.Contacts).DisablePoliciesAsync();
        var watch = new Watch(installation, A, B);
        var before = await Snapshot.OfAsync(installation.Hosts, B.TenantId);
        await AttackAsync(watch, tally, cancellationToken);
        await installation.QuietAsync(Settled);
        var after = await Snapshot.OfAsync(installation.Hosts, B.TenantId);
        return new SiegeReport(tally, unreached, watch.Secrets.Count, before, after) { Traces = [.. installation.Seeded.Traces, .. await watch.TracesAsync()] };
    }

    private async Task AttackAsync(Watch watch, Tally tally, CancellationToken cancellationToken)
    {
        var attack = new CallAttack(doors, new Seeder(installation, doors, A), A, B, watch.Secrets, tally);
        // Without any wall it is the attack that is tried, and not the platform: one service is enough to see a leak.
        var rpcs = installation.Walls == Walls.None ? Rpc.All.Where(rpc => rpc.AppId == DaprNames.Contacts) : Rpc.All;
        // All doors lead to the same walls: that each leads there is what the product itself is asked, with both of them up.
        await attack.EachIdAsync(rpcs, seed, byEveryDoor: _isWhole, cancellationToken);
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
