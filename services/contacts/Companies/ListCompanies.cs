using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Contacts.ContactPoints;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Contacts.Companies;

internal static class ListCompanies
{
    public sealed class Validator : AbstractValidator<V1.ListCompaniesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Query).Text(200);
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    public static async Task<Result<V1.ListCompaniesResponse>> Handle(V1.ListCompaniesRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = db.Companies.AsQueryable();
        if (request.Query.Length > 0)
        {
            // Reads the tenant's rows: a trigram index would not be used, for ILIKE is not leakproof and waits for the tenant's policy.
            var (pattern, number) = (Like.Containing(request.Query), PhoneText.Pattern(request.Query));
            // Nobody finds out by searching what they may not see.
            var (inName, inEmail) = (db.Caller.CanRead(Company.Resource.Info, "name"), db.Caller.CanRead(Company.Resource.Info, "email"));
            var (inPhone, inOtherEmails, inOtherPhones) = (db.Caller.CanRead(Company.Resource.Info, "phone"), db.Caller.CanRead(Company.Resource.Info, "other_emails.address"), db.Caller.CanRead(Company.Resource.Info, "other_phones.number"));
            rows = rows.Where(row => (inName && EF.Functions.ILike(row.Name, pattern)) || (inEmail && EF.Functions.ILike(row.Email, pattern))
                || (inPhone && (EF.Functions.ILike(row.Phone, pattern) || (number != null && EF.Functions.Like(row.PhoneE164!, number))))
                || (inOtherEmails && EF.Property<List<string>>(row, PointScripts.EmailTexts).Count > 0 && EF.Property<List<string>>(row, PointScripts.EmailTexts).Any(text => EF.Functions.ILike(text, pattern)))
                || (inOtherPhones && EF.Property<List<string>>(row, PointScripts.PhoneTexts).Count > 0
                    && EF.Property<List<string>>(row, PointScripts.PhoneTexts).Any(text => EF.Functions.ILike(text, pattern) || (number != null && EF.Functions.Like(text, number)))));
        }

        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy, Query = request.Query };
        var page = await rows.ToPageAsync(CompanyFields.Schema, list, FilterContext.Of(db, time, request.TimeZone), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListCompaniesResponse { NextPageToken = page.Value.NextPageToken };
        response.Companies.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
