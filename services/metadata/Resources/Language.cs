using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Platform.Languages;

namespace Platform.Metadata.Resources;

/// <summary>The language of labels and of what is said of mistakes.</summary>
internal static class Language
{
    public const string Default = "en";

    private static readonly AsyncLocal<string?> Asked = new();

    /// <summary>That of the call which is being answered.</summary>
    public static string Current => Asked.Value ?? Default;

    /// <summary>The one that the request names, else the one of Accept-Language that is wanted most, without its region.</summary>
    public static string Of(string named, ServerCallContext context)
    {
        var text = named.Length > 0 ? named : MostWanted(context.GetHttpContext().Request.Headers.AcceptLanguage);
        var language = text.Trim().Split('-')[0].ToLowerInvariant();
        return language.Length is 2 or 3 && language.All(char.IsAsciiLetter) ? language : Default;
    }

    /// <summary>The text in that language, else the untranslated one.</summary>
    public static string Pick(IDictionary<string, string> translations, string language, string otherwise) =>
        translations.FirstOrDefault(text => string.Equals(text.Key.Split('-')[0], language, StringComparison.OrdinalIgnoreCase)).Value ?? otherwise;

    /// <summary>Whether they are texts by language, each short enough for a label.</summary>
    public static bool AreTranslations(IDictionary<string, string> texts) =>
        texts.All(text => text.Key.Length is >= 2 and <= 12 && text.Key.All(c => char.IsAsciiLetter(c) || c == '-') && text.Value.Length is > 0 and <= 100 && !text.Value.Any(char.IsControl));

    /// <summary>One of three, in the language of the call; where that is another one, in the next that is wanted.</summary>
    public static string Say(string english, string german, string russian) => (Current is "en" or "de" or "ru" ? Current : SpokenLanguage.Current) switch
    {
        "de" => german,
        "ru" => russian,
        _ => english,
    };

    private static string MostWanted(StringValues accepted) => !StringWithQualityHeaderValue.TryParseList(accepted, out var wanted) ? ""
        : wanted.Where(language => language.Quality is not 0).OrderByDescending(language => language.Quality ?? 1).Select(language => $"{language.Value}").FirstOrDefault() ?? "";

    /// <summary>From here on, and in all that is awaited from here, the call's language is spoken.</summary>
    internal static void Speak(string language) => Asked.Value = language;
}
