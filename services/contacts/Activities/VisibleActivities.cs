using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.Tenancy;

namespace Platform.Contacts.Activities;

/// <summary>Which activities a caller learns of: beside policies on activities, those on the records that they are about.</summary>
internal static class VisibleActivities
{
    private const string Deals = "deals.deal";
    private const string DealsRead = "deals.read";

    /// <summary>
    /// Those that are the caller's own work or shared with the caller, and those about a record that the caller sees. Deals are another service's: for who may not
    /// read them, or only those that policies leave, lists leave out what is about nothing else: the timeline of the deal has it, and who asks for it by its id.
    /// </summary>
    public static IQueryable<Activity> VisibleTo(this IQueryable<Activity> rows, ContactsDbContext db)
    {
        var access = db.Caller.Access;
        var (leads, people, companies) = (access?.HasPoliciesOn(Lead.Resource.Info.Name) is true, access?.HasPoliciesOn(Person.Resource.Info.Name) is true, access?.HasPoliciesOn(Company.Resource.Info.Name) is true);
        var deals = access?.HasPoliciesOn(Deals) is true || (db.Caller.Kind != CallerKind.System && !db.Caller.Permissions.Contains(DealsRead));
        if (!leads && !people && !companies && !deals)
            return rows;
        var shares = access?.Shares.ToList() ?? [];
        var user = db.Caller.Kind == CallerKind.Person && Guid.TryParse(db.Caller.Subject, out var subject) ? subject : (Guid?)null;
        return rows.Where(row => (user != null && (row.OwnerId == user || row.AssigneeId == user))
            || row.Readers.Any(key => shares.Contains(key)) || row.Writers.Any(key => shares.Contains(key))
            || (row.LeadId != null && (!leads || db.Leads.Any(lead => lead.Id == row.LeadId)))
            || (row.PersonId != null && (!people || db.People.Any(person => person.Id == row.PersonId)))
            || (row.CompanyId != null && (!companies || db.Companies.Any(company => company.Id == row.CompanyId)))
            || (row.DealId != null && !deals));
    }

    /// <summary>The activity, where there is one that the caller sees: also on the timeline of a deal that policies leave; tracked.</summary>
    public static async Task<Activity?> FindVisibleAsync(this IQueryable<Activity> rows, ContactsDbContext db, KnownDeals deals, CancellationToken cancellationToken)
    {
        if (await rows.VisibleTo(db).SingleOrDefaultAsync(cancellationToken) is { } visible)
            return visible;
        return db.Caller.Permissions.Contains(DealsRead) && await rows.SingleOrDefaultAsync(cancellationToken) is { DealId: { } deal } activity && await deals.HasAsync(deal, cancellationToken) ? activity : null;
    }

    /// <summary>The same by its id.</summary>
    public static async Task<Activity?> LoadAsync(this ContactsDbContext db, string id, KnownDeals deals, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var key) ? await db.Activities.Where(row => row.Id == key).FindVisibleAsync(db, deals, cancellationToken) : null;
}
