using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Audit.V1;

namespace Tenants.Tests.Audit;

/// <summary>The log of another service, in memory: answers as such a service does.</summary>
internal sealed class LogStandIn : AuditLogService.AuditLogServiceClient
{
    public List<Entry> Entries { get; } = [];

    public bool IsDown { get; set; }

    public ChainReport Report { get; set; } = new();

    public Entry Add(string service, string resource, string resourceId, DateTimeOffset time, string actor = "somebody", string action = "update")
    {
        var entry = new Entry
        {
            Id = Guid.CreateVersion7(time).ToString(),
            Service = service,
            Resource = resource,
            ResourceId = resourceId,
            Time = time.ToTimestamp(),
            Actor = actor,
            Action = action,
            After = new Struct { Fields = { ["note"] = Value.ForString("=1+1, \"quoted\"") } },
        };
        Entries.Add(entry);
        return entry;
    }

    public override AsyncUnaryCall<ReadLogResponse> ReadLogAsync(ReadLogRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default)
    {
        var found = Entries.Where(entry => Fits(entry, request.Filter) && (request.BeforeId.Length == 0 || string.CompareOrdinal(entry.Id, request.BeforeId) < 0))
            .OrderByDescending(entry => entry.Id, StringComparer.Ordinal).Take(request.Limit).ToList();
        return Answer(new ReadLogResponse { Entries = { found }, HasMore = found.Count == request.Limit });
    }

    public override AsyncUnaryCall<ChainReport> VerifyLogAsync(VerifyLogRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => Answer(Report.Clone());

    public override AsyncUnaryCall<CompareHeadsResponse> CompareHeadsAsync(CompareHeadsRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) => Answer(new CompareHeadsResponse());

    private static bool Fits(Entry entry, EntryFilter filter) =>
        (filter.Resource.Length == 0 || entry.Resource == filter.Resource) && (filter.ResourceId.Length == 0 || entry.ResourceId == filter.ResourceId)
        && (filter.Actor.Length == 0 || entry.Actor == filter.Actor) && (filter.Action.Length == 0 || entry.Action == filter.Action)
        && (filter.StartTime is null || entry.Time >= filter.StartTime) && (filter.EndTime is null || entry.Time < filter.EndTime);

    private AsyncUnaryCall<T> Answer<T>(T answer)
    {
        var task = IsDown ? Task.FromException<T>(new RpcException(new Status(StatusCode.Unavailable, "down"))) : Task.FromResult(answer);
        return new AsyncUnaryCall<T>(task, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }
}
