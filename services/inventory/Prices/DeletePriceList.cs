using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;

namespace Platform.Inventory.Prices;

internal static class DeletePriceList
{
    public static async Task<Result<Empty>> Handle(V1.DeletePriceListRequest request, InventoryDbContext db, CancellationToken cancellationToken)
    {
        var loaded = await db.LoadPriceListAsync(request.Id, request.Etag, cancellationToken);
        if (loaded.IsError)
            return loaded.Error;
        if (loaded.Value.IsDefault)
            return PriceErrors.ListIsDefault;
        db.PriceLists.Remove(loaded.Value);
        db.Publish(loaded.Value.Id, new V1.PriceListDeleted { Id = loaded.Value.Id.ToString() });
        return await db.TrySaveChangesAsync(cancellationToken, PriceErrors.ListHasPrices) is { } error ? error : new Empty();
    }
}
