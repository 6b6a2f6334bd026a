using Platform.Identity.Pages;
using Platform.Identity.Realms;

namespace Platform.Identity.Consents;

/// <summary>Scopes in plain words: the realm file's consent text, looked up in its localization where it names a key.</summary>
internal static class ScopeWords
{
    public static string Of(Realm realm, ClientScopeDocument scope, Language language)
    {
        var text = scope.ConsentText;
        if (string.IsNullOrEmpty(text)) return scope.Description ?? scope.Name;
        if (!text.StartsWith("${", StringComparison.Ordinal) || !text.EndsWith('}')) return text;
        return Find(realm, text[2..^1], language) ?? Find(realm, text[2..^1], Language.English) ?? scope.Description ?? scope.Name;
    }

    private static string? Find(Realm realm, string key, Language language) =>
        realm.Settings.LocalizationTexts.TryGetValue(language.Code(), out var texts) ? texts.GetValueOrDefault(key) : null;
}
