using Platform.Deals.Stages;
using Platform.Errors;
using Platform.Monetary.Rates;
using Platform.Pipelines.V1;

namespace Platform.Deals.Deals;

internal static class WinDeal
{
    public static async Task<Result<V1.Deal>> Handle(
        V1.WinDealRequest request, DealsDbContext db, StageDirectory stages, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        // Other services are asked before the deal is locked.
        var book = await stages.GetWithAsync(await db.PipelineOfAsync(request.Id, cancellationToken), stage: null, cancellationToken);
        if (book.IsError)
            return book.Error;
        await rates.EnsureAsync(cancellationToken);
        return await db.InTransactionAsync(() => WinAsync(request, book.Value, db, rates, time, cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Deal>> WinAsync(
        V1.WinDealRequest request, Book book, DealsDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockAsync(request.Id, cancellationToken) is not { } deal)
            return DealErrors.NotFound(request.Id);
        // Before the etag: a repeated call carries the one from before it was won.
        if (deal.Status == V1.DealStatus.Won)
            return deal.ToMessage();
        if (!deal.Matches(request.Etag))
            return Error.Stale("deal");
        if (await CloseAsync(deal, book, asksStage: true, db, rates, time.GetUtcNow(), cancellationToken) is { } error)
            return error;
        await db.SaveChangesAsync(cancellationToken);
        return deal.ToMessage();
    }

    /// <summary>Wins a deal that the transaction holds; the caller saves. Null where it went well.</summary>
    /// <param name="deal">The deal.</param>
    /// <param name="book">The stages.</param>
    /// <param name="asksStage">Whether the deal needs what its last stage asks for.</param>
    /// <param name="db">The unit of work.</param>
    /// <param name="rates">Converts the amount.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Error?> CloseAsync(
        Deal deal, Book book, bool asksStage, DealsDbContext db, ReportingRates rates, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var place = book.End(deal.PipelineId, StageKind.Won);
        if (place.IsError)
            return place.Error;
        if ((deal.Win(place.Value, now) ?? (asksStage ? EntryRequirements.Check(place.Value, deal.ToMessage()) : null)) is { } error)
            return error;
        await rates.ReportAsync(deal, cancellationToken);
        db.Publish(deal.Id, new V1.DealWon { Deal = deal.ToMessage() });
        return null;
    }
}
