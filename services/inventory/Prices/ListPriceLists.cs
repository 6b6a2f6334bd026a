using FluentValidation;
using Platform.Errors;
using Platform.Filtering;
using Platform.Paging;
using Platform.Validation;

namespace Platform.Inventory.Prices;

internal static class ListPriceLists
{
    public sealed class Validator : AbstractValidator<V1.ListPriceListsRequest>
    {
        public Validator() => RuleFor(request => request.TimeZone).OptionalTimeZone();
    }

    public static async Task<Result<V1.ListPriceListsResponse>> Handle(V1.ListPriceListsRequest request, InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        await db.EnsureDefaultAsync(time, cancellationToken);
        var list = new ListRequest(request.PageSize, request.PageToken) { Filter = request.Filter, OrderBy = request.OrderBy };
        var page = await db.PriceLists.ToPageAsync(PriceListFields.Schema, list, FilterContext.Of(db, time, request.TimeZone), cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListPriceListsResponse { NextPageToken = page.Value.NextPageToken };
        response.PriceLists.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
