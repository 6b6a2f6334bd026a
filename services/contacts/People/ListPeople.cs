using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
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
            var pattern = Like.Containing(request.Query);
            // Nobody finds out by searching what they may not see.
            var (inName, inEmail) = (db.Caller.CanRead(Person.Resource.Info, "first_name") && db.Caller.CanRead(Person.Resource.Info, "last_name"), db.Caller.CanRead(Person.Resource.Info, "email"));
            rows = rows.Where(row => (inName && EF.Functions.ILike(row.FirstName + " " + row.LastName, pattern)) || (inEmail && EF.Functions.ILike(row.Email, pattern)));
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
