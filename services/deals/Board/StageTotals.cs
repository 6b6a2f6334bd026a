using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Deals.Deals;
using Platform.Monetary;
using Platform.Tenancy;

namespace Platform.Deals.Board;

/// <summary>How many deals are in a stage, and what they are worth.</summary>
internal sealed record StageTotals
{
    private int Count { get; init; }

    private int Rotting { get; init; }

    private int Converted { get; init; }

    private decimal Amount { get; init; }

    private decimal Weighted { get; init; }

    private string Currency { get; init; } = "";

    /// <summary>Of a stage without deals.</summary>
    public static StageTotals None(string currency) => new() { Currency = currency };

    /// <summary>Of each stage that has deals. What is in another currency than the company's is being converted, and in no sum until it is.</summary>
    /// <param name="rows">The deals.</param>
    /// <param name="currency">The company's; empty where it is not known.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public static async Task<IReadOnlyDictionary<Guid, StageTotals>> ReadAsync(IQueryable<Deal> rows, string currency, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var decimals = currency.Length == 0 ? 0 : Currencies.DecimalsOf(currency);
        // PostgreSQL rounds as documents do: half away from zero.
        return await rows.Where(deal => deal.StageId != null).GroupBy(deal => deal.StageId!.Value).Select(stage => new
        {
            stage.Key,
            Count = stage.Count(),
            Rotting = stage.Count(deal => deal.RottingSince <= now),
            Converted = stage.Count(deal => deal.ReportingCurrency == currency && deal.ReportingRate != null),
            Amount = stage.Sum(deal => deal.ReportingCurrency == currency && deal.ReportingRate != null ? Math.Round(deal.Amount * deal.ReportingRate.Value, decimals) : 0),
            Weighted = stage.Sum(deal => deal.ReportingCurrency == currency && deal.ReportingRate != null
                ? Math.Round(deal.Amount * deal.ReportingRate.Value * deal.Probability * 0.01m, decimals) : 0),
        }).ToDictionaryAsync(
            stage => stage.Key,
            stage => new StageTotals
            {
                Count = stage.Count,
                Rotting = stage.Rotting,
                Converted = stage.Converted,
                Amount = stage.Amount,
                Weighted = stage.Weighted,
                Currency = currency,
            },
            cancellationToken);
    }

    /// <summary>As much of it as the caller may know.</summary>
    public V1.DealBoardStage ToMessage(Caller caller)
    {
        var message = new V1.DealBoardStage { DealCount = Count };
        if (Sees("rotting_since"))
            message.RottingCount = Rotting;
        if (!Sees("reporting_amount"))
            return message;
        message.UnconvertedCount = Count - Converted;
        if (Currency.Length > 0)
            message.ReportingAmount = Amount.ToMoney(Currency);
        if (Currency.Length > 0 && Sees("probability") && Sees("expected_revenue"))
            message.WeightedReportingAmount = Weighted.ToMoney(Currency);
        return message;

        bool Sees(string field) => caller.CanRead(Deal.Resource.Info, field);
    }
}
