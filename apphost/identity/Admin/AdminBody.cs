using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Identity.Admin;

/// <summary>A request's document; what cannot be read is the sender's affair.</summary>
internal static class AdminBody
{
    private const int MaxDepth = 16;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = MaxDepth,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static async Task<JsonNode?> ReadAsync(HttpContext http)
    {
        try
        {
            return await JsonNode.ParseAsync(
                http.Request.Body, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth }, cancellationToken: http.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static async Task<JsonObject?> ReadObjectAsync(HttpContext http) => await ReadAsync(http) as JsonObject;

    /// <summary>The document with what the object names put in place of what it had; null when a value is of the wrong kind.</summary>
    public static T? Merge<T>(T? former, JsonObject changes, params string[] allowed)
        where T : class
    {
        try
        {
            var merged = former is null ? [] : JsonSerializer.SerializeToNode(former, Format)!.AsObject();
            foreach (var name in allowed)
                if (changes.TryGetPropertyValue(name, out var value) && value is not null) merged[name] = value.DeepClone();
            return merged.Deserialize<T>(Format);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonObject Show<T>(T document) => JsonSerializer.SerializeToNode(document, Format)!.AsObject();

    public static bool Truth(this JsonObject document, string name) => document[name] is JsonValue value && value.TryGetValue(out bool truth) && truth;

    public static string? Text(this JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
