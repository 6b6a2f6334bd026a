using Platform.Tenancy.Placements;

namespace Platform.Contacts.Duplicates;

/// <summary>Tenants whose records are to be compared. A claim is a lease: what a crash leaves behind is taken again.</summary>
internal sealed class DuplicateCheckQueue(WorkPlaces places)
{
    private const string Take = """
        UPDATE duplicate_checks SET due_time = now() + interval '10 minutes'
        WHERE (tenant_id, id) = (SELECT tenant_id, id FROM duplicate_checks WHERE due_time <= now() ORDER BY due_time LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING tenant_id, id
        """;

    /// <summary>Takes what has waited longest; null when nothing is due.</summary>
    public async Task<(Guid Tenant, Guid Check)?> ClaimAsync(CancellationToken cancellationToken) =>
        await places.RowsAcrossTenantsAsync(DuplicateCheck.Table, Take, [], cancellationToken)
            .Select(row => ((Guid, Guid)?)(row.GetGuid(0), row.GetGuid(1))).FirstOrDefaultAsync(cancellationToken);
}
