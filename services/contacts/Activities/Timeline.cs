using Microsoft.EntityFrameworkCore;

namespace Platform.Contacts.Activities;

/// <summary>
/// What happens to activities when the records go that they are about; saved with the change of that record, whoever may see or change
/// the activities. They are locked until then, and one that comes in between makes the change of the record fail.
/// </summary>
internal static class Timeline
{
    /// <summary>From the lead to what it became; an activity that names a person or a company of its own keeps them.</summary>
    public static Task MoveFromLeadAsync(ContactsDbContext db, Guid leadId, Guid personId, Guid? companyId, CancellationToken cancellationToken) => ChangeAsync(
        db,
        db.Activities.FromSqlByRule($"SELECT *, xmin FROM activities WHERE lead_id = {leadId} ORDER BY id FOR UPDATE"),
        targets => targets with { LeadId = null, PersonId = targets.PersonId ?? personId, CompanyId = targets.CompanyId ?? companyId },
        cancellationToken);

    public static Task ForgetLeadAsync(ContactsDbContext db, Guid id, CancellationToken cancellationToken) => ForgetLeadsAsync(db, [id], cancellationToken);

    public static Task ForgetLeadsAsync(ContactsDbContext db, Guid[] ids, CancellationToken cancellationToken) => ChangeAsync(
        db, OfLeads(db, ids), targets => targets with { LeadId = null }, cancellationToken);

    public static Task ForgetPersonAsync(ContactsDbContext db, Guid id, CancellationToken cancellationToken) => ForgetPeopleAsync(db, [id], cancellationToken);

    public static Task ForgetPeopleAsync(ContactsDbContext db, Guid[] ids, CancellationToken cancellationToken) => ChangeAsync(
        db, OfPeople(db, ids), targets => targets with { PersonId = null }, cancellationToken);

    public static Task ForgetCompanyAsync(ContactsDbContext db, Guid id, CancellationToken cancellationToken) => ForgetCompaniesAsync(db, [id], cancellationToken);

    public static Task ForgetCompaniesAsync(ContactsDbContext db, Guid[] ids, CancellationToken cancellationToken) => ChangeAsync(
        db, OfCompanies(db, ids), targets => targets with { CompanyId = null }, cancellationToken);

    public static Task ForgetDealAsync(ContactsDbContext db, Guid id, CancellationToken cancellationToken) => ChangeAsync(
        db, db.Activities.FromSqlByRule($"SELECT *, xmin FROM activities WHERE deal_id = {id} ORDER BY id FOR UPDATE"), targets => targets with { DealId = null }, cancellationToken);

    /// <summary>The entries about people, held, whoever may see them.</summary>
    public static IQueryable<Activity> OfPeople(ContactsDbContext db, Guid[] ids) => db.Activities.FromSqlByRule($"SELECT *, xmin FROM activities WHERE person_id = ANY({ids}) ORDER BY id FOR UPDATE");

    /// <summary>The same about companies.</summary>
    public static IQueryable<Activity> OfCompanies(ContactsDbContext db, Guid[] ids) => db.Activities.FromSqlByRule($"SELECT *, xmin FROM activities WHERE company_id = ANY({ids}) ORDER BY id FOR UPDATE");

    /// <summary>The same about leads.</summary>
    public static IQueryable<Activity> OfLeads(ContactsDbContext db, Guid[] ids) => db.Activities.FromSqlByRule($"SELECT *, xmin FROM activities WHERE lead_id = ANY({ids}) ORDER BY id FOR UPDATE");

    /// <summary>Entries by their ids, held, whoever may see them.</summary>
    public static IQueryable<Activity> Entries(ContactsDbContext db, Guid[] ids) => db.Activities.FromSqlByRule($"SELECT *, xmin FROM activities WHERE id = ANY({ids}) ORDER BY id FOR UPDATE");

    // What is about nothing any more goes.
    private static async Task ChangeAsync(ContactsDbContext db, IQueryable<Activity> rows, Func<ActivityTargets, ActivityTargets> change, CancellationToken cancellationToken)
    {
        var all = db.Activities;
        foreach (var activity in await rows.ToListAsync(cancellationToken))
        {
            all.Follow(activity);
            var targets = change(ActivityTargets.Of(activity));
            if (!targets.IsNone)
            {
                activity.SetTargets(targets);
                continue;
            }

            all.Remove(activity);
            db.Publish(activity.Id, new V1.ActivityDeleted { Id = activity.Id.ToString() });
        }
    }
}
