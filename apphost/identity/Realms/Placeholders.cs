using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Identity.Realms;

/// <summary>
/// Replaces <c>${NAME}</c> and <c>${NAME:default}</c> by settings. Only names in capitals are placeholders: Keycloak's own
/// <c>${client_id}</c> in a mapper is not.
/// </summary>
internal static partial class Placeholders
{
    public static string Replace(string json, Func<string, string?> lookup)
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var replaced = Pattern().Replace(json, match =>
        {
            var value = lookup(match.Groups["name"].Value);
            if (!string.IsNullOrEmpty(value)) return JsonEncodedText.Encode(value).Value;
            if (match.Groups["default"].Success) return match.Groups["default"].Value;
            missing.Add(match.Groups["name"].Value);
            return "";
        });
        return missing.Count == 0
            ? replaced
            : throw new StartupException($"The realm file needs {string.Join(", ", missing)}: set the environment variable of that name.");
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Z][A-Z0-9_]*)(?::(?<default>[^}""]*))?\}")]
    private static partial Regex Pattern();
}
