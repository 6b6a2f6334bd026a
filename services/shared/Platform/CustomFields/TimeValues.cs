using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Filtering.Values;
using static Platform.Languages.Wording;

namespace Platform.CustomFields;

/// <summary>Dates and moments, stored as texts whose order is that of time.</summary>
internal static class TimeValues
{
    private const string DateFormat = "yyyy-MM-dd";
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private static readonly string[] Zoned = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'"];

    public static ReadValue Date(Field field, Value value) => ParseDate(value.StringValue) is { } date
        ? InRange(field, date.ToString(DateFormat, CultureInfo.InvariantCulture), text => text)
        : "Use a date as YYYY-MM-DD.";

    public static ReadValue Instant(Field field, Value value) => ParseInstant(value.StringValue) is { } instant
        ? InRange(field, Format(instant), bound => Format(ParseInstant(bound)!.Value))
        : "Use a moment with its offset, such as 2026-05-31T18:00:00Z.";

    public static DateOnly? ParseDate(string text) => Dates.ParseDate(text);

    public static DateTimeOffset? ParseInstant(string text) =>
        DateTimeOffset.TryParseExact(text, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && Dates.IsKnown(DateOnly.FromDateTime(instant.UtcDateTime)) ? instant : null;

    /// <summary>As it is stored: in UTC, with the precision of PostgreSQL.</summary>
    public static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    public static string Format(DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    private static ReadValue InRange(Field field, string text, Func<string, string> canonical)
    {
        if (field.Minimum.Length > 0 && string.CompareOrdinal(text, canonical(field.Minimum)) < 0)
            return Say($"Use {field.Minimum} or later.");
        return field.Maximum.Length > 0 && string.CompareOrdinal(text, canonical(field.Maximum)) > 0 ? Say($"Use {field.Maximum} or earlier.") : Value.ForString(text);
    }
}
