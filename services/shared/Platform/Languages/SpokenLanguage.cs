using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Platform.Languages;

/// <summary>The language in which the call that is being answered wants to be told what is wrong.</summary>
public static class SpokenLanguage
{
    /// <summary>What is spoken where nothing else is asked for, or known.</summary>
    public const string Default = "en";

    private static readonly string[] Known = [Default, "de", "ru"];

    private static readonly AsyncLocal<string?> Asked = new();

    /// <summary>That of the call: two letters.</summary>
    public static string Current => Asked.Value ?? Default;

    /// <summary>The one of Accept-Language that is wanted most among those that are spoken, without its region.</summary>
    public static string Of(StringValues accepted)
    {
        if (StringValues.IsNullOrEmpty(accepted) || !StringWithQualityHeaderValue.TryParseList(accepted, out var wanted))
            return Default;
        return wanted.Where(language => language.Quality is not 0).OrderByDescending(language => language.Quality ?? 1)
            .Select(language => Known.FirstOrDefault(known => known.Equals($"{language.Value}".Split('-')[0], StringComparison.OrdinalIgnoreCase))).FirstOrDefault(known => known is not null) ?? Default;
    }

    /// <summary>From here on, and in all that is awaited from here, the language is spoken.</summary>
    internal static void Speak(string language) => Asked.Value = language;
}
