using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Publishing;

namespace Platform.Contacts.Forms;

internal static class DeleteLeadForm
{
    public static async Task<Result<Empty>> Handle(V1.DeleteLeadFormRequest request, ContactsDbContext db, PublicAddresses addresses, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id) || await db.LeadForms.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } form)
            return LeadFormErrors.NotFound(request.Id);
        if (!form.Matches(request.Etag))
            return Error.Stale("form");
        db.LeadForms.Remove(form);
        if (await db.PublicAddresses.SingleOrDefaultAsync(row => row.TargetId == id, cancellationToken) is { } address)
            db.PublicAddresses.Remove(address);
        if (await db.TrySaveChangesAsync(cancellationToken) is { } error)
            return error;
        await addresses.ForgetAsync(form.TenantId, form.Address, cancellationToken);
        return new Empty();
    }
}
