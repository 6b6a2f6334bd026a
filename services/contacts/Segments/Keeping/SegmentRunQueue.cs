using Platform.Tenancy.Placements;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>Segments whose expression is to be applied to all records.</summary>
internal sealed class SegmentRunQueue(WorkPlaces places)
{
    private static readonly DueTable Table = new(SegmentRun.Table, "tenant_id, segment_id", TimeSpan.FromMinutes(10));

    public DueWork<(Guid Tenant, Guid Segment)> Work { get; } = new(places, Table, row => (row.GetGuid(0), row.GetGuid(1)));
}
