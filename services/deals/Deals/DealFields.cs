using Platform.Deals.Roles;
using Platform.Filtering;

namespace Platform.Deals.Deals;

/// <summary>What deals may be filtered and sorted by.</summary>
internal static class DealFields
{
    public static FilterSchema<Deal> Schema { get; } = FilterSchema.Of<Deal>(fields => fields
        .Id("id", deal => deal.Id)
        .Text("name", deal => deal.Name, sortable: true)
        .Id("company_id", deal => deal.CompanyId)
        .Id("person_id", deal => deal.PersonId)
        .Id("owner_id", deal => deal.OwnerId)
        .Choice("status", deal => deal.Status)
        .Text("currency", deal => deal.Currency)
        .Money("amount", deal => deal.Amount, deal => deal.Currency, sortable: true, rate: deal => deal.ReportingRate)
        .Money("amount_estimate", deal => deal.AmountEstimate, deal => deal.Currency, sortable: true, rate: deal => deal.ReportingRate)
        .Reported("reporting_amount", deal => deal.Amount, deal => deal.ReportingRate, deal => deal.ReportingCurrency)
        .Number("probability", deal => deal.Probability, sortable: true)
        .Date("close_date", deal => deal.CloseDate, sortable: true)
        .Text("lost_reason", deal => deal.LostReason)
        .Text("flag_code", deal => deal.FlagCode)
        .Text("flag_reason", deal => deal.FlagReason)
        .Instant("close_time", deal => deal.CloseTime, sortable: true)
        .Id("pipeline_id", deal => deal.PipelineId)
        .Id("stage_id", deal => deal.StageId)
        .Choice("forecast_category", deal => deal.ForecastCategory)
        .Instant("stage_change_time", deal => deal.StageChangeTime, sortable: true)
        .Instant("rotting_since", deal => deal.RottingSince, sortable: true)
        .Id("loss_reason_id", deal => deal.LossReasonId)
        .Text("source", deal => deal.Source)
        .Id("team_id", deal => deal.TeamId)
        .Text("next_step", deal => deal.NextStep)
        .Date("next_step_date", deal => deal.NextStepDate, sortable: true)
        .Among("contacts", PeopleOfDeals.With)
        .Custom("custom_fields", deal => deal.CustomFields, "deals.deal")
        .Instant("create_time", deal => deal.CreateTime, sortable: true)
        .Instant("update_time", deal => deal.UpdateTime, sortable: true));
}
