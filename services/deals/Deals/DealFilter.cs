using Platform.Filtering;

namespace Platform.Deals.Deals;

/// <summary>What expressions may say of deals.</summary>
internal static class DealFilter
{
    public static FilterSchema<Deal> Schema { get; } = FilterSchema.Of<Deal>(fields => fields
        .Id("id", deal => deal.Id)
        .Text("name", deal => deal.Name)
        .Id("company_id", deal => deal.CompanyId)
        .Id("person_id", deal => deal.PersonId)
        .Id("owner_id", deal => deal.OwnerId)
        .Choice<V1.DealStatus>("status", deal => deal.Status)
        .Text("currency", deal => deal.Currency)
        .Money("amount", deal => deal.Amount, deal => deal.Currency)
        .Number("probability", deal => (int?)deal.Probability)
        .Date("close_date", deal => deal.CloseDate)
        .Text("lost_reason", deal => deal.LostReason)
        .Text("flag_code", deal => deal.FlagCode)
        .Custom("custom_fields", deal => deal.CustomFields)
        .Instant("create_time", deal => deal.CreateTime)
        .Instant("update_time", deal => deal.UpdateTime));
}
