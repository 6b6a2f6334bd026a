using FluentValidation;
using Platform.Contacts.Companies;
using Platform.Contacts.Merging;
using Platform.Contacts.People;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Contacts.Relations;

internal static class ListRelations
{
    public sealed class Validator : AbstractValidator<V1.ListRelationsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.PersonId).OptionalId();
            RuleFor(request => request.CompanyId).OptionalId();
            RuleFor(request => request.Kind).IsInEnum().WithMessage("There is no such kind of relation.");
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    public static async Task<Result<V1.ListRelationsResponse>> Handle(V1.ListRelationsRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = db.Relations.VisibleTo(db);
        // What was merged is asked for by its old id too.
        if (request.PersonId.ToIdOrNull() is { } named)
        {
            var person = await db.SurvivorOfAsync(Person.Resource, named, cancellationToken) ?? named;
            rows = rows.Where(row => row.FromPersonId == person || row.ToPersonId == person);
        }

        if (request.CompanyId.ToIdOrNull() is { } known)
        {
            var company = await db.SurvivorOfAsync(Company.Resource, known, cancellationToken) ?? known;
            rows = rows.Where(row => row.FromCompanyId == company || row.ToCompanyId == company);
        }

        if (request.Kind != V1.RelationKind.Unspecified)
            rows = rows.Where(row => row.Kind == request.Kind);
        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy, Query = $"{request.PersonId} {request.CompanyId} {request.Kind}" };
        var page = await rows.ToPageAsync(RelationFields.Schema, list, FilterContext.Of(db, time, request.TimeZone), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListRelationsResponse { NextPageToken = page.Value.NextPageToken };
        response.Relations.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
