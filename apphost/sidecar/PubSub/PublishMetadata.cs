using System.Globalization;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.PubSub;

/// <summary>What of a request's metadata means something to the publish API itself, read as daprd reads it.</summary>
internal static class PublishMetadata
{
    /// <exception cref="FormatException">The value is none of Go's spellings of a boolean.</exception>
    public static bool IsRaw(IReadOnlyDictionary<string, string> metadata) => metadata.GetValueOrDefault("rawPayload") switch
    {
        null or "" or "0" or "f" or "F" or "false" or "False" or "FALSE" => false,
        "1" or "t" or "T" or "true" or "True" or "TRUE" => true,
        var value => throw new FormatException($"rawPayload value must be a valid boolean: actual is '{value}'"),
    };

    /// <summary>Seconds, or a duration as Go writes it; null without.</summary>
    /// <exception cref="FormatException">The value is neither, or not above zero.</exception>
    public static TimeSpan? TimeToLive(IReadOnlyDictionary<string, string> metadata)
    {
        var value = metadata.GetValueOrDefault("ttl") ?? metadata.GetValueOrDefault("ttlInSeconds");
        if (string.IsNullOrEmpty(value))
            return null;
        if (GoDuration.TryParse(value, out var duration))
            return duration;
        if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            throw new FormatException($"ttl value must be a valid integer: actual is '{value}'");
        if (seconds <= 0)
            throw new FormatException($"ttl value must be higher than zero: actual is '{seconds}'");
        return TimeSpan.FromSeconds(Math.Min(seconds, 10L * 365 * 24 * 3600));
    }
}
