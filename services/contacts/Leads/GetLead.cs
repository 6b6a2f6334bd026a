using Platform.Contacts.Leads.Converting;
using Platform.Contacts.Leads.Scoring;
using Platform.Contacts.Merging;
using Platform.Errors;

namespace Platform.Contacts.Leads;

internal static class GetLead
{
    public static async Task<Result<V1.Lead>> Handle(V1.GetLeadRequest request, ContactsDbContext db, ConvertedDeals deals, CancellationToken cancellationToken)
    {
        var scores = await KnownScores.OfAsync(db, cancellationToken);
        if (!Guid.TryParse(request.Id, out var id) || await db.FindOrSurvivorAsync(db.Leads, id, cancellationToken) is not { } lead)
            return LeadErrors.NotFound(request.Id);
        var told = scores.Tell(lead);
        await deals.HideAsync([told], cancellationToken);
        return told;
    }
}
