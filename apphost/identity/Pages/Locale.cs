using Microsoft.Net.Http.Headers;
using OpenIddict.Abstractions;

namespace Platform.Identity.Pages;

internal enum Language { English, Russian }

/// <summary>Which language a page speaks: what the link says, else what the application asks for, else what the browser prefers.</summary>
internal static class Locale
{
    public const string Parameter = "kc_locale";

    public static string Code(this Language language) => language == Language.Russian ? "ru" : "en";

    public static Language Of(HttpContext http, OpenIddictRequest? request = null) =>
        Parse((string?)request?.GetParameter(Parameter) ?? http.Request.Query[Parameter])
        ?? (request?.UiLocales ?? "").Split(' ').Select(Parse).FirstOrDefault(language => language is not null)
        ?? Accepted(http)
        ?? Language.English;

    private static Language? Accepted(HttpContext http) => http.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => Parse(language.Value.Value))
        .FirstOrDefault(language => language is not null);

    private static Language? Parse(string? tag) => tag?.Split('-')[0].ToLowerInvariant() switch
    {
        "en" => Language.English,
        "ru" => Language.Russian,
        _ => null,
    };
}
