using Platform.Contacts.Leads.Scoring;
using Platform.Contacts.Merging;
using Platform.Errors;

namespace Platform.Contacts.Leads;

internal static class GetLead
{
    public static async Task<Result<V1.Lead>> Handle(V1.GetLeadRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var scores = await KnownScores.OfAsync(db, cancellationToken);
        return Guid.TryParse(request.Id, out var id) && await db.FindOrSurvivorAsync(db.Leads, id, cancellationToken) is { } lead
            ? scores.Tell(lead)
            : LeadErrors.NotFound(request.Id);
    }
}
