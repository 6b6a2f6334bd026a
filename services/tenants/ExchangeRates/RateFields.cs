using Platform.Filtering;

namespace Platform.Tenants.ExchangeRates;

/// <summary>What rates may be filtered and sorted by.</summary>
internal static class RateFields
{
    public static FilterSchema<ExchangeRate> Schema { get; } = FilterSchema.Of<ExchangeRate>(fields => fields
        .Text("currency", row => row.Currency, sortable: true)
        .Date("valid_from", row => row.ValidFrom, sortable: true)
        .Number("rate", row => row.Rate, sortable: true)
        .Text("company_currency", row => row.CompanyCurrency)
        .Instant("update_time", row => row.UpdateTime, sortable: true));
}
