using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Monetary;

namespace Platform.Tenants.ExchangeRates;

/// <summary>What a unit of another currency is worth in the company's, from a day on. One that was deleted stays without a number, so that copies hear of it.</summary>
internal sealed class ExchangeRate : Entity
{
    public string CompanyCurrency { get; private init; } = "";

    public string Currency { get; private init; } = "";

    public DateOnly ValidFrom { get; private init; }

    public decimal? Rate { get; private set; }

    /// <summary>Grows with every change of the company's rates.</summary>
    public long ChangeNumber { get; private set; }

    public static ExchangeRate Create(string companyCurrency, string currency, DateOnly validFrom, DateTimeOffset now) =>
        new() { CompanyCurrency = companyCurrency, Currency = currency, ValidFrom = validFrom, CreateTime = now };

    public void Set(decimal? rate, long changeNumber, DateTimeOffset now) => (Rate, ChangeNumber, UpdateTime) = (rate, changeNumber, now);

    public V1.ExchangeRate ToMessage() => new()
    {
        Currency = Currency,
        ValidFrom = RateDates.Format(ValidFrom),
        Rate = Rate is { } rate ? DecimalText.Format(rate) : "",
        CompanyCurrency = CompanyCurrency,
        UpdateTime = UpdateTime.ToTimestamp(),
    };
}
