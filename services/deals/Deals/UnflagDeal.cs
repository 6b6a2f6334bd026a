using Platform.Errors;

namespace Platform.Deals.Deals;

internal static class UnflagDeal
{
    public static Task<Result<V1.Deal>> Handle(V1.UnflagDealRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => UnflagAsync(request, db, time, cancellationToken), cancellationToken);

    private static async Task<Result<V1.Deal>> UnflagAsync(V1.UnflagDealRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockAsync(request.Id, cancellationToken) is not { } deal)
            return DealErrors.NotFound(request.Id);
        if (!deal.Flag(code: "", reason: "", time.GetUtcNow()))
            return deal.ToMessage();
        db.Publish(deal.Id, new V1.DealUpdated { Deal = deal.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return deal.ToMessage();
    }
}
