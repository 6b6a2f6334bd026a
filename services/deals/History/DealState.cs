using System.Globalization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Platform.Common.V1;
using Platform.Data;
using Platform.Deals.Deals;
using Platform.Monetary;
using Platform.Monetary.Rates;
using Platform.Pipelines.V1;
using Platform.Rest;

namespace Platform.Deals.History;

/// <summary>What is followed of a deal, and by which rate its amount was reported then: that alone is no change of its way.</summary>
internal sealed record DealState(
    Guid? PipelineId, Guid? StageId, V1.DealStatus Status, string Currency, decimal Amount, int Probability, ForecastCategory ForecastCategory, DateOnly? CloseDate, Guid? OwnerId, string Credit, Guid? TeamId, string Source,
    string ReportingCurrency, decimal? ReportingRate)
{
    /// <summary>Before a deal is there, and after.</summary>
    public static readonly DealState None = new(null, null, V1.DealStatus.Unspecified, "", 0, 0, ForecastCategory.Unspecified, null, null, "", null, "", "", null);

    public static DealState Of(Deal deal) =>
        new(deal.PipelineId, deal.StageId, deal.Status, deal.Currency, deal.Amount, deal.Probability, deal.ForecastCategory, deal.CloseDate, deal.OwnerId, deal.Credit, deal.TeamId, deal.Source,
            deal.ReportingCurrency, deal.ReportingRate);

    /// <summary>As it is in the database.</summary>
    public static DealState Before(EntityEntry<Deal> entry) => Of((Deal)entry.OriginalValues.ToObject());

    /// <summary>The amount in the company's currency; null where it was not known.</summary>
    public Money? Reported => Amount.ToReporting(ReportingCurrency, ReportingRate);

    /// <summary>Whether the other one is elsewhere on its way.</summary>
    public bool IsFollowedBy(DealState to) => this with { ReportingCurrency = to.ReportingCurrency, ReportingRate = to.ReportingRate } != to;

    /// <summary>What the other one has differently, in the names of the contract.</summary>
    public IEnumerable<V1.DealFieldChange> ChangesTo(DealState to) => Texts().Zip(to.Texts())
        .Where(pair => pair.First.Text != pair.Second.Text)
        .Select(pair => new V1.DealFieldChange { Field = pair.First.Field, From = pair.First.Text, To = pair.Second.Text });

    private IEnumerable<(string Field, string Text)> Texts() =>
    [
        ("pipeline_id", PipelineId.ToIdText()),
        ("stage_id", StageId.ToIdText()),
        ("status", Status == V1.DealStatus.Unspecified ? "" : EnumNames.Of(Status)),
        ("amount", Currency.Length == 0 ? "" : Amount.ToMoney(Currency).Amount),
        ("currency", Currency),
        ("probability", Currency.Length == 0 ? "" : Probability.ToString(CultureInfo.InvariantCulture)),
        ("forecast_category", ForecastCategory == ForecastCategory.Unspecified ? "" : EnumNames.Of(ForecastCategory)),
        ("close_date", CloseDate.ToDateText()),
        ("owner_id", OwnerId.ToIdText()),
        ("splits", Credit),
        ("team_id", TeamId.ToIdText()),
        ("source", Source),
    ];
}
