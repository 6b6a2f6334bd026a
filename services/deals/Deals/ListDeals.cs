using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Deals.Deals;

internal static class ListDeals
{
    public sealed class Validator : AbstractValidator<V1.ListDealsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.CompanyId).OptionalId();
            RuleFor(request => request.Status).IsInEnum().WithMessage("There is no such status.");
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    /// <summary>What narrows the list beside its filter, in words.</summary>
    public static string QueryOf(V1.DealStatus status = V1.DealStatus.Unspecified, string companyId = "") => $"{status} {companyId}";

    public static async Task<Result<V1.ListDealsResponse>> Handle(V1.ListDealsRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = db.Deals.AsQueryable();
        if (request.Status != V1.DealStatus.Unspecified)
            rows = rows.Where(row => row.Status == request.Status);
        if (request.CompanyId.ToIdOrNull() is { } company)
            rows = rows.Where(row => row.CompanyId == company);
        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy, Query = QueryOf(request.Status, request.CompanyId) };
        var page = await rows.ToPageAsync(DealFields.Schema, list, FilterContext.Of(db, time, request.TimeZone), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListDealsResponse { NextPageToken = page.Value.NextPageToken };
        response.Deals.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
