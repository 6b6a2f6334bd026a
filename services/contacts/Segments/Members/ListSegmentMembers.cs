using FluentValidation;
using Platform.Access;
using Platform.Access.Fields;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.Leads.Converting;
using Platform.Contacts.Leads.Scoring;
using Platform.Contacts.People;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Contacts.Segments.Members;

internal static class ListSegmentMembers
{
    public sealed class Validator : AbstractValidator<V1.ListSegmentMembersRequest>
    {
        public Validator()
        {
            RuleFor(request => request.SegmentId).Id();
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    public static async Task<Result<V1.ListSegmentMembersResponse>> Handle(
        V1.ListSegmentMembersRequest request, ContactsDbContext db, CustomFieldDirectory fields, ConvertedDeals deals, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await db.FindReadableAsync(request.SegmentId, fields, cancellationToken);
        if (found.IsError)
            return found.Error;
        var (segment, scores) = (found.Value, await KnownScores.OfAsync(db, cancellationToken));
        return segment.Resource switch
        {
            "contacts.person" => await PageAsync(db.People, PersonFields.Schema, (response, row) => response.People.Add(row.ToMessage())),
            "contacts.company" => await PageAsync(db.Companies, CompanyFields.Schema, (response, row) => response.Companies.Add(row.ToMessage())),
            _ => await PageAsync(db.Leads, LeadFields.Schema, (response, row) => response.Leads.Add(scores.Tell(row))),
        };

        async Task<Result<V1.ListSegmentMembersResponse>> PageAsync<T>(IQueryable<T> rows, FilterSchema<T> schema, Action<V1.ListSegmentMembersResponse, T> add)
            where T : ProtectedEntity, IProtected<T>
        {
            // The rules of this kind alone: its namesakes in other kinds are none of this list's business.
            if (db.Caller.CheckNarrowing(T.Resource, request.Filter, request.OrderBy) is { } hidden)
                return hidden;
            var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy, Query = $"segment {segment.Id}" };
            var page = await rows.Where(row => db.SegmentMembers.Any(member => member.SegmentId == segment.Id && member.RecordId == row.Id))
                .ToPageAsync(schema, list, FilterContext.Of(db, time, request.TimeZone), cancellationToken);
            if (page.IsError)
                return page.Error;
            var response = new V1.ListSegmentMembersResponse { NextPageToken = page.Value.NextPageToken };
            foreach (var row in page.Value.Items)
                add(response, row);
            await deals.HideAsync(response.Leads, cancellationToken);
            return response;
        }
    }
}
