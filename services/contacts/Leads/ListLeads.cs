using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Contacts.ContactPoints;
using Platform.Contacts.Leads.Converting;
using Platform.Contacts.Leads.Scoring;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Contacts.Leads;

internal static class ListLeads
{
    public sealed class Validator : AbstractValidator<V1.ListLeadsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Query).Text(200);
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    public static async Task<Result<V1.ListLeadsResponse>> Handle(V1.ListLeadsRequest request, ContactsDbContext db, ConvertedDeals deals, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = db.Leads.AsQueryable();
        if (request.Query.Length > 0)
        {
            var (pattern, number) = (Like.Containing(request.Query), PhoneText.Pattern(request.Query));
            // Nobody finds out by searching what they may not see.
            var (inName, inEmail) = (db.Caller.CanRead(Lead.Resource.Info, "first_name") && db.Caller.CanRead(Lead.Resource.Info, "last_name"), db.Caller.CanRead(Lead.Resource.Info, "email"));
            var inPhone = db.Caller.CanRead(Lead.Resource.Info, "phone");
            rows = rows.Where(row => (inName && EF.Functions.ILike(row.FirstName + " " + row.LastName, pattern)) || (inEmail && EF.Functions.ILike(row.Email, pattern))
                || (inPhone && (EF.Functions.ILike(row.Phone, pattern) || (number != null && EF.Functions.Like(row.PhoneE164!, number)))));
        }

        var scores = await KnownScores.OfAsync(db, cancellationToken);
        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy, Query = request.Query };
        var page = await rows.ToPageAsync(LeadFields.Schema, list, FilterContext.Of(db, time, request.TimeZone), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListLeadsResponse { NextPageToken = page.Value.NextPageToken };
        response.Leads.AddRange(page.Value.Items.Select(scores.Tell));
        await deals.HideAsync(response.Leads, cancellationToken);
        return response;
    }
}
