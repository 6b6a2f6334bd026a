using System.Collections.Concurrent;
using System.Text.Json;
using Google.Protobuf.Reflection;
using Platform.Errors;

namespace Platform.Rest;

/// <summary>Compares the property names of a JSON text with the fields of a message, without building a document.</summary>
internal static class JsonFields
{
    private static readonly ConcurrentDictionary<MessageDescriptor, Dictionary<string, FieldDescriptor>> Known = new();

    /// <summary>The field of that name, as JSON writes it or as the .proto does.</summary>
    public static FieldDescriptor? Find(MessageDescriptor message, string name) => Known.GetOrAdd(message, Index).GetValueOrDefault(name);

    /// <summary>The first property that names no field, as an error with its path; null where all do.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static Error? FirstUnknown(ReadOnlySpan<byte> json, MessageDescriptor message)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var unknown = Walk(ref reader, message, "");
        // To the end, so that a text that breaks off later is called malformed here and not further down.
        while (reader.Read())
        {
        }

        return unknown is null ? null : Error.Invalid(unknown, "There is no such field.");
    }

    private static string? Walk(ref Utf8JsonReader reader, MessageDescriptor message, string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject || IsWellKnown(message))
        {
            reader.Skip();
            return null;
        }

        string? unknown = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var here = path.Length == 0 ? name : $"{path}.{name}";
            var field = Find(message, name);
            reader.Read();
            var inner = field is null ? here : WalkValue(ref reader, field, here);
            if (field is null)
                reader.Skip();
            unknown ??= inner;
        }

        return unknown;
    }

    private static string? WalkValue(ref Utf8JsonReader reader, FieldDescriptor field, string path)
    {
        if (field.FieldType != FieldType.Message || field.IsMap)
        {
            reader.Skip();
            return null;
        }

        if (!field.IsRepeated || reader.TokenType != JsonTokenType.StartArray)
            return Walk(ref reader, field.MessageType, path);
        string? unknown = null;
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            unknown = Walk(ref reader, field.MessageType, $"{path}[{index}]") ?? unknown;
        return unknown;
    }

    private static bool IsWellKnown(MessageDescriptor message) => message.File.Package == "google.protobuf";

    private static Dictionary<string, FieldDescriptor> Index(MessageDescriptor message)
    {
        var names = new Dictionary<string, FieldDescriptor>(StringComparer.Ordinal);
        foreach (var field in message.Fields.InDeclarationOrder())
            names[field.JsonName] = names[field.Name] = field;
        return names;
    }
}
