using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Identity.Tokens;

/// <summary>Settings of a protocol mapper by Keycloak's keys.</summary>
internal readonly record struct MapperConfig(IReadOnlyDictionary<string, string> Values)
{
    public bool InAccessToken => Flag("access.token.claim");

    public bool InIdentityToken => Flag("id.token.claim");

    public bool InUserInfo => Flag("userinfo.token.claim");

    public string? ClaimName => Text("claim.name");

    public string? Text(string key) => Values.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;

    public bool Flag(string key) => Values.GetValueOrDefault(key) == "true";

    /// <summary>The value as the JSON type that the mapper asks for; an array when it is multivalued.</summary>
    public JsonNode? Typed(IEnumerable<string> values)
    {
        var label = Text("jsonType.label");
        if (Flag("multivalued")) return new JsonArray([.. values.Select(value => Typed(value, label))]);
        return values.FirstOrDefault() is { } single ? Typed(single, label) : null;
    }

    private static JsonNode? Typed(string value, string? label) => label switch
    {
        "boolean" => value == "true",
        "long" or "int" when long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        "JSON" => Parse(value),
        _ => value,
    };

    private static JsonNode? Parse(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return value;
        }
    }
}
