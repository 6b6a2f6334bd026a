using Microsoft.EntityFrameworkCore;
using Platform.Deals.Deals;
using Platform.Deals.History;
using Platform.Deals.Reports;
using Platform.Filtering;
using Platform.Monetary;
using Platform.Pipelines.V1;

namespace Platform.Deals.Forecasts;

/// <summary>What the deals of one owner that are to close in a period are worth, of one category.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Unconverted">How many of them are in no sum, because no rate is known for them.</param>
/// <param name="Amount">In the company's currency.</param>
internal sealed record OwnSum(int Count, int Unconverted, decimal Amount)
{
    public static readonly OwnSum None = new(0, 0, 0);

    /// <summary>The same as it was at a moment, or as those have it who share the credit: out of the history, which knows both.</summary>
    public static async Task<IReadOnlyDictionary<(Guid Owner, ForecastCategory Category), OwnSum>> ReadThenAsync(
        DealsDbContext db, Period period, FilterContext context, DateTimeOffset asOf, (string Currency, ReportCut Cut) told, CancellationToken cancellationToken)
    {
        var (visible, _) = await PastDeals.OfAsync(db, asOf, context, cancellationToken);
        var sums = await ForecastSums.ReadAsync(db, visible, pipeline: null, new ReportTime(period.From, period.To, asOf), told, cancellationToken);
        return sums.ByOwner().ToDictionary(sum => sum.Key, sum => new OwnSum(sum.Value.Count, sum.Value.Unconverted, sum.Value.Amount));
    }

    /// <summary>Of each owner and category; only deals that the caller sees count.</summary>
    public static async Task<IReadOnlyDictionary<(Guid Owner, ForecastCategory Category), OwnSum>> ReadAsync(
        DealsDbContext db, IReadOnlyList<Guid> owners, Period period, string currency, CancellationToken cancellationToken)
    {
        var decimals = Currencies.DecimalsOf(currency);
        var (from, to) = (period.From, period.To);
        var sums = await db.Deals.Where(deal => deal.OwnerId != null && owners.Contains(deal.OwnerId.Value) && deal.CloseDate >= from && deal.CloseDate <= to)
            .GroupBy(deal => new { Owner = deal.OwnerId!.Value, deal.ForecastCategory })
            .Select(group => new
            {
                group.Key.Owner,
                Category = group.Key.ForecastCategory,
                Count = group.Count(),
                Converted = group.Count(deal => deal.ReportingCurrency == currency && deal.ReportingRate != null),
                Amount = group.Sum(deal => deal.ReportingCurrency == currency && deal.ReportingRate != null ? Math.Round(deal.Amount * deal.ReportingRate.Value, decimals) : 0),
            })
            .ToListAsync(cancellationToken);
        return sums.ToDictionary(sum => (sum.Owner, sum.Category), sum => new OwnSum(sum.Count, sum.Count - sum.Converted, sum.Amount));
    }
}
