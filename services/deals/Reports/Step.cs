using Platform.Deals.History;
using Platform.Monetary;

namespace Platform.Deals.Reports;

/// <summary>A line of a deal's history, as much of it as reports need.</summary>
internal sealed record Step(
    Guid DealId, DateTimeOffset Time, Guid? PipelineId, Guid? StageId, V1.DealStatus Status, decimal Amount, string ReportingCurrency, decimal? ReportingRate, int Probability, DateOnly? CloseDate)
{
    /// <summary>What the deal was worth in this currency; null where no rate was known.</summary>
    public decimal? In(string currency) => ReportingRate is { } rate && ReportingCurrency == currency && currency.Length > 0
        ? decimal.Round(Amount * rate, Currencies.DecimalsOf(currency), MidpointRounding.AwayFromZero)
        : null;

    public static IQueryable<Step> Of(IQueryable<DealChange> changes) => changes.Select(change => new Step(
        change.DealId, change.CreateTime, change.PipelineId, change.StageId, change.Status, change.Amount, change.ReportingCurrency, change.ReportingRate, change.Probability, change.CloseDate));
}
