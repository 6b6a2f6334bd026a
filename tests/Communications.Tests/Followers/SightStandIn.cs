using System.Collections.Concurrent;
using Grpc.Core;
using Platform.Tenants.V1;

namespace Communications.Tests.Followers;

/// <summary>Stands for the services that own records: who sees which, who looks after which, and who does not see which fields, as a test says.</summary>
internal sealed class SightStandIn : VisibilityService.VisibilityServiceClient
{
    /// <summary>Who sees a record, by its id; for a record that nobody speaks of nobody does.</summary>
    public ConcurrentDictionary<string, HashSet<Guid>> SeenBy { get; } = new();

    public ConcurrentDictionary<string, Guid> Owners { get; } = new();

    public ConcurrentDictionary<(Guid User, string Field), byte> Hidden { get; } = new();

    public bool IsAway { get; set; }

    public override AsyncUnaryCall<FilterVisibleResponse> FilterVisibleAsync(FilterVisibleRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
        Answer(new FilterVisibleResponse
        {
            Records = { request.Records.Select(records => new RecordIds { Resource = records.Resource, Ids = { records.Ids.Where(SeenBy.ContainsKey) } }).Where(records => records.Ids.Count > 0) },
            Owners = { OwnersOf(request.Records) },
        });

    public override AsyncUnaryCall<FilterViewersResponse> FilterViewersAsync(FilterViewersRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default)
    {
        if (request.UserIds.Count > 500)
            return Fail<FilterViewersResponse>(StatusCode.InvalidArgument);
        List<RecordOwner> owners = request.WithOwners ? [.. OwnersOf(request.Records)] : [];
        var people = request.UserIds.Concat(owners.Select(owner => owner.UserId)).Distinct().Select(Guid.Parse);
        var viewers = people.Select(user => new Viewer
        {
            UserId = $"{user}",
            Records = { request.Records.Select(records => new RecordIds { Resource = records.Resource, Ids = { records.Ids.Where(id => SeenBy.TryGetValue(id, out var seen) && seen.Contains(user)) } }).Where(records => records.Ids.Count > 0) },
            Fields = { request.Fields.Where(field => !Hidden.ContainsKey((user, field))) },
        });
        return Answer(new FilterViewersResponse { Owners = { owners }, Viewers = { viewers.Where(viewer => viewer.Records.Count > 0) } });
    }

    private IEnumerable<RecordOwner> OwnersOf(IEnumerable<RecordIds> all) =>
        from records in all from id in records.Ids where Owners.ContainsKey(id) select new RecordOwner { Resource = records.Resource, Id = id, UserId = $"{Owners[id]}" };

    private AsyncUnaryCall<T> Answer<T>(T answer) =>
        IsAway ? Fail<T>(StatusCode.Unavailable) : new(Task.FromResult(answer), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

    private static AsyncUnaryCall<T> Fail<T>(StatusCode code)
    {
        var status = new Status(code, "");
        return new(Task.FromException<T>(new RpcException(status)), Task.FromResult(new Metadata()), () => status, () => [], () => { });
    }
}
