using Platform.Tenancy.Placements;

namespace Platform.Contacts.Chores;

/// <summary>Work whose time has come.</summary>
internal sealed class ChoreQueue(WorkPlaces places)
{
    private static readonly DueTable Table = new(Chore.Table, "tenant_id, kind, subject_id", TimeSpan.FromMinutes(10));

    public DueWork<(Guid Tenant, ChoreKind Kind, Guid Subject)> Work { get; } =
        new(places, Table, row => (row.GetGuid(0), Enum.Parse<ChoreKind>(row.GetString(1)), row.GetGuid(2)));
}
