using Platform.Errors;

namespace Platform.Publishing;

/// <summary>What is said to whoever asks for a public page that is not there.</summary>
public static class PublicErrors
{
    /// <summary>The same whatever the reason: nobody learns which companies there are, or how they stand.</summary>
    public static readonly Error Unknown = new(Google.Rpc.Code.NotFound, "PAGE_UNKNOWN", "There is no such page, or not any more.");

    /// <summary>Another service that the page needs does not answer.</summary>
    public static readonly Error Unavailable = new(Google.Rpc.Code.Unavailable, "PAGE_UNAVAILABLE", "The page cannot be shown right now: try again in a moment.");
}
