using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Deals.Quotes;

internal static class ListQuotes
{
    public sealed class Validator : AbstractValidator<V1.ListQuotesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.DealId).OptionalId();
            RuleFor(request => request.Status).IsInEnum().WithMessage("There is no such status.");
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    public static async Task<Result<V1.ListQuotesResponse>> Handle(V1.ListQuotesRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = db.Quotes.AsQueryable();
        if (request.Status != V1.QuoteStatus.Unspecified)
            rows = rows.Where(row => row.Status == request.Status);
        if (request.DealId.ToIdOrNull() is { } deal)
            rows = rows.Where(row => row.DealId == deal);
        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy, Query = $"{request.Status} {request.DealId}" };
        var page = await rows.ToPageAsync(QuoteFields.Schema, list, FilterContext.Of(db, time, request.TimeZone), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListQuotesResponse { NextPageToken = page.Value.NextPageToken };
        response.Quotes.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
