namespace Platform.MailCatcher.Smtp;

/// <summary>Recipients that are refused on purpose, so that failed deliveries can be played. RFC 2606 reserves the domain.</summary>
internal static class RecipientRules
{
    private const string Refused = "invalid";
    private const string TemporarilyRefused = "tempfail.invalid";

    /// <summary>The refusal of a recipient; null when it is welcome.</summary>
    public static SmtpReply? Refusal(string domain)
    {
        if (IsWithin(domain, TemporarilyRefused))
            return new(451, "4.3.0 This domain always fails for now, try again later");
        return IsWithin(domain, Refused) ? new(550, "5.1.2 This domain never accepts mail") : null;
    }

    private static bool IsWithin(string domain, string zone) =>
        domain.Equals(zone, StringComparison.OrdinalIgnoreCase) || domain.EndsWith("." + zone, StringComparison.OrdinalIgnoreCase);
}
