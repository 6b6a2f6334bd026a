using System.Collections.Concurrent;
using Grpc.Core;
using Platform.Caching;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Contacts.Leads.Assignment;

/// <summary>
/// Who is in which team, in memory: asked of the tenants service as the platform, for a minute and until AccessChanged has arrived at one of
/// the replicas. While that service is away, what was known last goes on to hold.
/// </summary>
internal sealed class TeamDirectory
{
    private const string Kind = "teams";
    private const int PageSize = 200;
    private const int MaxTenants = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private static readonly Error Unavailable = new(Google.Rpc.Code.Unavailable, "TEAMS_UNAVAILABLE", "Who is in which team cannot be read right now: try again in a moment.");

    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();
    private readonly ConcurrentDictionary<Guid, long> _changes = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly ReplicaSignal _signal;
    private readonly TimeProvider _time;

    public TeamDirectory(IServiceScopeFactory scopes, ReplicaSignal signal, TimeProvider time)
    {
        (_scopes, _signal, _time) = (scopes, signal, time);
        signal.On(Kind, Forget, () => _entries.Keys.ToList().ForEach(Forget));
    }

    /// <summary>The members of teams and of those below them, each once, in an order that stays.</summary>
    /// <exception cref="RpcException">It cannot be asked for and never was known.</exception>
    public async Task<IReadOnlyList<Guid>> MembersAsync(Guid tenant, IReadOnlyCollection<string> teams, CancellationToken cancellationToken)
    {
        var all = await GetAsync(tenant, cancellationToken);
        var wanted = teams.ToHashSet(StringComparer.OrdinalIgnoreCase);
        // A team is deep at most as there are teams.
        while (all.Where(team => wanted.Contains(team.ParentId) && wanted.Add(team.Id)).ToList().Count > 0)
            continue;
        return [.. all.Where(team => wanted.Contains(team.Id)).SelectMany(team => team.MemberIds).Select(Guid.Parse).Distinct().Order()];
    }

    /// <summary>Every replica asks anew.</summary>
    public Task SpreadAsync(Guid tenant, CancellationToken cancellationToken) => _signal.SendAsync(Kind, tenant, cancellationToken);

    private async Task<IReadOnlyList<Team>> GetAsync(Guid tenant, CancellationToken cancellationToken)
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
            return entry?.Teams ?? throw Unavailable.ToRpcException();
        }
    }

    private async Task<IReadOnlyList<Team>> AskAsync(Guid tenant, CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "lead-assignment");
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
