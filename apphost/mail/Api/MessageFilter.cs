using Platform.MailCatcher.Inbox;

namespace Platform.MailCatcher.Api;

/// <summary>Conditions on messages; all that are given must hold.</summary>
/// <param name="To">A part of a recipient of the envelope.</param>
/// <param name="From">A part of the sender.</param>
/// <param name="Subject">A part of the subject.</param>
/// <param name="Query">Words that each stand somewhere in sender, recipients, subject or preview.</param>
internal sealed record MessageFilter(string? To, string? From, string? Subject, [property: Microsoft.AspNetCore.Mvc.FromQuery(Name = "q")] string? Query)
{
    public bool Matches(MessageSummary message) =>
        (To is null || message.Recipients.Any(recipient => Has(recipient, To)))
        && (From is null || Has(message.Sender, From) || Has(message.From, From))
        && (Subject is null || Has(message.Subject, Subject))
        && (Query ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => Mentions(message, word));

    private static bool Mentions(MessageSummary message, string word) =>
        Has(message.Subject, word) || Has(message.From, word) || Has(message.Preview, word) || message.Recipients.Any(recipient => Has(recipient, word));

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
