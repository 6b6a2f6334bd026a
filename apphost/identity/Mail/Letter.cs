using Platform.Identity.Pages;

namespace Platform.Identity.Mail;

/// <summary>A mail with at most one button.</summary>
internal sealed record Letter(string To, string ToName, Language Language, string Subject, IReadOnlyList<string> Paragraphs)
{
    public string? ButtonText { get; init; }

    public string? Link { get; init; }
}
