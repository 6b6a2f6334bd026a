using Platform.Contacts.Merging;
using Platform.Errors;

namespace Platform.Contacts.Companies;

/// <summary>The id of one that was merged leads to the one that stayed.</summary>
internal static class GetCompany
{
    public static async Task<Result<V1.Company>> Handle(V1.GetCompanyRequest request, ContactsDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.FindOrSurvivorAsync(db.Companies, id, cancellationToken) is { } company
            ? company.ToMessage()
            : CompanyErrors.NotFound(request.Id);
}
