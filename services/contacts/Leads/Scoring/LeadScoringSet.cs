using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Contacts.Leads.Scoring;

/// <summary>The rules by which a company scores leads. How far they have been applied is kept beside them, so that this row changes only when somebody changes it.</summary>
internal sealed class LeadScoringSet : LeadRuleSet<V1.LeadScoring>
{
    public const string UniqueTenant = "ix_lead_scorings_tenant_id";

    public static void Map(EntityTypeBuilder<LeadScoringSet> builder) => Map(builder, "lead_scorings", UniqueTenant);

    public static async Task<V1.LeadScoring> OfAsync(ContactsDbContext db, CancellationToken cancellationToken) =>
        await db.LeadScorings.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } set ? set.ToMessage(null) : new V1.LeadScoring();

    public void Set(V1.LeadScoring scoring, DateTimeOffset now) => Keep(new V1.LeadScoring { Rules = { scoring.Rules }, TimeZone = scoring.TimeZone }, now);

    public V1.LeadScoring ToMessage(ScoreRun? run)
    {
        var message = Read();
        message.Etag = Etag;
        if (run is { IsPending: true })
            (message.Pending, message.Done, message.Total) = (true, run.Done, Math.Max(run.Done, run.Total));
        return message;
    }
}
