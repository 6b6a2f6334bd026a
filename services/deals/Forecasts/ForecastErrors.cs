using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Deals.Forecasts;

internal static class ForecastErrors
{
    public static readonly Error NotYours =
        new(Google.Rpc.Code.PermissionDenied, "FORECAST_NOT_YOURS", "A forecast is for the person, for those above them, and for administrators.");

    public static readonly Error Nobody = Error.Invalid("userId", "Name the person whose forecast it is.");

    public static readonly Error NoMember = Error.Invalid("userId", "There is no such member.");

    public static readonly Error MembersUnavailable =
        new(Google.Rpc.Code.Unavailable, "TENANT_UNAVAILABLE", "Who reports to whom cannot be read right now: try again in a moment.");

    public static readonly Error CurrencyUnknown =
        new(Google.Rpc.Code.Unavailable, "CURRENCY_UNKNOWN", "The currency of your company is not known here yet: try again in a moment.");

    // Two at the same moment: whoever comes later has not seen the other one.
    public static readonly UniqueViolation Meanwhile = new(ForecastOverride.UniqueNumber, Error.Stale("forecast"));

    public static Error OtherCurrency(string currency) => Error.Invalid("amount.currency", Say($"Use the currency of your company, {currency}."));
}
