using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Inventory.Products;

internal static class DeleteProduct
{
    public static async Task<Result<Empty>> Handle(V1.DeleteProductRequest request, InventoryDbContext db, CancellationToken cancellationToken)
    {
        var loaded = await db.LoadProductAsync(request.Id, request.Etag, cancellationToken);
        if (loaded.IsError)
            return loaded.Error;
        var product = loaded.Value;
        db.Prices.RemoveRange(await db.Prices.Where(price => price.ProductId == product.Id).ToListAsync(cancellationToken));
        db.Products.Remove(product);
        db.Publish(product.Id, new V1.ProductDeleted { Id = product.Id.ToString() });
        return await db.TrySaveChangesAsync(cancellationToken, ProductErrors.OnDelete) is { } error ? error : new Empty();
    }
}
