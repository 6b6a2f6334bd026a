using Platform.Errors;
using Platform.Paging;

namespace Platform.Inventory.Prices;

internal static class ListPriceLists
{
    public static async Task<Result<V1.ListPriceListsResponse>> Handle(V1.ListPriceListsRequest request, InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        await db.EnsureDefaultAsync(time, cancellationToken);
        var page = await db.PriceLists.ToPageAsync(request.PageSize, request.PageToken, "", cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListPriceListsResponse { NextPageToken = page.Value.NextPageToken };
        response.PriceLists.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
