using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Inventory.Prices;

internal static class PriceRows
{
    /// <summary>The price of a product that the caller may see, to be changed by somebody who saw this version of it.</summary>
    public static async Task<Result<Price>> LoadPriceAsync(this InventoryDbContext db, string id, string etag, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var known) || await db.VisiblePrices.SingleOrDefaultAsync(row => row.Id == known, cancellationToken) is not { } price)
            return PriceErrors.NotFound(id);
        return price.Matches(etag) ? price : Error.Stale("price");
    }
}
