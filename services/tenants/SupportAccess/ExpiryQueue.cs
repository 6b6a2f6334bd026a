using Platform.Tenancy.Placements;

namespace Platform.Tenants.SupportAccess;

/// <summary>Grants whose time is over.</summary>
internal sealed class ExpiryQueue(WorkPlaces places, TimeProvider time)
{
    private static readonly DueTable Table = new("support_expiries", "tenant_id, grant_id", TimeSpan.FromMinutes(1));

    public DueWork<(Guid Tenant, Guid Grant)> Work { get; } = new(places, Table, row => (row.GetGuid(0), row.GetGuid(1)), time);
}
