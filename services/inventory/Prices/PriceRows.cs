using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Inventory.Prices;

internal static class PriceRows
{
    /// <summary>Those of products that the caller may see.</summary>
    public static IQueryable<Price> VisibleTo(this IQueryable<Price> rows, InventoryDbContext db) =>
        db.Caller.Access is null ? rows : rows.Where(price => db.Products.Any(product => product.Id == price.ProductId));

    /// <summary>All prices of a product, whoever sees them, locked until the transaction ends: they go with it.</summary>
    public static IQueryable<Price> LockPricesOf(this InventoryDbContext db, Guid productId) =>
        db.Prices.FromSqlByRule($"SELECT *, xmin FROM prices WHERE tenant_id = {db.Caller.RequiredTenantId} AND product_id = {productId} ORDER BY id FOR UPDATE");

    /// <summary>The price of a product that the caller may see, to be changed by somebody who saw this version of it.</summary>
    public static async Task<Result<Price>> LoadPriceAsync(this InventoryDbContext db, string id, string etag, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var known) || await db.Prices.VisibleTo(db).SingleOrDefaultAsync(row => row.Id == known, cancellationToken) is not { } price)
            return PriceErrors.NotFound(id);
        return price.Matches(etag) ? price : Error.Stale("price");
    }
}
