using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Inventory.Prices;

internal static class GetPriceList
{
    public static async Task<Result<V1.PriceList>> Handle(V1.GetPriceListRequest request, InventoryDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.PriceLists.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } list
            ? list.ToMessage()
            : PriceErrors.ListNotFound(request.Id);
}
