using System.Globalization;
using System.Text.Json;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using static Platform.Languages.Wording;

namespace Platform.Rest;

/// <summary>Whether values are of the kind that a field has, after the JSON mapping of proto3; where not, what to send instead.</summary>
internal static class JsonKinds
{
    private const int MaxNames = 12;

    /// <summary>What is wrong with the value at which the reader stands; null where nothing is. <c>null</c> is every field's default.</summary>
    /// <exception cref="InvalidOperationException">The text holds half of a surrogate pair.</exception>
    public static string? Problem(ref Utf8JsonReader reader, FieldDescriptor field) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        // Only an escaped text can be no text after all; the others need not be copied.
        JsonTokenType.String when field.FieldType == FieldType.String && !reader.ValueIsEscaped => null,
        JsonTokenType.String => TextProblem(reader.GetString()!, field, quoted: true),
        JsonTokenType.Number => NumberProblem(ref reader, field),
        JsonTokenType.True or JsonTokenType.False => field.FieldType == FieldType.Bool || IsAny(field) ? null : Expected(field),
        JsonTokenType.StartObject => field.FieldType == FieldType.Message && !IsText(field) ? null : Expected(field),
        _ => IsAny(field) || field is { FieldType: FieldType.Message, MessageType.FullName: "google.protobuf.ListValue" } ? null : Expected(field),
    };

    /// <summary>What is wrong with a value that is written as text; not <paramref name="quoted"/> in an address.</summary>
    public static string? TextProblem(string text, FieldDescriptor field, bool quoted) => field.FieldType switch
    {
        FieldType.String or FieldType.Bytes => null,
        FieldType.Bool => !quoted && text is "true" or "false" ? null : Expected(field),
        FieldType.Enum => field.EnumType.FindValueByName(text) is not null || (!quoted && int.TryParse(text, CultureInfo.InvariantCulture, out _)) ? null : Expected(field),
        FieldType.Message => field.MessageType.FullName == Timestamp.Descriptor.FullName
            ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) ? null : Expected(field)
            : IsText(field) || IsAny(field) ? null : Expected(field),
        FieldType.Float or FieldType.Double => text is "NaN" or "Infinity" or "-Infinity" || double.TryParse(text, CultureInfo.InvariantCulture, out _) ? null : Expected(field),
        _ => long.TryParse(text, CultureInfo.InvariantCulture, out var number) && IsInRange(number, field) ? null : Expected(field),
    };

    private static string? NumberProblem(ref Utf8JsonReader reader, FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Float or FieldType.Double => null,
        FieldType.Enum => reader.TryGetInt32(out _) ? null : Expected(field),
        FieldType.String or FieldType.Bytes or FieldType.Bool => Expected(field),
        FieldType.Message => IsAny(field) ? null : Expected(field),
        FieldType.UInt64 or FieldType.Fixed64 => reader.TryGetUInt64(out _) ? null : Expected(field),
        _ => reader.TryGetInt64(out var number) && IsInRange(number, field) ? null : Expected(field),
    };

    private static bool IsInRange(long number, FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => number is >= int.MinValue and <= int.MaxValue,
        FieldType.UInt32 or FieldType.Fixed32 => number is >= 0 and <= uint.MaxValue,
        FieldType.UInt64 or FieldType.Fixed64 => number >= 0,
        _ => true,
    };

    /// <summary>JSON writes it as a text though it is a message.</summary>
    private static bool IsText(FieldDescriptor field) =>
        field is { FieldType: FieldType.Message, MessageType.FullName: "google.protobuf.Timestamp" or "google.protobuf.Duration" or "google.protobuf.FieldMask" };

    /// <summary>Takes every kind of value.</summary>
    private static bool IsAny(FieldDescriptor field) => field.FieldType == FieldType.Message
        && (field.MessageType.FullName == Value.Descriptor.FullName || field.MessageType.FullName.EndsWith("Value", StringComparison.Ordinal) && field.MessageType.File.Package == "google.protobuf");

    private static string Expected(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String or FieldType.Bytes => "Use a text.",
        FieldType.Bool => "Use true or false.",
        FieldType.Enum => Say($"Use one of {string.Join(", ", field.EnumType.Values.Take(MaxNames).Select(value => value.Name))}."),
        FieldType.Message when IsText(field) => field.MessageType.Name == "Timestamp" ? "Use a time such as \"2026-01-31T12:00:00Z\"." : "Use a text.",
        FieldType.Message => "Use an object.",
        FieldType.Float or FieldType.Double => "Use a number.",
        _ => "Use a whole number, not larger than the field can hold.",
    };
}
