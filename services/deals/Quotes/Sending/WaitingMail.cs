using System.Text.Json;

namespace Platform.Deals.Quotes.Sending;

/// <summary>A quote's message as it waits beside the hash of its link; no longer than until it is handed over, for it tells the link.</summary>
/// <param name="Link">Path of the page.</param>
/// <param name="To">The addresses.</param>
/// <param name="Message">What it says above the link.</param>
/// <param name="CausedBy">Id of the person who sent it; empty where nobody is known.</param>
internal sealed record WaitingMail(string Link, IReadOnlyList<string> To, string Message, string CausedBy)
{
    public string Write() => JsonSerializer.Serialize(this);

    public static WaitingMail Read(string text) => JsonSerializer.Deserialize<WaitingMail>(text)!;
}
