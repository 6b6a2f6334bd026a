using System.Text.Json.Nodes;

namespace Platform.Identity.Tokens;

/// <summary>Claims by the place they go to.</summary>
internal sealed class MappedClaims
{
    public JsonObject AccessToken { get; } = [];

    public JsonObject IdentityToken { get; } = [];

    public JsonObject UserInfo { get; } = [];

    public HashSet<string> Audiences { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes the value at a dotted path in the documents that the mapper names.</summary>
    public void Set(MapperConfig config, string path, JsonNode value)
    {
        if (config.InAccessToken) Set(AccessToken, path, value);
        if (config.InIdentityToken) Set(IdentityToken, path, value);
        if (config.InUserInfo) Set(UserInfo, path, value);
    }

    // Keycloak nests a claim at each dot; a literal dot is written "\.".
    private static void Set(JsonObject document, string path, JsonNode value)
    {
        var names = path.Replace("\\.", "\0").Split('.').Select(name => name.Replace('\0', '.')).ToArray();
        foreach (var name in names[..^1])
        {
            if (document[name] is not JsonObject child) document[name] = child = [];
            document = child;
        }
        document[names[^1]] = value.DeepClone();
    }
}
