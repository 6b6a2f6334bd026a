using Platform.Tenancy.Placements;

namespace Platform.Contacts.Leads.Scoring;

/// <summary>Companies whose rules are to be applied to all leads.</summary>
internal sealed class ScoreRunQueue(WorkPlaces places)
{
    private static readonly DueTable Table = new(ScoreRun.Table, "tenant_id", TimeSpan.FromMinutes(10));

    public DueWork<Guid> Work { get; } = new(places, Table, row => row.GetGuid(0));
}
