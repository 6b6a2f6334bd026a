using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Contacts.Companies;

internal static class GetCompany
{
    public static async Task<Result<V1.Company>> Handle(V1.GetCompanyRequest request, ContactsDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.Companies.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } company
            ? company.ToMessage()
            : CompanyErrors.NotFound(request.Id);
}
