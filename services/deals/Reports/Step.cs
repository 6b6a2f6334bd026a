using Platform.Monetary;

namespace Platform.Deals.Reports;

/// <summary>A line of a deal's history, as much of it as reports need.</summary>
/// <param name="DealId">Whose it is.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Since">From when on the deal was on its way in the pipeline that the line names: a deal of before there were pipelines since it was made.</param>
/// <param name="PipelineId">The pipeline; null before there were any.</param>
/// <param name="StageId">The stage.</param>
/// <param name="Status">What the deal was.</param>
/// <param name="Amount">What it was worth, in its own currency.</param>
/// <param name="ReportingCurrency">Into which the rate converts.</param>
/// <param name="ReportingRate">By which the amount was reported; null where none was known.</param>
/// <param name="Probability">How probable the win was, in percent.</param>
/// <param name="CloseDate">When it was to close.</param>
/// <param name="OwnerId">Who looked after it.</param>
/// <param name="Credit">Whose the credit was.</param>
/// <param name="TeamId">To which team it belonged.</param>
/// <param name="Source">Where it came from.</param>
internal sealed record Step(
    Guid DealId, DateTimeOffset Time, DateTimeOffset Since, Guid? PipelineId, Guid? StageId, V1.DealStatus Status, decimal Amount, string ReportingCurrency, decimal? ReportingRate, int Probability, DateOnly? CloseDate,
    Guid? OwnerId, string Credit, Guid? TeamId, string Source)
{
    /// <summary>Whether the deal went by it.</summary>
    public bool IsDeletion => Status == V1.DealStatus.Unspecified;

    /// <summary>What the deal was worth in this currency; null where no rate was known.</summary>
    public decimal? In(string currency) => Part(currency, percent: 100);

    /// <summary>The same of what was expected of it. Rounded once, as the board and the forecast do.</summary>
    public decimal? ExpectedIn(string currency) => Part(currency, Probability);

    /// <summary>The lines in the order of deals, and of each the first one first.</summary>
    public static IQueryable<Step> Of(IQueryable<RatedLine> lines) => lines.OrderBy(of => of.Line.DealId).ThenBy(of => of.Line.Number).Select(of => new Step(
        of.Line.DealId,
        of.Line.CreateTime,
        of.Line.FromPipelineId == null && of.Deal.CreateTime < of.Line.CreateTime ? of.Deal.CreateTime : of.Line.CreateTime,
        of.Line.PipelineId,
        of.Line.StageId,
        of.Line.Status,
        of.Line.Amount,
        of.ReportingCurrency,
        of.ReportingRate,
        of.Line.Probability,
        of.Line.CloseDate,
        of.Line.OwnerId,
        of.Credit,
        of.Line.TeamId,
        of.Line.Source));

    private decimal? Part(string currency, int percent) => ReportingRate is { } rate && ReportingCurrency == currency && currency.Length > 0
        ? Amounts.PercentOf(Amount * rate, percent, currency)
        : null;
}
