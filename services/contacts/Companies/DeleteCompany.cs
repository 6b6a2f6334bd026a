using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Activities;
using Platform.Contacts.Merging;
using Platform.Contacts.Relations;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Companies;

internal static class DeleteCompany
{
    public static async Task<Result<Empty>> Handle(V1.DeleteCompanyRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id))
            return CompanyErrors.NotFound(request.Id);
        if (await db.Companies.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } company)
            return await db.MissingAsync(MergeKinds.Companies, id, cancellationToken);
        if (!company.Matches(request.Etag))
            return Error.Stale("company");
        return await db.InTransactionAsync<Empty>(async () =>
        {
            await RemoveAsync(db, [company], cancellationToken);
            return await db.TrySaveChangesAsync(cancellationToken, CompanyErrors.OnDelete()) is { } error ? error : new Empty();
        }, cancellationToken);
    }

    /// <summary>Marks companies as deleted, with what follows from it, and tells of it; in an open transaction.</summary>
    public static async Task RemoveAsync(ContactsDbContext db, IReadOnlyList<Company> companies, CancellationToken cancellationToken)
    {
        foreach (var company in companies)
        {
            db.Companies.Remove(company);
            db.Publish(company.Id, new V1.CompanyDeleted { Id = company.Id.ToString() });
        }

        Guid[] ids = [.. companies.Select(company => company.Id)];
        await Timeline.ForgetCompaniesAsync(db, ids, cancellationToken);
        await db.ForgetRelationsOfCompaniesAsync(ids, cancellationToken);
        // What led to a merged one led here.
        foreach (var part in await MergeLog.RemoveOfAsync(db, ids, cancellationToken))
            db.Publish(part, new V1.CompanyDeleted { Id = part.ToString() });
    }
}
