using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Activities;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Leads;

internal static class DeleteLead
{
    public static async Task<Result<Empty>> Handle(V1.DeleteLeadRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id) || await db.Leads.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } lead)
            return LeadErrors.NotFound(request.Id);
        if (lead.IsConverted)
            return LeadErrors.AlreadyConverted(lead);
        if (!lead.Matches(request.Etag))
            return Error.Stale("lead");
        db.Leads.Remove(lead);
        db.Publish(lead.Id, new V1.LeadDeleted { Id = request.Id });
        return await db.InTransactionAsync<Empty>(async () =>
        {
            await Timeline.ForgetLeadAsync(db, id, cancellationToken);
            return await db.TrySaveChangesAsync(cancellationToken, new ForeignKeyViolation(ActivityConfiguration.LeadKey, Error.Stale("lead"))) is { } error ? error : new Empty();
        }, cancellationToken);
    }
}
