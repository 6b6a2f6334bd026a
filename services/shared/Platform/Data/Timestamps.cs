using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Platform.Data;

/// <summary>Instants, days and ids in messages.</summary>
public static class Timestamps
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>The instant as a protobuf timestamp; null stays null.</summary>
    public static Timestamp? ToTimestampOrNull(this DateTimeOffset? instant) => instant is { } value ? Timestamp.FromDateTimeOffset(value) : null;

    /// <summary>A day as text; null is empty.</summary>
    public static string ToDateText(this DateOnly? date) => date?.ToDateText() ?? "";

    /// <summary>A day as text: <c>2026-05-31</c>.</summary>
    public static string ToDateText(this DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>The day in a validated message field; empty is null.</summary>
    public static DateOnly? ToDateOrNull(this string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, DateFormat, CultureInfo.InvariantCulture);

    /// <summary>A UUID as text; null is empty.</summary>
    public static string ToIdText(this Guid? id) => id?.ToString() ?? "";

    /// <summary>The UUID in a validated message field; empty is null.</summary>
    public static Guid? ToIdOrNull(this string text) => text.Length == 0 ? null : Guid.Parse(text);
}
