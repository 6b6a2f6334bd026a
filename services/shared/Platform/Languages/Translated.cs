namespace Platform.Languages;

/// <summary>Texts that a company has written in several languages.</summary>
public static class Translated
{
    /// <summary>The text in the language of the call, without regard to its region; else the untranslated one.</summary>
    /// <param name="translations">By language: "ru".</param>
    /// <param name="otherwise">The untranslated text.</param>
    public static string Pick(IDictionary<string, string> translations, string otherwise) =>
        translations.FirstOrDefault(text => string.Equals(text.Key.Split('-')[0], SpokenLanguage.Current, StringComparison.OrdinalIgnoreCase)).Value ?? otherwise;
}
