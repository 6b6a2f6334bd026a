using FluentValidation;
using Platform.Data;
using Platform.Errors;
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
        }
    }

    public static async Task<Result<V1.ListPricesResponse>> Handle(V1.ListPricesRequest request, InventoryDbContext db, CancellationToken cancellationToken)
    {
        var rows = db.VisiblePrices;
        if (request.PriceListId.ToIdOrNull() is { } list)
            rows = rows.Where(row => row.PriceListId == list);
        if (request.ProductId.ToIdOrNull() is { } product)
            rows = rows.Where(row => row.ProductId == product);
        var page = await rows.ToPageAsync(request.PageSize, request.PageToken, $"{request.PriceListId} {request.ProductId}", cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListPricesResponse { NextPageToken = page.Value.NextPageToken };
        response.Prices.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
