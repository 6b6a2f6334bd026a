using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Activities;
using Platform.Contacts.Consents;
using Platform.Contacts.Merging;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Leads;

internal static class DeleteLead
{
    public static async Task<Result<Empty>> Handle(V1.DeleteLeadRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id))
            return LeadErrors.NotFound(request.Id);
        if (await db.Leads.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } lead)
            return await db.MissingAsync(MergeKinds.Leads, id, cancellationToken);
        if (lead.IsConverted)
            return LeadErrors.AlreadyConverted(lead);
        if (!lead.Matches(request.Etag))
            return Error.Stale("lead");
        return await db.InTransactionAsync<Empty>(async () =>
        {
            await RemoveAsync(db, [lead], cancellationToken);
            return await db.TrySaveChangesAsync(cancellationToken, LeadErrors.OnDelete()) is { } error ? error : new Empty();
        }, cancellationToken);
    }

    /// <summary>Marks leads as deleted, with what follows from it, and tells of it; in an open transaction.</summary>
    public static async Task RemoveAsync(ContactsDbContext db, IReadOnlyList<Lead> leads, CancellationToken cancellationToken)
    {
        foreach (var lead in leads)
        {
            db.Leads.Remove(lead);
            db.Publish(lead.Id, new V1.LeadDeleted { Id = lead.Id.ToString() });
        }

        Guid[] ids = [.. leads.Select(lead => lead.Id)];
        await Timeline.ForgetLeadsAsync(db, ids, cancellationToken);
        await db.ForgetConsentsAsync(ids, cancellationToken);
        // What led to a merged one led here.
        foreach (var part in await MergeLog.RemoveOfAsync(db, ids, cancellationToken))
            db.Publish(part, new V1.LeadDeleted { Id = part.ToString() });
    }
}
