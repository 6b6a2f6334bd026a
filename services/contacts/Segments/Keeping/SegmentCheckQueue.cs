using Platform.Tenancy.Placements;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>Records that were written and that segments are concerned with.</summary>
internal sealed class SegmentCheckQueue(WorkPlaces places)
{
    private static readonly DueTable Table = new(SegmentCheck.Table, "tenant_id, id", TimeSpan.FromMinutes(10));

    public DueWork<(Guid Tenant, Guid Check)> Work { get; } = new(places, Table, row => (row.GetGuid(0), row.GetGuid(1)));
}
