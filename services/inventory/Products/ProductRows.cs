using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Inventory.Products;

internal static class ProductRows
{
    /// <summary>The product, to be changed by somebody who saw this version of it.</summary>
    public static async Task<Result<Product>> LoadProductAsync(this InventoryDbContext db, string id, string etag, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var known) || await db.Products.SingleOrDefaultAsync(row => row.Id == known, cancellationToken) is not { } product)
            return ProductErrors.NotFound(id);
        return product.Matches(etag) ? product : Error.Stale("product");
    }

    /// <summary>The products of these ids, locked until the transaction ends, in one order.</summary>
    public static IQueryable<Product> LockAll(this InventoryDbContext db, Guid[] ids) =>
        db.Products.FromSql($"SELECT *, xmin FROM products WHERE tenant_id = {db.Caller.RequiredTenantId} AND id = ANY({ids}) ORDER BY id FOR UPDATE");
}
