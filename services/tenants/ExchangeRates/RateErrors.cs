using Platform.Errors;

namespace Platform.Tenants.ExchangeRates;

internal static class RateErrors
{
    public static readonly Error WithoutCurrency =
        Error.Precondition("COMPANY_WITHOUT_CURRENCY", "The company has no currency of ISO 4217: set the company's own currency first, such as EUR.");

    public static Error NotFound(string currency, string validFrom) => Error.NotFound("exchange rate", $"{currency}/{validFrom}");
}
