using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Inventory.Products;

internal static class GetProduct
{
    public static async Task<Result<V1.Product>> Handle(V1.GetProductRequest request, InventoryDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.Products.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } product
            ? product.ToMessage()
            : ProductErrors.NotFound(request.Id);
}
