using Platform.Tenancy.Placements;

namespace Platform.Tenants.Lifecycle;

/// <summary>Companies whose time has come.</summary>
internal sealed class PurgeQueue(WorkPlaces places)
{
    private static readonly DueTable Table = new("tenant_purges", "tenant_id", TimeSpan.FromMinutes(10));

    public DueWork<Guid> Work { get; } = new(places, Table, row => row.GetGuid(0));
}
