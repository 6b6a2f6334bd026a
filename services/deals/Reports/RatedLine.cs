using Platform.Deals.Deals;
using Platform.Deals.History;

namespace Platform.Deals.Reports;

/// <summary>
/// A line of a deal's history with the rate that holds for what the deal was from then on. When a rate is corrected, the deal follows and its
/// history does not: so it is the one that the next change found, and the deal's own where there is none.
/// </summary>
internal sealed class RatedLine
{
    public required DealChange Line { get; init; }

    public required Deal Deal { get; init; }

    public required string ReportingCurrency { get; init; }

    /// <summary>Null where none was known.</summary>
    public required decimal? ReportingRate { get; init; }

    /// <summary>Whose the credit was from then on: told by what came next, because a line of before it was written down has none.</summary>
    public required string Credit { get; init; }

    /// <param name="db">The unit of work.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="visible">The deals that count; lines of others are left out.</param>
    public static IQueryable<RatedLine> Of(DealsDbContext db, IQueryable<DealChange> lines, IQueryable<Deal> visible) => lines
        .Join(visible, line => line.DealId, deal => deal.Id, (line, deal) => new { line, deal })
        .LeftJoin(db.Changes, of => new { of.line.DealId, Number = of.line.Number + 1 }, next => new { next.DealId, next.Number }, (of, next) => new RatedLine
        {
            Line = of.line,
            Deal = of.deal,
            ReportingCurrency = next != null ? next.FromReportingCurrency : of.deal.ReportingCurrency,
            ReportingRate = next != null ? next.FromReportingRate : of.deal.ReportingRate,
            Credit = next != null ? next.FromCredit : of.deal.Credit,
        });
}
