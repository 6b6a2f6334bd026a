using Platform.Tenancy.Placements;

namespace Platform.Records.Purging;

/// <summary>Deleted records whose time has come.</summary>
internal sealed class RecordPurgeQueue(WorkPlaces places)
{
    private static readonly DueTable Table = new(RecordPurge.Table, "tenant_id, object_key, record_id", TimeSpan.FromMinutes(10));

    public DueWork<(Guid Tenant, string ObjectKey, Guid Record)> Work { get; } = new(places, Table, row => (row.GetGuid(0), row.GetString(1), row.GetGuid(2)));
}
