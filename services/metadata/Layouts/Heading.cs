using Platform.CustomFields.V1;

namespace Platform.Metadata.Layouts;

/// <summary>What the platform calls a section that it makes itself, in every language: a layout that begins with it is read in others than that of whoever makes it.</summary>
/// <param name="Text">In English, or what the company wrote.</param>
/// <param name="ByLanguage">The same by language, English among them; none for what the company wrote once for all.</param>
internal sealed record Heading(string Text, IReadOnlyDictionary<string, string> ByLanguage)
{
    public static Heading None { get; } = Of("");

    public static Heading More { get; } = Of("More", "Weiteres", "Ещё");

    public static Heading History { get; } = Of("History", "Verlauf", "История");

    public static Heading Of(string text) => new(text, new Dictionary<string, string>());

    public static Heading Of(string english, string german, string russian) =>
        new(english, new Dictionary<string, string>(StringComparer.Ordinal) { ["en"] = english, ["de"] = german, ["ru"] = russian });

    /// <summary>The section with this heading.</summary>
    public LayoutSection Over(LayoutSection section)
    {
        section.Title = Text;
        foreach (var (language, text) in ByLanguage)
            section.TitleTranslations[language] = text;
        return section;
    }
}
