using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Deals.Stages;

/// <summary>
/// Asks the contacts domain how many activities are done with a deal: as the platform, because what a company asks for does not depend on
/// what the one who moves the deal may see of its timeline.
/// </summary>
internal sealed class ActivityCounts(IServiceScopeFactory scopes, Caller caller)
{
    // Of these alone it is said whether they are done.
    private static readonly ActivityKind[] Work = [ActivityKind.Task, ActivityKind.Call, ActivityKind.Meeting];

    private readonly Dictionary<Guid, DoneActivities> _known = [];
    private bool _isClosed;

    /// <summary>Nobody is asked any more in this scope: deals are locked from now on, and what was told of each before that holds.</summary>
    public void Close() => _isClosed = true;

    /// <summary>An error where it cannot be asked. Nobody is asked where no stage asks for any.</summary>
    public async Task<Result<DoneActivities>> CountAsync(Guid dealId, IReadOnlyDictionary<ActivityKind, int> asked, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<ActivityKind, int>();
        if (asked.Count == 0)
            return new DoneActivities(counts);
        // Of a deal that was elsewhere when it was asked about, too little is known.
        if (_isClosed)
            return _known.GetValueOrDefault(dealId) ?? new DoneActivities(counts);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(caller.RequiredTenantId, "stage-requirements", caller.CausedBy);
        var activities = scope.ServiceProvider.GetRequiredService<ActivitiesService.ActivitiesServiceClient>();
        try
        {
            foreach (var (kind, count) in asked)
                counts[kind] = (await activities.ListActivitiesAsync(RequestOf(dealId, kind, count), cancellationToken: cancellationToken)).Activities.Count;
            return _known[dealId] = new DoneActivities(counts);
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            return StageErrors.ActivitiesUnavailable;
        }
    }

    private static ListActivitiesRequest RequestOf(Guid dealId, ActivityKind kind, int count) => new()
    {
        DealId = dealId.ToString(),
        Kinds = { kind },
        PageSize = count,
        Filter = Work.Contains(kind) ? "status = ACTIVITY_STATUS_DONE" : "",
    };
}
