using Platform.Tenancy.Placements;

namespace Platform.Contacts.Duplicates;

/// <summary>Records that were written and are to be compared.</summary>
internal sealed class DuplicateCheckQueue(WorkPlaces places)
{
    private static readonly DueTable Table = new(DuplicateCheck.Table, "tenant_id, id", TimeSpan.FromMinutes(10));

    public DueWork<(Guid Tenant, Guid Check)> Work { get; } = new(places, Table, row => (row.GetGuid(0), row.GetGuid(1)));
}
