using Microsoft.EntityFrameworkCore;
using Platform.Deals.History;
using Platform.Errors;
using Platform.Monetary.Rates;

namespace Platform.Deals.Deals;

/// <summary>Gives a deal back that was deleted, out of the row that is kept of it for reports: with what its message does not tell, and its history goes on.</summary>
internal static class RestoreDeal
{
    /// <param name="message">The deal as it is to be: as it was, but for custom fields that are no more.</param>
    /// <param name="db">The unit of work, in a transaction.</param>
    /// <param name="rates">What it is worth may have changed since.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Deal> RestoreAsync(V1.Deal message, DealsDbContext db, ReportingRates rates, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(message.Id);
        var deal = await PastDeals.FindAsync(db, id, cancellationToken) ?? throw DealErrors.NotFound(message.Id).ToRpcException();
        await rates.ReportAsync(deal, cancellationToken);
        deal.ComeBack(message, await db.Changes.Where(change => change.DealId == id).MaxAsync(change => (int?)change.Number, cancellationToken) ?? 0);
        db.Deals.Restore(deal);
        await PastDeals.ForgetAsync(db, id, cancellationToken);
        db.Publish(id, new V1.DealCreated { Deal = deal.ToMessage() });
        db.Publish(id, new V1.DealRestored { Id = message.Id });
        return deal;
    }
}
