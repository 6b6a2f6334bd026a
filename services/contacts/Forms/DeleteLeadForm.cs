using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Forms;

internal static class DeleteLeadForm
{
    public static async Task<Result<Empty>> Handle(V1.DeleteLeadFormRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id) || await db.LeadForms.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } form)
            return LeadFormErrors.NotFound(request.Id);
        if (!form.Matches(request.Etag))
            return Error.Stale("form");
        db.LeadForms.Remove(form);
        if (await db.PublicAddresses.SingleOrDefaultAsync(row => row.TargetId == id, cancellationToken) is { } address)
            db.PublicAddresses.Remove(address);
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : new Empty();
    }
}
