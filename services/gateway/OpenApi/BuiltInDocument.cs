using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keycloak.AuthServices.Authentication;
using Keycloak.AuthServices.Common;
using Platform.Gateway.OpenApi.Writing;
using Platform.Gateway.Routing;

namespace Platform.Gateway.OpenApi;

/// <summary>The document of the contracts alone, made at the first question.</summary>
internal sealed class BuiltInDocument(IConfiguration configuration)
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    private readonly Lazy<OpenApiText> _text = new(() => TextOf(Write(RealmOf(configuration))));

    /// <summary>As it is sent.</summary>
    public OpenApiText Text => _text.Value;

    /// <summary>One of one's own, to be changed.</summary>
    public JsonObject Copy() => JsonNode.Parse(Text.Bytes)!.AsObject();

    /// <summary>The document with the addresses of that realm.</summary>
    public static JsonObject Write(Uri realm) => DocumentWriter.Write(Domains.All, realm);

    /// <summary>The document as it is kept in the repository: for people to compare.</summary>
    public static string Readable(JsonObject document) => document.ToJsonString(Indented) + "\n";

    /// <summary>A document as bytes, with the tag that they are known by.</summary>
    public static OpenApiText TextOf(JsonObject document)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document, Compact);
        return new OpenApiText(bytes, OpenApiText.TagOf(SHA256.HashData(bytes)));
    }

    private static Uri RealmOf(IConfiguration configuration) =>
        new(configuration.GetKeycloakOptions<KeycloakAuthenticationOptions>()?.KeycloakUrlRealm ?? "http://localhost/realms/platform/");
}

/// <summary>A document ready to be sent.</summary>
/// <param name="Bytes">JSON in UTF-8.</param>
/// <param name="Tag">Its ETag.</param>
internal sealed record OpenApiText(byte[] Bytes, string Tag)
{
    /// <summary>A weak tag: answers are compressed on their way.</summary>
    public static string TagOf(byte[] hash) => $"W/\"{Convert.ToHexStringLower(hash.AsSpan(0, 12))}\"";
}
