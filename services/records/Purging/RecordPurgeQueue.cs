using Platform.Tenancy.Placements;

namespace Platform.Records.Purging;

/// <summary>Deleted records whose time has come. A claim is a lease: what a crash leaves behind is taken again.</summary>
internal sealed class RecordPurgeQueue(WorkPlaces places)
{
    private const string Take = """
        UPDATE record_purges SET due_time = now() + interval '10 minutes'
        WHERE (tenant_id, object_key, record_id) = (SELECT tenant_id, object_key, record_id FROM record_purges WHERE due_time <= now() ORDER BY due_time LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING tenant_id, object_key, record_id
        """;

    /// <summary>Takes what has waited longest; null when nothing is due.</summary>
    public async Task<(Guid Tenant, string ObjectKey, Guid Record)?> ClaimAsync(CancellationToken cancellationToken) =>
        await places.RowsAcrossTenantsAsync(RecordPurge.Table, Take, [], cancellationToken)
            .Select(row => ((Guid, string, Guid)?)(row.GetGuid(0), row.GetString(1), row.GetGuid(2))).FirstOrDefaultAsync(cancellationToken);
}
