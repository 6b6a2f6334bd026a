using Platform.Tenancy.Placements;

namespace Platform.Metadata.Fields;

/// <summary>Deleted fields whose time has come.</summary>
internal sealed class FieldPurgeQueue(WorkPlaces places)
{
    private static readonly DueTable Table = new("field_purges", "tenant_id, field_id", TimeSpan.FromMinutes(10));

    public DueWork<(Guid Tenant, Guid Field)> Work { get; } = new(places, Table, row => (row.GetGuid(0), row.GetGuid(1)));
}
