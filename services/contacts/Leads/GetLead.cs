using Platform.Contacts.Merging;
using Platform.Errors;

namespace Platform.Contacts.Leads;

internal static class GetLead
{
    public static async Task<Result<V1.Lead>> Handle(V1.GetLeadRequest request, ContactsDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.FindOrSurvivorAsync(db.Leads, id, cancellationToken) is { } lead
            ? lead.ToMessage()
            : LeadErrors.NotFound(request.Id);
}
