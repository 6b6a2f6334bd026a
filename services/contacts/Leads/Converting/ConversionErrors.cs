using Platform.Errors;

namespace Platform.Contacts.Leads.Converting;

internal static class ConversionErrors
{
    public static readonly Error Running = new(Google.Rpc.Code.Aborted, "CONVERSION_RUNNING", "This lead is being converted at this moment: look at it again in a minute.");

    public static readonly Error TooLate = new(Google.Rpc.Code.Aborted, "CONVERSION_TOO_LATE", "The conversion took too long and was given up: repeat the call.");

    public static readonly Error DealsUnavailable = new(Google.Rpc.Code.Unavailable, "DEALS_UNAVAILABLE", "The deal cannot be made right now, so the lead was not converted: try again in a moment.");

    public static Error NotFound(string id) => Error.NotFound("conversion", id);
}
