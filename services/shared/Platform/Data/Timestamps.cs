using Google.Protobuf.WellKnownTypes;

namespace Platform.Data;

/// <summary>Instants in messages.</summary>
public static class Timestamps
{
    /// <summary>The instant as a protobuf timestamp; null stays null.</summary>
    public static Timestamp? ToTimestampOrNull(this DateTimeOffset? instant) => instant is { } value ? Timestamp.FromDateTimeOffset(value) : null;

    /// <summary>A UUID as text; null is empty.</summary>
    public static string ToIdText(this Guid? id) => id?.ToString() ?? "";

    /// <summary>The UUID in a validated message field; empty is null.</summary>
    public static Guid? ToIdOrNull(this string text) => text.Length == 0 ? null : Guid.Parse(text);
}
