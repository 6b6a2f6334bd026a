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
        if (await db.PlaceOfAsync(request.Id, cancellationToken) is not { } seen)
            return DealErrors.NotFound(request.Id);
        var rules = await stages.RulesAsync(seen, StageKind.Won, cancellationToken);
        if (rules.IsError)
            return rules.Error;
        await rates.EnsureAsync(cancellationToken);
        return await db.InTransactionAsync(() => WinAsync(request, rules.Value, db, rates, time, cancellationToken), cancellationToken);
    }

    private static async Task<Result<V1.Deal>> WinAsync(
        V1.WinDealRequest request, StageRules rules, DealsDbContext db, ReportingRates rates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockAsync(request.Id, cancellationToken) is not { } deal)
            return DealErrors.NotFound(request.Id);
        // Before the etag: a repeated call carries the one from before it was won.
        if (deal.Status == V1.DealStatus.Won)
            return deal.ToMessage();
        if (!deal.Matches(request.Etag))
            return Error.Stale("deal");
        if (await CloseAsync(deal, rules.Book, rules.Done, db, rates, time.GetUtcNow(), cancellationToken) is { } error)
            return error;
        await db.SaveChangesAsync(cancellationToken);
        return deal.ToMessage();
    }

    /// <summary>Wins a deal that the transaction holds; the caller saves. Null where it went well.</summary>
    /// <param name="deal">The deal.</param>
    /// <param name="book">The stages.</param>
    /// <param name="done">What is done with the deal, where it needs what its stages ask for; null where nothing is asked.</param>
    /// <param name="db">The unit of work.</param>
    /// <param name="rates">Converts the amount.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Error?> CloseAsync(
        Deal deal, Book book, DoneActivities? done, DealsDbContext db, ReportingRates rates, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var place = book.End(deal.PipelineId, StageKind.Won);
        if (place.IsError)
            return place.Error;
        var passage = book.Passage(deal.StageId, place.Value);
        if ((deal.Win(place.Value, now) ?? (done is null ? null : passage.Check(deal.ToMessage(), done))) is { } error)
            return error;
        await rates.ReportAsync(deal, cancellationToken);
        db.Publish(deal.Id, new V1.DealWon { Deal = deal.ToMessage() });
        return null;
    }
}
