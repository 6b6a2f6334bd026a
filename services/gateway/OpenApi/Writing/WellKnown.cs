using System.Text.Json.Nodes;

namespace Platform.Gateway.OpenApi.Writing;

/// <summary>Google's messages that JSON writes in a form of their own.</summary>
internal static class WellKnown
{
    /// <summary>Whether it is one of them.</summary>
    public static bool Is(string fullName) => Schema(fullName) is not null;

    /// <summary>The schema; null for every other message.</summary>
    public static JsonObject? Schema(string fullName) => fullName switch
    {
        "google.protobuf.Timestamp" => new() { ["type"] = "string", ["format"] = "date-time", ["examples"] = new JsonArray("2026-01-31T12:00:00Z") },
        "google.protobuf.Duration" => new() { ["type"] = "string", ["pattern"] = @"^-?[0-9]+(\.[0-9]{1,9})?s$", ["description"] = "Seconds.", ["examples"] = new JsonArray("3600s") },
        "google.protobuf.FieldMask" => new() { ["type"] = "string", ["description"] = "Names of fields, separated by commas.", ["examples"] = new JsonArray("name,customFields") },
        "google.protobuf.Struct" => new() { ["type"] = "object", ["additionalProperties"] = true },
        "google.protobuf.Value" => new() { ["description"] = "Any JSON value." },
        "google.protobuf.ListValue" => new() { ["type"] = "array", ["items"] = new JsonObject() },
        "google.protobuf.Empty" => new() { ["type"] = "object" },
        "google.protobuf.Any" => Any(),
        "google.protobuf.BoolValue" => Nullable("boolean"),
        "google.protobuf.StringValue" => Nullable("string"),
        "google.protobuf.BytesValue" => Nullable("string", "byte"),
        "google.protobuf.Int32Value" => Nullable("integer", "int32"),
        "google.protobuf.UInt32Value" => Nullable("integer", "uint32"),
        "google.protobuf.Int64Value" => Nullable("integer", "int64"),
        "google.protobuf.UInt64Value" => Nullable("integer", "uint64"),
        "google.protobuf.FloatValue" => Nullable("number", "float"),
        "google.protobuf.DoubleValue" => Nullable("number", "double"),
        _ => null,
    };

    private static JsonObject Any() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("@type"),
        ["properties"] = new JsonObject { ["@type"] = new JsonObject { ["type"] = "string", ["description"] = "Names the kind of the other fields." } },
        ["additionalProperties"] = true,
    };

    private static JsonObject Nullable(string type, string? format = null)
    {
        var schema = new JsonObject { ["type"] = new JsonArray(type, "null") };
        if (format is not null)
            schema["format"] = format;
        return schema;
    }
}
