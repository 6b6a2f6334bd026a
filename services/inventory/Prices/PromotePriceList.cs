using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Inventory.Prices;

internal static class PromotePriceList
{
    public static Task<Result<V1.PriceList>> Handle(V1.PromotePriceListRequest request, InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => PromoteAsync(request, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.PriceList>> PromoteAsync(V1.PromotePriceListRequest request, InventoryDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Before the etag: a repeated call carries the one from before.
        var loaded = await db.LoadPriceListAsync(request.Id, etag: "", cancellationToken);
        if (loaded.IsError || loaded.Value.IsDefault)
            return loaded.IsError ? loaded.Error : loaded.Value.ToMessage();
        if (!loaded.Value.Matches(request.Etag))
            return Error.Stale("price list");
        if (await db.AllPriceLists().SingleOrDefaultAsync(row => row.IsDefault, cancellationToken) is { } former)
        {
            // Saved first: at no moment are there two.
            former.Demote(now);
            db.PriceLists.Follow(former);
            db.Publish(former.Id, new V1.PriceListUpdated { PriceList = former.ToMessage() });
            if (await db.TrySaveChangesAsync(cancellationToken, PriceErrors.OnSaveList) is { } stale)
                return stale;
        }

        loaded.Value.Promote(now);
        db.Publish(loaded.Value.Id, new V1.PriceListUpdated { PriceList = loaded.Value.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, PriceErrors.OnSaveList) is { } error ? error : loaded.Value.ToMessage();
    }
}
