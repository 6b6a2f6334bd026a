using Platform.Tenancy.Placements;

namespace Platform.Tenants.Lifecycle;

/// <summary>Companies whose time has come. A claim is a lease: what a crash leaves behind is taken again.</summary>
internal sealed class PurgeQueue(WorkPlaces places)
{
    private const string Take = """
        UPDATE tenant_purges SET due_time = now() + interval '10 minutes'
        WHERE tenant_id = (SELECT tenant_id FROM tenant_purges WHERE due_time <= now() ORDER BY due_time LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING tenant_id
        """;

    /// <summary>Takes the company that has waited longest; null when none is due.</summary>
    public async Task<Guid?> ClaimAsync(CancellationToken cancellationToken) =>
        await places.RowsAcrossTenantsAsync("tenant_purges", Take, [], cancellationToken)
            .Select(row => (Guid?)row.GetGuid(0)).FirstOrDefaultAsync(cancellationToken);
}
