using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;

namespace Platform.Inventory.Prices;

internal static class DeletePrice
{
    public static async Task<Result<Empty>> Handle(V1.DeletePriceRequest request, InventoryDbContext db, CancellationToken cancellationToken)
    {
        var loaded = await db.LoadPriceAsync(request.Id, request.Etag, cancellationToken);
        if (loaded.IsError)
            return loaded.Error;
        db.Prices.Remove(loaded.Value);
        db.Publish(loaded.Value.Id, new V1.PriceDeleted { Id = loaded.Value.Id.ToString() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : new Empty();
    }
}
