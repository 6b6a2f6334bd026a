using System.Diagnostics;
using Isolation.Tests.Oracle;
using Isolation.Tests.Seeding;
using Platform.Testing;
using Xunit;

namespace Isolation.Tests.Installation;

/// <summary>
/// All services, the gateway and a broker in this process, on the real PostgreSQL: every request passes the code that it passes
/// in the product, every event and every log line can be read, and a wall can be taken down.
/// </summary>
/// <param name="walls">What keeps its companies apart.</param>
/// <param name="seeds">What makes the companies that it begins with; without, it begins with such that have nothing yet.</param>
public abstract class PlatformInstallation(Walls walls, Seeds? seeds = null) : IAsyncLifetime
{
    private readonly Ports _ports = Ports.Draw();
    private readonly Broker _broker = new();
    private IReadOnlyList<IServiceHost> _hosts = [];
    private Sidecars? _sidecars;
    private MailSink? _mail;

    public Walls Walls => walls;

    /// <summary>What it began with.</summary>
    internal Seeded? Seeded { get; private set; }

    /// <summary>The identity server's part.</summary>
    internal FakeIdentityAdmin Identity { get; private set; } = new();

    internal IReadOnlyList<IServiceHost> Hosts => _hosts;

    internal Broker Broker => _broker;

    internal Sidecars Sidecars => _sidecars!;

    internal MailSink Mail => _mail!;

    internal GatewayHost Gateway { get; private set; } = null!;

    internal LogCapture Logs { get; } = new();

    internal Uri GatewayRest => new($"http://127.0.0.1:{_ports.Rest}");

    internal Uri GatewayGrpc => new($"http://127.0.0.1:{_ports.Grpc}");

    internal IServiceHost Host(string appId) => _hosts.Single(host => host.AppId == appId);

    public virtual async ValueTask InitializeAsync()
    {
        Seeded = seeds is null ? null : await seeds.GetAsync();
        Identity = Seeded?.Identity.Copy() ?? Identity;
        _hosts = ServiceAssemblies.CreateHosts(walls, _ports, Logs, Identity, Seeded?.Databases);
        _sidecars = new Sidecars(_ports, _broker, _hosts, Seeded?.Workflows ?? []);
        await _sidecars.StartAsync();
        _mail = new MailSink(_ports);
        await _mail.StartAsync();
        foreach (var host in _hosts)
            await host.StartAsync();
        await _broker.StartAsync(_hosts);
        Gateway = new GatewayHost(_ports, Logs);
        await Gateway.StartAsync();
        // The companies come last, because a broker has no history for a subscriber that comes later.
        if (Seeded is null)
            await Host("tenants").SeedAsync();
        await QuietAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        // First: what is still on its way is for services that are there.
        await _broker.DisposeAsync();
        foreach (var host in _hosts)
            await host.DisposeAsync();
        await _sidecars!.DisposeAsync();
        await _mail!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Returns when no event is under way, no audit entry waits for its seal, no record waits to be compared, no index is built anew and no row of any tenant has changed for the time, which is short where nothing depends on it.</summary>
    internal async Task QuietAsync(TimeSpan? time = null)
    {
        var steady = time ?? TimeSpan.FromMilliseconds(100);
        var (before, since) = ("", Stopwatch.GetTimestamp());
        await Eventually.HoldsAsync(async () =>
        {
            var now = _broker.IsIdle ? await Snapshot.MarksAsync(_hosts) : "";
            if (now.Length == 0 || now != before)
                (before, since) = (now, Stopwatch.GetTimestamp());
            if (now.Length == 0 || Stopwatch.GetElapsedTime(since) < steady)
                return false;
            // What is waited for ends with a row that is written or deleted: from then on it must be quiet once more.
            return await IsSealedAsync() && !await IsComparingAsync();
        }, TimeSpan.FromSeconds(60), interval: TimeSpan.FromMilliseconds(Math.Max(20, steady.TotalMilliseconds / 10)));
    }

    private async Task<bool> IsComparingAsync() => (await Snapshot.TablesWithAsync(_hosts,
        "r.tableoid IN (to_regclass('duplicate_checks'), to_regclass('segment_checks'), to_regclass('rebuild_turns')) OR (r.tableoid = to_regclass('lead_score_runs') AND to_jsonb(r)->>'is_pending' = 'true') OR (r.tableoid = to_regclass('segment_runs') AND to_jsonb(r)->>'state' = 'Pending') OR (r.tableoid = to_regclass('chores') AND to_jsonb(r)->>'kind' = 'FindDuplicates' AND (to_jsonb(r)->>'due_time')::timestamptz < now() + interval '1 hour')")).Count > 0;

    private async Task<bool> IsSealedAsync() => (await Snapshot.TablesWithAsync(_hosts, "r.tableoid = 'audit_unsealed'::regclass")).Count == 0;
}
