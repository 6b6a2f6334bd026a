using Platform.Errors;

namespace Platform.Inventory.Prices;

internal static class GetPrice
{
    public static async Task<Result<V1.Price>> Handle(V1.GetPriceRequest request, InventoryDbContext db, CancellationToken cancellationToken)
    {
        var loaded = await db.LoadPriceAsync(request.Id, etag: "", cancellationToken);
        return loaded.IsError ? loaded.Error : loaded.Value.ToMessage();
    }
}
