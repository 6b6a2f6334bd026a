using Platform.Errors;
using Platform.Monetary.Rates;

namespace Platform.Deals.Deals;

internal static class WinDeal
{
    public static async Task<Result<V1.Deal>> Handle(V1.WinDealRequest request, DealsDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        await rates.EnsureAsync(cancellationToken);
        return await db.InTransactionAsync(() => WinAsync(request, db, rates, time, cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Deal>> WinAsync(V1.WinDealRequest request, DealsDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockAsync(request.Id, cancellationToken) is not { } deal)
            return DealErrors.NotFound(request.Id);
        // Before the etag: a repeated call carries the one from before it was won.
        if (deal.Status == V1.DealStatus.Won)
            return deal.ToMessage();
        if (!deal.Matches(request.Etag))
            return Error.Stale("deal");
        if (deal.Win(time.GetUtcNow()) is { } error)
            return error;
        await rates.ReportAsync(deal, cancellationToken);
        db.Publish(deal.Id, new V1.DealWon { Deal = deal.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return deal.ToMessage();
    }
}
