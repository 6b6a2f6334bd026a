using FluentValidation;
using Platform.Contacts.Companies;
using Platform.Contacts.Merging;
using Platform.Contacts.People;
using Platform.Data;
using Platform.Errors;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Contacts.Activities;

internal static class ListActivities
{
    public sealed class Validator : AbstractValidator<V1.ListActivitiesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.LeadId).OptionalId();
            RuleFor(request => request.PersonId).OptionalId();
            RuleFor(request => request.CompanyId).OptionalId();
            RuleFor(request => request.LeadId)
                .Must((request, _) => new[] { request.LeadId, request.PersonId, request.CompanyId }.Count(id => id.Length > 0) == 1)
                .WithMessage("Name exactly one of leadId, personId and companyId.");
        }
    }

    public static async Task<Result<V1.ListActivitiesResponse>> Handle(V1.ListActivitiesRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var page = await PageAsync(request, db, cancellationToken);
        if (page.Value is not { Items.Count: > 0 } && await LeadToSurvivorAsync(request, db, cancellationToken) is { } other)
            page = await PageAsync(other, db, cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListActivitiesResponse { NextPageToken = page.Value.NextPageToken };
        response.Activities.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }

    private static Task<Result<Page<Activity>>> PageAsync(V1.ListActivitiesRequest request, ContactsDbContext db, CancellationToken cancellationToken) =>
        Filter(db, request).ToPageAsync(request.PageSize, request.PageToken, $"{request.LeadId}|{request.PersonId}|{request.CompanyId}", cancellationToken);

    // Where nothing is found, the record may be part of another one; a token is of the timeline that was found then.
    private static async Task<V1.ListActivitiesRequest?> LeadToSurvivorAsync(V1.ListActivitiesRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        if (request.PersonId.ToIdOrNull() is { } person && await db.SurvivorOfAsync(Person.Resource, person, cancellationToken) is { } stayed)
            return new V1.ListActivitiesRequest(request) { PersonId = stayed.ToString() };
        return request.CompanyId.ToIdOrNull() is { } company && await db.SurvivorOfAsync(Company.Resource, company, cancellationToken) is { } other
            ? new V1.ListActivitiesRequest(request) { CompanyId = other.ToString() } : null;
    }

    // The timeline of a record that the caller may not see is as empty as that of one that does not exist.
    private static IQueryable<Activity> Filter(ContactsDbContext db, V1.ListActivitiesRequest request)
    {
        if (request.LeadId.ToIdOrNull() is { } lead)
            return db.Activities.Where(row => row.LeadId == lead && db.Leads.Any(target => target.Id == lead));
        if (request.PersonId.ToIdOrNull() is { } person)
            return db.Activities.Where(row => row.PersonId == person && db.People.Any(target => target.Id == person));
        var company = Guid.Parse(request.CompanyId);
        return db.Activities.Where(row => row.CompanyId == company && db.Companies.Any(target => target.Id == company));
    }
}
