using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.Caching;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Access.Teams;

/// <summary>
/// The teams of companies, in memory: asked of the tenants service as the platform, for a minute and until AccessChanged has arrived at one of the
/// replicas. While that service is away, what was known last goes on to hold.
/// </summary>
public sealed class CompanyTeams
{
    /// <summary>They cannot be asked for and never were known.</summary>
    public static readonly Error Unavailable =
        new(Google.Rpc.Code.Unavailable, "TEAMS_UNAVAILABLE", "The teams of your company cannot be read right now: try again in a moment.");

    private const string Kind = "teams";
    private const int PageSize = 200;
    private const int MaxTenants = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();
    private readonly ConcurrentDictionary<Guid, long> _changes = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly ReplicaSignal _signal;
    private readonly TimeProvider _time;

    /// <summary>Knows none yet.</summary>
    public CompanyTeams(IServiceScopeFactory scopes, ReplicaSignal signal, TimeProvider time)
    {
        (_scopes, _signal, _time) = (scopes, signal, time);
        signal.On(Kind, Forget, () => _entries.Keys.ToList().ForEach(Forget));
    }

    /// <summary>All of them; null where they cannot be asked for and never were known.</summary>
    public async Task<IReadOnlyList<Team>?> FindAsync(Guid tenant, CancellationToken cancellationToken)
    {
        if (_entries.TryGetValue(tenant, out var entry) && !entry.IsOld && _signal.MayUse(entry.ReadAt, Lifetime))
            return entry.Teams;
        var (readAt, changes) = (_time.GetTimestamp(), _changes.GetValueOrDefault(tenant));
        try
        {
            var teams = await AskAsync(tenant, cancellationToken);
            if (_entries.Count >= MaxTenants)
                _entries.Clear();
            // What changed meanwhile makes the answer old.
            _entries[tenant] = new Entry(readAt, teams, _changes.GetValueOrDefault(tenant) != changes);
            return teams;
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            return entry?.Teams;
        }
    }

    /// <summary>The same, with this team among them where there is such, however new it is.</summary>
    public async Task<IReadOnlyList<Team>?> FindWithAsync(Guid tenant, Guid team, CancellationToken cancellationToken)
    {
        var known = await FindAsync(tenant, cancellationToken);
        if (known is null || known.Any(one => one.Id.ToIdOrNull() == team))
            return known;
        Forget(tenant);
        return await FindAsync(tenant, cancellationToken);
    }

    /// <summary>Every replica asks anew.</summary>
    public Task SpreadAsync(Guid tenant, CancellationToken cancellationToken) => _signal.SendAsync(Kind, tenant, cancellationToken);

    private async Task<IReadOnlyList<Team>> AskAsync(Guid tenant, CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "teams");
        var client = scope.ServiceProvider.GetRequiredService<TeamsService.TeamsServiceClient>();
        var teams = new List<Team>();
        for (var request = new ListTeamsRequest { PageSize = PageSize }; ;)
        {
            var page = await client.ListTeamsAsync(request, cancellationToken: cancellationToken);
            teams.AddRange(page.Teams);
            if ((request.PageToken = page.NextPageToken).Length == 0)
                return teams;
        }
    }

    private void Forget(Guid tenant)
    {
        _changes.AddOrUpdate(tenant, 1, (_, known) => known + 1);
        if (_entries.TryGetValue(tenant, out var entry))
            _entries.TryUpdate(tenant, entry with { IsOld = true }, entry);
    }

    private sealed record Entry(long ReadAt, IReadOnlyList<Team> Teams, bool IsOld);
}
