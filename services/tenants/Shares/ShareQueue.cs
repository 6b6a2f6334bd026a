using Platform.Data;
using Platform.Tenancy.Placements;

namespace Platform.Tenants.Shares;

/// <summary>Shares of which the service is to be asked.</summary>
internal sealed class ShareQueue(WorkPlaces places, TimeProvider time)
{
    // A service that is away is asked again when the lease has ended.
    private static readonly DueTable Table = new("limit_shares", "tenant_id, resource, service", TimeSpan.FromSeconds(20));

    public DueWork<(Guid Tenant, string Resource, string Service)> Work { get; } =
        new(places, Table, row => (row.GetGuid(0), row.GetString(1), row.GetString(2)), time);
}

/// <summary>Wakes the task when a limit was set.</summary>
internal sealed class ShareSignal() : WorkSignal(typeof(LimitShare));
