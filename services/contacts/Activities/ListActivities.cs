using FluentValidation;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.Merging;
using Platform.Contacts.People;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Contacts.Activities;

internal static class ListActivities
{
    private const string LatestFirst = "occur_time desc";

    public sealed class Validator : AbstractValidator<V1.ListActivitiesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.LeadId).OptionalId();
            RuleFor(request => request.PersonId).OptionalId();
            RuleFor(request => request.CompanyId).OptionalId();
            RuleFor(request => request.DealId).OptionalId();
            RuleFor(request => request.LeadId)
                .Must((request, _) => new[] { request.LeadId, request.PersonId, request.CompanyId, request.DealId }.Count(id => id.Length > 0) <= 1)
                .WithMessage("Name at most one of leadId, personId, companyId and dealId.");
            RuleForEach(request => request.Kinds).IsInEnum().NotEqual(V1.ActivityKind.Unspecified).WithMessage("Name a kind of activity, such as ACTIVITY_KIND_NOTE.");
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    public static async Task<Result<V1.ListActivitiesResponse>> Handle(
        V1.ListActivitiesRequest request, ContactsDbContext db, KnownDeals deals, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.DealId.ToIdOrNull() is { } deal && !await deals.HasAsync(deal, cancellationToken))
            return new V1.ListActivitiesResponse();
        var page = await PageAsync(request, db, time, cancellationToken);
        if (page.Value is not { Items.Count: > 0 } && await LeadToSurvivorAsync(request, db, cancellationToken) is { } other)
            page = await PageAsync(other, db, time, cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListActivitiesResponse { NextPageToken = page.Value.NextPageToken };
        response.Activities.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }

    private static Task<Result<Page<Activity>>> PageAsync(V1.ListActivitiesRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = RowsOf(db, request);
        var kinds = request.Kinds.Distinct().Order().ToList();
        if (kinds.Count > 0)
            rows = rows.Where(row => kinds.Contains(row.Kind));
        var target = request.LeadId + request.PersonId + request.CompanyId + request.DealId;
        var list = new ListRequest(request.PageSize, request.PageToken)
        {
            Filter = request.Filter,
            OrderBy = request.OrderBy.Length == 0 && target.Length > 0 ? LatestFirst : request.OrderBy,
            Query = $"{request.LeadId}|{request.PersonId}|{request.CompanyId}|{request.DealId}|{string.Join(',', kinds)}",
        };
        return rows.ToPageAsync(ActivityFields.Schema, list, FilterContext.Of(db, time, request.TimeZone), cancellationToken);
    }

    // Where nothing is found, the record may be part of another one; a token is of the timeline that was found then.
    private static async Task<V1.ListActivitiesRequest?> LeadToSurvivorAsync(V1.ListActivitiesRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        if (request.PersonId.ToIdOrNull() is { } person && await db.SurvivorOfAsync(Person.Resource, person, cancellationToken) is { } stayed)
            return new V1.ListActivitiesRequest(request) { PersonId = stayed.ToString() };
        if (request.LeadId.ToIdOrNull() is { } lead && await db.SurvivorOfAsync(Lead.Resource, lead, cancellationToken) is { } same)
            return new V1.ListActivitiesRequest(request) { LeadId = same.ToString() };
        return request.CompanyId.ToIdOrNull() is { } company && await db.SurvivorOfAsync(Company.Resource, company, cancellationToken) is { } other
            ? new V1.ListActivitiesRequest(request) { CompanyId = other.ToString() } : null;
    }

    // The timeline of a record that the caller may not see is as empty as that of one that does not exist.
    private static IQueryable<Activity> RowsOf(ContactsDbContext db, V1.ListActivitiesRequest request)
    {
        if (request.LeadId.ToIdOrNull() is { } lead)
            return db.Activities.Where(row => row.LeadId == lead && db.Leads.Any(target => target.Id == lead));
        if (request.PersonId.ToIdOrNull() is { } person)
            return db.Activities.Where(row => row.PersonId == person && db.People.Any(target => target.Id == person));
        if (request.CompanyId.ToIdOrNull() is { } company)
            return db.Activities.Where(row => row.CompanyId == company && db.Companies.Any(target => target.Id == company));
        return request.DealId.ToIdOrNull() is { } deal ? db.Activities.Where(row => row.DealId == deal) : db.Activities.VisibleTo(db);
    }
}
