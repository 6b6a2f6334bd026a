using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Platform.Auditing;

namespace Platform.Contacts.Activities;

/// <summary>
/// What happens to activities when their targets go; always in the transaction of that change. Statements touch the rows that
/// were read and told of, and no others: one that comes in between makes the change of its target fail.
/// </summary>
internal static class Timeline
{
    /// <summary>From the lead to what it became; an activity that names a person or a company of its own keeps them.</summary>
    public static Task MoveFromLeadAsync(ContactsDbContext db, Guid leadId, Guid personId, Guid? companyId, CancellationToken cancellationToken) => ChangeAsync(
        db,
        db.Activities.Where(row => row.LeadId == leadId),
        targets => new Targets(null, targets.PersonId ?? personId, targets.CompanyId ?? companyId),
        set => set
            .SetProperty(row => row.LeadId, (Guid?)null)
            .SetProperty(row => row.PersonId, row => row.PersonId ?? personId)
            .SetProperty(row => row.CompanyId, row => row.CompanyId ?? companyId),
        cancellationToken);

    public static async Task ForgetLeadAsync(ContactsDbContext db, Guid id, CancellationToken cancellationToken)
    {
        await DeleteAsync(db, db.Activities.Where(row => row.LeadId == id && row.PersonId == null && row.CompanyId == null), cancellationToken);
        await ChangeAsync(
            db,
            db.Activities.Where(row => row.LeadId == id),
            targets => targets with { LeadId = null },
            set => set.SetProperty(row => row.LeadId, (Guid?)null),
            cancellationToken);
    }

    public static async Task ForgetPersonAsync(ContactsDbContext db, Guid id, CancellationToken cancellationToken)
    {
        await DeleteAsync(db, db.Activities.Where(row => row.PersonId == id && row.LeadId == null && row.CompanyId == null), cancellationToken);
        await ChangeAsync(
            db,
            db.Activities.Where(row => row.PersonId == id),
            targets => targets with { PersonId = null },
            set => set.SetProperty(row => row.PersonId, (Guid?)null),
            cancellationToken);
    }

    public static async Task ForgetCompanyAsync(ContactsDbContext db, Guid id, CancellationToken cancellationToken)
    {
        await DeleteAsync(db, db.Activities.Where(row => row.CompanyId == id && row.LeadId == null && row.PersonId == null), cancellationToken);
        await ChangeAsync(
            db,
            db.Activities.Where(row => row.CompanyId == id),
            targets => targets with { CompanyId = null },
            set => set.SetProperty(row => row.CompanyId, (Guid?)null),
            cancellationToken);
    }

    private static async Task DeleteAsync(ContactsDbContext db, IQueryable<Activity> rows, CancellationToken cancellationToken)
    {
        var gone = await rows.AsNoTracking().ToListAsync(cancellationToken);
        await db.AuditDeletedAsync(gone, cancellationToken);
        var ids = gone.ConvertAll(row => row.Id);
        if (ids.Count > 0)
            await db.Activities.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task ChangeAsync(
        ContactsDbContext db,
        IQueryable<Activity> rows,
        Func<Targets, Targets> change,
        Action<UpdateSettersBuilder<Activity>> set,
        CancellationToken cancellationToken)
    {
        var changed = await rows.AsNoTracking().ToListAsync(cancellationToken);
        await db.AuditChangedAsync(changed, row => Targets.Of(row).ChangesTo(change(Targets.Of(row))), cancellationToken);
        var ids = changed.ConvertAll(row => row.Id);
        if (ids.Count > 0)
            await db.Activities.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(set, cancellationToken);
    }

    private sealed record Targets(Guid? LeadId, Guid? PersonId, Guid? CompanyId)
    {
        public static Targets Of(Activity row) => new(row.LeadId, row.PersonId, row.CompanyId);

        public IEnumerable<FieldChange> ChangesTo(Targets now)
        {
            if (LeadId != now.LeadId)
                yield return new FieldChange("leadId", LeadId, now.LeadId);
            if (PersonId != now.PersonId)
                yield return new FieldChange("personId", PersonId, now.PersonId);
            if (CompanyId != now.CompanyId)
                yield return new FieldChange("companyId", CompanyId, now.CompanyId);
        }
    }
}
