using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Contacts.ContactPoints;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Contacts.People;

internal static class ListPeople
{
    public sealed class Validator : AbstractValidator<V1.ListPeopleRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Query).Text(200);
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    public static async Task<Result<V1.ListPeopleResponse>> Handle(V1.ListPeopleRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = db.People.AsQueryable();
        if (request.Query.Length > 0)
        {
            var (pattern, number) = (Like.Containing(request.Query), PhoneText.Pattern(request.Query));
            // Nobody finds out by searching what they may not see.
            var (inName, inEmail) = (db.Caller.CanRead(Person.Resource.Info, "first_name") && db.Caller.CanRead(Person.Resource.Info, "last_name"), db.Caller.CanRead(Person.Resource.Info, "email"));
            var (inPhone, inOtherEmails, inOtherPhones) = (db.Caller.CanRead(Person.Resource.Info, "phone"), db.Caller.CanRead(Person.Resource.Info, "other_emails.address"), db.Caller.CanRead(Person.Resource.Info, "other_phones.number"));
            rows = rows.Where(row => (inName && EF.Functions.ILike(row.FirstName + " " + row.LastName, pattern)) || (inEmail && EF.Functions.ILike(row.Email, pattern))
                || (inPhone && (EF.Functions.ILike(row.Phone, pattern) || (number != null && EF.Functions.Like(row.PhoneE164!, number))))
                || (inOtherEmails && EF.Property<List<string>>(row, PointScripts.EmailTexts).Count > 0 && EF.Property<List<string>>(row, PointScripts.EmailTexts).Any(text => EF.Functions.ILike(text, pattern)))
                || (inOtherPhones && EF.Property<List<string>>(row, PointScripts.PhoneTexts).Count > 0
                    && EF.Property<List<string>>(row, PointScripts.PhoneTexts).Any(text => EF.Functions.ILike(text, pattern) || (number != null && EF.Functions.Like(text, number)))));
        }

        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy, Query = request.Query };
        var page = await rows.ToPageAsync(PersonFields.Schema, list, FilterContext.Of(db, time, request.TimeZone), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListPeopleResponse { NextPageToken = page.Value.NextPageToken };
        response.People.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
