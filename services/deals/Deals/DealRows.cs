using Microsoft.EntityFrameworkCore;

namespace Platform.Deals.Deals;

internal static class DealRows
{
    /// <summary>The deal, tracked; null where there is none in this tenant.</summary>
    public static async Task<Deal?> LoadAsync(this DealsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var key) ? await db.Deals.SingleOrDefaultAsync(row => row.Id == key, cancellationToken) : null;

    /// <summary>The deal, locked until the transaction ends: parallel calls decide one after the other.</summary>
    public static async Task<Deal?> LockAsync(this DealsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var key)
            ? await db.Deals.FromSql($"SELECT *, xmin FROM deals WHERE tenant_id = {db.Caller.RequiredTenantId} AND id = {key} FOR UPDATE").SingleOrDefaultAsync(cancellationToken)
            : null;

    /// <summary>The same for several, in one order.</summary>
    public static IQueryable<Deal> LockAll(this DealsDbContext db, Guid[] ids) =>
        db.Deals.FromSql($"SELECT *, xmin FROM deals WHERE tenant_id = {db.Caller.RequiredTenantId} AND id = ANY({ids}) ORDER BY id FOR UPDATE");

    /// <summary>Where the deal is, before it is locked; null where the caller sees no such deal.</summary>
    public static async Task<DealPlace?> PlaceOfAsync(this DealsDbContext db, string id, CancellationToken cancellationToken) => Guid.TryParse(id, out var key)
        ? await db.Deals.Where(row => row.Id == key).Select(row => new DealPlace(row.Id, row.PipelineId, row.StageId)).SingleOrDefaultAsync(cancellationToken)
        : null;
}

/// <summary>Where a deal was when it was looked at.</summary>
internal sealed record DealPlace(Guid Id, Guid? PipelineId, Guid? StageId);
