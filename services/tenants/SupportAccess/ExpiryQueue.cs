using Platform.Tenancy.Placements;

namespace Platform.Tenants.SupportAccess;

/// <summary>Grants whose time is over. A claim is a lease: what a crash leaves behind is taken again.</summary>
internal sealed class ExpiryQueue(WorkPlaces places, TimeProvider time)
{
    private const string Take = """
        UPDATE support_expiries SET due_time = $1 + interval '1 minute'
        WHERE (tenant_id, grant_id) = (SELECT tenant_id, grant_id FROM support_expiries WHERE due_time <= $1 ORDER BY due_time LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING tenant_id, grant_id
        """;

    /// <summary>Takes the one that has waited longest; null when none is due.</summary>
    public async Task<(Guid Tenant, Guid Grant)?> ClaimAsync(CancellationToken cancellationToken) =>
        await places.RowsAcrossTenantsAsync("support_expiries", Take, [time.GetUtcNow()], cancellationToken)
            .Select(row => ((Guid, Guid)?)(row.GetGuid(0), row.GetGuid(1))).FirstOrDefaultAsync(cancellationToken);
}
