using Platform.Errors;

namespace Platform.Contacts.Leads.Assignment;

internal static class GetLeadAssignment
{
    public static async Task<Result<V1.LeadAssignment>> Handle(ContactsDbContext db, CancellationToken cancellationToken) => await LeadAssignmentSet.OfAsync(db, cancellationToken);
}
