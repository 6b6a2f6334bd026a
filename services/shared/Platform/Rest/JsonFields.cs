using System.Collections.Concurrent;
using System.Text.Json;
using Google.Protobuf.Reflection;
using Platform.Errors;

namespace Platform.Rest;

/// <summary>Compares a JSON text with the fields of a message, without building a document.</summary>
internal static class JsonFields
{
    private static readonly ConcurrentDictionary<MessageDescriptor, Dictionary<string, FieldDescriptor>> Known = new();

    /// <summary>The field of that name, as JSON writes it or as the .proto does.</summary>
    public static FieldDescriptor? Find(MessageDescriptor message, string name) => Known.GetOrAdd(message, Index).GetValueOrDefault(name);

    /// <summary>A path in the names of the .proto as JSON writes it: <c>line_items.unit_price</c> → <c>lineItems.unitPrice</c>.</summary>
    public static string JsonNameOf(string path) => string.Join('.', path.Split('.').Select(part =>
        string.Concat(part.Split('_').Select((word, i) => i == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]))));

    /// <summary>The first property that names no field, stands twice or has a value of another kind, as an error with its path; null where none does.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="InvalidOperationException">A text in it holds half of a surrogate pair.</exception>
    public static Error? FirstViolation(ReadOnlySpan<byte> json, MessageDescriptor message)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var violation = reader.TokenType == JsonTokenType.StartObject ? Walk(ref reader, message, "") : new FieldViolation("body", "Send a JSON object.");
        // To the end, so that a text that breaks off later is called malformed here and not further down.
        while (reader.Read())
        {
        }

        return violation is null ? null : Error.Invalid([violation]);
    }

    private static FieldViolation? Walk(ref Utf8JsonReader reader, MessageDescriptor message, string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject || IsWellKnown(message))
        {
            reader.Skip();
            return null;
        }

        var (violation, seen) = ((FieldViolation?)null, 0UL);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var here = path.Length == 0 ? name : $"{path}.{name}";
            var field = Find(message, name);
            reader.Read();
            var inner = field is null ? new FieldViolation(here, "There is no such field.")
                : IsFirst(ref seen, field) ? WalkValue(ref reader, field, here) : new FieldViolation(here, "This field stands twice.");
            reader.Skip();
            violation ??= inner;
        }

        return violation;
    }

    private static FieldViolation? WalkValue(ref Utf8JsonReader reader, FieldDescriptor field, string path)
    {
        if (field.IsMap)
            return reader.TokenType is JsonTokenType.StartObject or JsonTokenType.Null ? null : new FieldViolation(path, "Use an object.");
        if (!field.IsRepeated)
            return WalkSingle(ref reader, field, path);
        if (reader.TokenType != JsonTokenType.StartArray)
            return reader.TokenType == JsonTokenType.Null ? null : new FieldViolation(path, "Use a list.");
        FieldViolation? violation = null;
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            violation = WalkSingle(ref reader, field, $"{path}[{index}]") ?? violation;
            reader.Skip();
        }

        return violation;
    }

    private static FieldViolation? WalkSingle(ref Utf8JsonReader reader, FieldDescriptor field, string path)
    {
        if (JsonKinds.Problem(ref reader, field) is { } problem)
            return new FieldViolation(path, problem);
        return field.FieldType == FieldType.Message ? Walk(ref reader, field.MessageType, path) : null;
    }

    // No message of ours has as many fields as that.
    private static bool IsFirst(ref ulong seen, FieldDescriptor field)
    {
        var bit = field.Index < 64 ? 1UL << field.Index : 0;
        var first = (seen & bit) == 0;
        seen |= bit;
        return first;
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
