using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Inventory.Prices;

internal static class PriceListRows
{
    /// <summary>The list, to be changed by somebody who saw this version of it.</summary>
    public static async Task<Result<PriceList>> LoadPriceListAsync(this InventoryDbContext db, string id, string etag, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var known) || await db.PriceLists.SingleOrDefaultAsync(row => row.Id == known, cancellationToken) is not { } list)
            return PriceErrors.ListNotFound(id);
        return list.Matches(etag) ? list : Error.Stale("price list");
    }

    /// <summary>All lists of the company, whoever sees them: what rules of the company ask for.</summary>
    public static IQueryable<PriceList> AllPriceLists(this InventoryDbContext db) => db.PriceLists.FromSqlByRule($"SELECT *, xmin FROM price_lists WHERE tenant_id = {db.Caller.RequiredTenantId}");

    /// <summary>The id of the list that answers where no other one does; a company that has none yet is given one.</summary>
    public static async Task<Guid?> EnsureDefaultAsync(this InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        // Who belongs to no company has none to be given one.
        if (db.Caller.TenantId is null)
            return null;
        if (await db.FindDefaultAsync(cancellationToken) is { } known)
            return known;
        var list = PriceList.Create(new V1.PriceList { Name = "Standard" }, time.GetUtcNow());
        list.Promote(time.GetUtcNow());
        // The platform's doing, whoever asks first: nobody's, and not asked for.
        db.PriceLists.Restore(list);
        db.PriceLists.Follow(list);
        db.Publish(list.Id, new V1.PriceListCreated { PriceList = list.ToMessage() });
        if (await db.TrySaveChangesAsync(cancellationToken, PriceErrors.OnSaveList) is null)
            return list.Id;
        // Whoever was faster has written the same.
        db.ChangeTracker.Clear();
        return await db.FindDefaultAsync(cancellationToken);
    }

    /// <summary>The id of the default list; null where the company has none yet.</summary>
    public static Task<Guid?> FindDefaultAsync(this InventoryDbContext db, CancellationToken cancellationToken) =>
        db.AllPriceLists().AsNoTracking().Where(row => row.IsDefault).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancellationToken);
}
