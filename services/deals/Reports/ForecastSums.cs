using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Data;
using Platform.Deals.Deals;
using Platform.Monetary;
using Platform.Pipelines.V1;
using Platform.Tenancy;

namespace Platform.Deals.Reports;

/// <summary>Deals as they were at a moment, summed up by month, category, and by what else is asked for.</summary>
internal sealed class ForecastSums
{
    private readonly IReadOnlyList<Sum> _sums;
    private readonly string _currency;

    private ForecastSums(IReadOnlyList<Sum> sums, string currency) => (_sums, _currency) = (sums, currency);

    /// <summary>Sums up.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="visible">The deals that count.</param>
    /// <param name="pipeline">Only those that were in this one; null for all.</param>
    /// <param name="about">When they were to close, and the moment.</param>
    /// <param name="told">The company's currency, empty where it is not known; and which deals are meant, and by what.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public static async Task<ForecastSums> ReadAsync(
        DealsDbContext db, IQueryable<Deal> visible, Guid? pipeline, ReportTime about, (string Currency, ReportCut Cut) told, CancellationToken cancellationToken)
    {
        var (currency, cut) = told;
        var (bySplits, byOwner, byTeam, bySource) = (cut.BySplits, cut.By == V1.Grouping.Owner, cut.By == V1.Grouping.Team, cut.By == V1.Grouping.Source);
        var decimals = currency.Length == 0 ? 0 : Currencies.DecimalsOf(currency);
        var (from, to, asOf) = (about.From, about.To, about.AsOf);
        // Of each deal the last line that there was then.
        var lines = db.Changes.Where(change => change.CreateTime <= asOf && change.CloseDate >= from && change.CloseDate <= to
            && !db.Changes.Any(later => later.DealId == change.DealId && later.Number > change.Number && later.CreateTime <= asOf));
        if (pipeline is { } known)
            lines = lines.Where(change => change.PipelineId == known);
        var rows = RatedLine.Of(db, cut.Narrow(lines), visible).Select(of => new
        {
            of.Line.CloseDate!.Value.Year,
            of.Line.CloseDate!.Value.Month,
            OwnerId = byOwner ? of.Line.OwnerId : null,
            TeamId = byTeam ? of.Line.TeamId : null,
            Source = bySource ? of.Line.Source : "",
            Credit = bySplits ? of.Credit : "",
            of.Line.ForecastCategory,
            of.Line.Probability,
            Worth = of.ReportingCurrency == currency ? of.Line.Amount * of.ReportingRate : null,
        });
        var sums = await rows
            .Where(row => row.Credit == "")
            .GroupBy(row => new { row.Year, row.Month, row.OwnerId, row.TeamId, row.Source, row.ForecastCategory })
            .Select(group => new Sum
            {
                Year = group.Key.Year,
                Month = group.Key.Month,
                OwnerId = group.Key.OwnerId,
                TeamId = group.Key.TeamId,
                Source = group.Key.Source,
                Category = group.Key.ForecastCategory,
                Count = group.Count(),
                Converted = group.Count(row => row.Worth != null),
                Amount = group.Sum(row => row.Worth != null ? Math.Round(row.Worth.Value, decimals) : 0),
                Weighted = group.Sum(row => row.Worth != null ? Math.Round(row.Worth.Value * row.Probability * 0.01m, decimals) : 0),
            })
            .ToListAsync(cancellationToken);
        if (bySplits)
        {
            // What is shared is divided deal by deal, so that the parts are exact.
            foreach (var row in await rows.Where(row => row.Credit != "").ToListAsync(cancellationToken))
            {
                var deal = new Sum
                {
                    Year = row.Year,
                    Month = row.Month,
                    Category = row.ForecastCategory,
                    Count = 1,
                    Converted = row.Worth is null ? 0 : 1,
                    Amount = row.Worth is { } worth ? Amounts.Round(worth, currency) : 0,
                    Weighted = row.Worth is { } all ? Amounts.PercentOf(all, row.Probability, currency) : 0,
                };
                sums.AddRange(deal.Divide(Credits.Of(row.OwnerId, row.Credit, bySplits), currency));
            }
        }

        return new ForecastSums(sums, currency);
    }

    /// <summary>The lines, as much of each as the caller may know.</summary>
    public IEnumerable<V1.ForecastLine> Lines(Caller caller) => _sums
        .GroupBy(sum => (sum.Year, sum.Month, Owner: sum.OwnerId.ToIdText(), Team: sum.TeamId.ToIdText(), sum.Source))
        .OrderBy(line => (line.Key.Year, line.Key.Month)).ThenBy(line => line.Key.Owner, StringComparer.Ordinal).ThenBy(line => line.Key.Team, StringComparer.Ordinal).ThenBy(line => line.Key.Source, StringComparer.Ordinal)
        .Select(line => new V1.ForecastLine
        {
            Month = $"{line.Key.Year:0000}-{line.Key.Month:00}",
            OwnerId = line.Key.Owner,
            TeamId = line.Key.Team,
            Source = line.Key.Source,
            Sums = { line.GroupBy(sum => sum.Category).OrderBy(category => category.Key).Select(category => ToMessage(category.Key, [.. category], caller)) },
        });

    /// <summary>What they add up to for each owner and category; of deals without an owner nothing. How many of them, how many without a rate, and the amount.</summary>
    public IReadOnlyDictionary<(Guid Owner, ForecastCategory Category), (int Count, int Unconverted, decimal Amount)> ByOwner() => _sums.Where(sum => sum.OwnerId is not null)
        .GroupBy(sum => (Owner: sum.OwnerId!.Value, sum.Category))
        .ToDictionary(group => group.Key, group => (group.Sum(sum => sum.Count), group.Sum(sum => sum.Count - sum.Converted), group.Sum(sum => sum.Amount)));

    private V1.ForecastSum ToMessage(ForecastCategory category, IReadOnlyCollection<Sum> sums, Caller caller)
    {
        var message = new V1.ForecastSum { Category = category, DealCount = sums.Sum(sum => sum.Count) };
        if (!Sees("reporting_amount"))
            return message;
        message.UnconvertedCount = sums.Sum(sum => sum.Count - sum.Converted);
        if (_currency.Length > 0)
            message.Amount = sums.Sum(sum => sum.Amount).ToMoney(_currency);
        if (_currency.Length > 0 && Sees("probability") && Sees("expected_revenue"))
            message.WeightedAmount = sums.Sum(sum => sum.Weighted).ToMoney(_currency);
        return message;

        bool Sees(string field) => caller.CanRead(Deal.Resource.Info, field);
    }

    private sealed class Sum
    {
        public int Year { get; init; }

        public int Month { get; init; }

        public Guid? OwnerId { get; init; }

        public Guid? TeamId { get; init; }

        public string Source { get; init; } = "";

        public ForecastCategory Category { get; init; }

        public int Count { get; init; }

        public int Converted { get; init; }

        public decimal Amount { get; init; }

        public decimal Weighted { get; init; }

        /// <summary>A deal as each of those has it who share the credit.</summary>
        public IEnumerable<Sum> Divide(Credits credits, string currency)
        {
            var (amounts, weighted) = (credits.Parts(Amount, currency), credits.Parts(Weighted, currency));
            return credits.Users.Select((user, at) => new Sum
            {
                Year = Year,
                Month = Month,
                OwnerId = user,
                Category = Category,
                Count = Count,
                Converted = Converted,
                Amount = at < amounts.Count ? amounts[at] : 0,
                Weighted = at < weighted.Count ? weighted[at] : 0,
            });
        }
    }
}
