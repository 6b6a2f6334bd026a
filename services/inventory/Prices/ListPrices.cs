using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Inventory.Prices;

internal static class ListPrices
{
    public sealed class Validator : AbstractValidator<V1.ListPricesRequest>
    {
        public Validator()
        {
            RuleFor(request => request.PriceListId).OptionalId();
            RuleFor(request => request.ProductId).OptionalId();
            RuleFor(request => request.TimeZone).OptionalTimeZone();
        }
    }

    public static async Task<Result<V1.ListPricesResponse>> Handle(V1.ListPricesRequest request, InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = db.Prices.VisibleTo(db);
        if (request.PriceListId.ToIdOrNull() is { } priceList)
            rows = rows.Where(row => row.PriceListId == priceList);
        if (request.ProductId.ToIdOrNull() is { } product)
            rows = rows.Where(row => row.ProductId == product);
        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy, Query = $"{request.PriceListId} {request.ProductId}" };
        var page = await rows.ToPageAsync(PriceFields.Schema, list, FilterContext.Of(db, time, request.TimeZone), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListPricesResponse { NextPageToken = page.Value.NextPageToken };
        response.Prices.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
