using Platform.Tenancy.Placements;

namespace Platform.Records.Imports.Undoing;

/// <summary>Work whose time has come.</summary>
internal sealed class ImportChoreQueue(WorkPlaces places)
{
    private static readonly DueTable Table = new(ImportChore.Table, "tenant_id, import_id", TimeSpan.FromMinutes(10));

    public DueWork<(Guid Tenant, Guid Import)> Work { get; } = new(places, Table, row => (row.GetGuid(0), row.GetGuid(1)));
}
