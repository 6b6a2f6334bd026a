using Platform.Data;
using Platform.Tenancy.Placements;

namespace Platform.Search.Rebuilding;

/// <summary>Rebuilds that are to go on.</summary>
internal sealed class RebuildQueue(WorkPlaces places)
{
    private static readonly DueTable Table = new(RebuildTurn.Table, "tenant_id, rebuild_id", TimeSpan.FromMinutes(5));

    public DueWork<(Guid Tenant, Guid Rebuild)> Work { get; } = new(places, Table, row => (row.GetGuid(0), row.GetGuid(1)));
}

/// <summary>A rebuild was asked for.</summary>
internal sealed class RebuildSignal() : WorkSignal(typeof(RebuildTurn));
