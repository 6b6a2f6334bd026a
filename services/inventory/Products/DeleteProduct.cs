using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Inventory.Prices;

namespace Platform.Inventory.Products;

internal static class DeleteProduct
{
    public static Task<Result<Empty>> Handle(V1.DeleteProductRequest request, InventoryDbContext db, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => DeleteAsync(request, db, cancellationToken), cancellationToken);

    private static async Task<Result<Empty>> DeleteAsync(V1.DeleteProductRequest request, InventoryDbContext db, CancellationToken cancellationToken)
    {
        var loaded = await db.LoadProductAsync(request.Id, request.Etag, cancellationToken);
        if (loaded.IsError)
            return loaded.Error;
        var product = loaded.Value;
        foreach (var price in await db.LockPricesOf(product.Id).ToListAsync(cancellationToken))
        {
            db.Prices.Follow(price);
            db.Prices.Remove(price);
            db.Publish(price.Id, new V1.PriceDeleted { Id = price.Id.ToString() });
        }

        db.Products.Remove(product);
        db.Publish(product.Id, new V1.ProductDeleted { Id = product.Id.ToString() });
        return await db.TrySaveChangesAsync(cancellationToken, ProductErrors.OnDelete) is { } error ? error : new Empty();
    }
}
