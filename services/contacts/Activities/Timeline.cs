using Microsoft.EntityFrameworkCore;

namespace Platform.Contacts.Activities;

/// <summary>What happens to activities when their targets go; always in the transaction of that change.</summary>
internal static class Timeline
{
    /// <summary>From the lead to what it became; an activity that names a person or a company of its own keeps them.</summary>
    public static Task MoveFromLeadAsync(ContactsDbContext db, Guid leadId, Guid personId, Guid? companyId, CancellationToken cancellationToken) => db.Activities
        .Where(row => row.LeadId == leadId)
        .ExecuteUpdateAsync(set => set
            .SetProperty(row => row.LeadId, (Guid?)null)
            .SetProperty(row => row.PersonId, row => row.PersonId ?? personId)
            .SetProperty(row => row.CompanyId, row => row.CompanyId ?? companyId), cancellationToken);

    public static async Task ForgetLeadAsync(ContactsDbContext db, Guid id, CancellationToken cancellationToken)
    {
        await db.Activities.Where(row => row.LeadId == id && row.PersonId == null && row.CompanyId == null).ExecuteDeleteAsync(cancellationToken);
        await db.Activities.Where(row => row.LeadId == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeadId, (Guid?)null), cancellationToken);
    }

    public static async Task ForgetPersonAsync(ContactsDbContext db, Guid id, CancellationToken cancellationToken)
    {
        await db.Activities.Where(row => row.PersonId == id && row.LeadId == null && row.CompanyId == null).ExecuteDeleteAsync(cancellationToken);
        await db.Activities.Where(row => row.PersonId == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.PersonId, (Guid?)null), cancellationToken);
    }

    public static async Task ForgetCompanyAsync(ContactsDbContext db, Guid id, CancellationToken cancellationToken)
    {
        await db.Activities.Where(row => row.CompanyId == id && row.LeadId == null && row.PersonId == null).ExecuteDeleteAsync(cancellationToken);
        await db.Activities.Where(row => row.CompanyId == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.CompanyId, (Guid?)null), cancellationToken);
    }
}
