namespace Platform.Communications.Delivery;

/// <summary>What came of an attempt.</summary>
/// <param name="Kind">Whether it was taken, and whether trying again makes sense.</param>
/// <param name="Error">What the server said, or why it could not be reached.</param>
internal sealed record SmtpOutcome(SmtpOutcomeKind Kind, string Error)
{
    public static readonly SmtpOutcome Accepted = new(SmtpOutcomeKind.Accepted, "");

    public static SmtpOutcome Refused(string error) => new(SmtpOutcomeKind.Refused, error);

    public static SmtpOutcome FailedForNow(string error) => new(SmtpOutcomeKind.FailedForNow, error);
}

internal enum SmtpOutcomeKind
{
    /// <summary>The server has it (2xx).</summary>
    Accepted,

    /// <summary>The server never wants it (5xx).</summary>
    Refused,

    /// <summary>4xx, or no answer.</summary>
    FailedForNow,
}
