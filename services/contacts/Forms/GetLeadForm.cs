using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Contacts.Forms;

internal static class GetLeadForm
{
    public static async Task<Result<V1.LeadForm>> Handle(V1.GetLeadFormRequest request, ContactsDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.LeadForms.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } form
            ? form.ToMessage()
            : LeadFormErrors.NotFound(request.Id);
}
