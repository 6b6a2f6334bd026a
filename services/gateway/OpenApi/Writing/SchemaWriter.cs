using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Platform.Gateway.OpenApi.Reading;

namespace Platform.Gateway.OpenApi.Writing;

/// <summary>Writes messages and enums as the transcoder does: names in lowerCamelCase, enums by name, what has no presence of its own always there.</summary>
internal sealed class SchemaWriter
{
    private readonly SortedDictionary<string, JsonObject> _components = new(StringComparer.Ordinal);

    /// <summary>All that were asked for and what they refer to, by name.</summary>
    public JsonObject Components => new(_components.Select(component => KeyValuePair.Create(component.Key, (JsonNode?)component.Value)));

    /// <summary>Adds a schema that is no message.</summary>
    public void Add(string name, JsonObject schema) => _components.Add(name, schema);

    /// <summary>The schema of a message, or a reference to it.</summary>
    public JsonObject Of(MessageDescriptor message, Direction direction)
    {
        if (WellKnown.Schema(message.FullName) is { } wellKnown)
            return wellKnown;
        var name = NameOf(message, direction);
        if (_components.TryAdd(name, []))
            Fill(_components[name], message, direction);
        return Reference(name);
    }

    /// <summary>The schema of a field, with what the contract says of it.</summary>
    public JsonObject Of(FieldDescriptor field, Direction direction)
    {
        var schema = field.IsMap
            ? new JsonObject { ["type"] = "object", ["additionalProperties"] = Single(field.MessageType.FindFieldByNumber(2), direction) }
            : field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = Single(field, direction) } : Single(field, direction);
        if (Comments.Of(field) is { Length: > 0 } comment)
            schema["description"] = comment;
        if (field.GetOptions()?.Deprecated is true)
            schema["deprecated"] = true;
        return schema;
    }

    /// <summary>What a request's fields are called where answers have the same message.</summary>
    public static string NameOf(MessageDescriptor message, Direction direction) =>
        Names.Component(message) + (direction == Direction.Input && !message.Name.EndsWith("Request", StringComparison.Ordinal) ? "Input" : "");

    private void Fill(JsonObject schema, MessageDescriptor message, Direction direction)
    {
        schema["type"] = "object";
        if (Comments.Of(message) is { Length: > 0 } comment)
            schema["description"] = comment;
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            var property = Of(field, direction);
            if (Comments.IsOutputOnly(field))
                property["readOnly"] = true;
            if (Comments.IsInputOnly(field))
                property["writeOnly"] = true;
            properties[field.JsonName] = property;
            if (direction != Direction.Input && !field.HasPresence)
                required.Add(field.JsonName);
        }

        schema["properties"] = properties;
        if (required.Count > 0)
            schema["required"] = required;
    }

    private JsonObject Single(FieldDescriptor field, Direction direction) => field.FieldType switch
    {
        FieldType.Message or FieldType.Group => Of(field.MessageType, direction),
        FieldType.Enum => Of(field.EnumType),
        FieldType.Bool => new() { ["type"] = "boolean" },
        FieldType.String => new() { ["type"] = "string" },
        FieldType.Bytes => new() { ["type"] = "string", ["contentEncoding"] = "base64" },
        FieldType.Float or FieldType.Double => new() { ["type"] = "number", ["format"] = field.FieldType == FieldType.Float ? "float" : "double" },
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Long("int64", direction),
        FieldType.UInt64 or FieldType.Fixed64 => Long("uint64", direction),
        FieldType.UInt32 or FieldType.Fixed32 => new() { ["type"] = "integer", ["format"] = "uint32" },
        _ => new() { ["type"] = "integer", ["format"] = "int32" },
    };

    // The transcoder writes numbers, and reads texts too.
    private static JsonObject Long(string format, Direction direction) => new()
    {
        ["type"] = direction switch { Direction.Text => "string", Direction.Input => new JsonArray("integer", "string"), _ => "integer" },
        ["format"] = format,
    };

    private JsonObject Of(EnumDescriptor type)
    {
        var name = Names.Component(type);
        if (_components.TryAdd(name, []))
            Fill(_components[name], type);
        return Reference(name);
    }

    private static void Fill(JsonObject schema, EnumDescriptor type)
    {
        schema["type"] = "string";
        var lines = type.Values.Select(value => (value.Name, Comment: Comments.Of(value))).Where(value => value.Comment.Length > 0).ToList();
        var text = string.Join("\n", lines.Select(value => $"- `{value.Name}`: {value.Comment}"));
        if (string.Join("\n\n", new[] { Comments.Of(type), text }.Where(part => part.Length > 0)) is { Length: > 0 } description)
            schema["description"] = description;
        schema["enum"] = new JsonArray([.. type.Values.Select(value => (JsonNode)value.Name)]);
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };
}
