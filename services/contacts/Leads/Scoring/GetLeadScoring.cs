using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Contacts.Leads.Scoring;

internal static class GetLeadScoring
{
    public static async Task<Result<V1.LeadScoring>> Handle(ContactsDbContext db, CancellationToken cancellationToken) =>
        await db.LeadScorings.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } set
            ? set.ToMessage(await db.ScoreRuns.AsNoTracking().SingleOrDefaultAsync(cancellationToken)) : new V1.LeadScoring();
}
