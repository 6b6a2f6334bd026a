using Platform.Tenancy.Placements;

namespace Platform.Metadata.Fields;

/// <summary>Deleted fields whose time has come. A claim is a lease: what a crash leaves behind is taken again.</summary>
internal sealed class FieldPurgeQueue(WorkPlaces places)
{
    private const string Take = """
        UPDATE field_purges SET due_time = now() + interval '10 minutes'
        WHERE (tenant_id, field_id) = (SELECT tenant_id, field_id FROM field_purges WHERE due_time <= now() ORDER BY due_time LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING tenant_id, field_id
        """;

    /// <summary>Takes the field that has waited longest; null when none is due.</summary>
    public async Task<(Guid Tenant, Guid Field)?> ClaimAsync(CancellationToken cancellationToken) =>
        await places.RowsAcrossTenantsAsync("field_purges", Take, [], cancellationToken)
            .Select(row => ((Guid, Guid)?)(row.GetGuid(0), row.GetGuid(1))).FirstOrDefaultAsync(cancellationToken);
}
