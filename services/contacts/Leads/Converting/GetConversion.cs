using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Leads.Converting;

internal static class GetConversion
{
    public static async Task<Result<V1.Conversion>> Handle(V1.GetConversionRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var subject = db.Caller.Subject;
        if (!Guid.TryParse(request.Id, out var id)
            || await db.LeadConversions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Subject == subject && !row.IsAbandoned, cancellationToken) is not { } conversion
            || await db.Leads.AsNoTracking().SingleOrDefaultAsync(row => row.Id == conversion.LeadId, cancellationToken) is not { } lead)
            return ConversionErrors.NotFound(request.Id);
        return new V1.Conversion { Id = request.Id, Lead = lead.ToMessage(), PersonId = conversion.PersonId.ToString(), CompanyId = conversion.CompanyId.ToIdText() };
    }
}
