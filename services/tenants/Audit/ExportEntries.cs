using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Audit.V1;
using Platform.Auditing;
using Platform.Errors;

namespace Platform.Tenants.Audit;

/// <summary>Streams what a list would show, without its pages. That it was taken out is itself an entry.</summary>
internal static class ExportEntries
{
    private const int Chunk = 500;

    public static async Task Handle(ExportEntriesRequest request, ExportFile file, ServiceLogs logs, TenantsDbContext db, CancellationToken cancellationToken)
    {
        if (AuditFilters.Check(request.Filter) is { } wrong)
            throw wrong.ToRpcException();
        var filter = FilterOf(request);
        db.Audit("export", "tenants.audit", db.Caller.RequiredTenantId.ToString(), after: Struct.Parser.ParseJson(JsonFormatter.Default.Format(filter)));
        await db.SaveChangesAsync(cancellationToken);
        await file.BeginAsync(cancellationToken);
        await foreach (var entry in logs.ReadAsync(filter, "", Chunk, cancellationToken))
            await file.AppendAsync(entry, cancellationToken);
        await file.FlushAsync(cancellationToken);
    }

    private static EntryFilter FilterOf(ExportEntriesRequest request) => new()
    {
        Resource = request.Resource,
        ResourceId = request.Id,
        Actor = request.Actor,
        Action = request.Action,
        StartTime = request.StartTime,
        EndTime = request.EndTime,
        Filter = request.Filter,
    };
}
