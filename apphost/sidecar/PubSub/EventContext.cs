using System.Globalization;

namespace Platform.Sidecar.PubSub;

/// <summary>What an envelope needs to know beyond the data.</summary>
internal sealed record EventContext(string Source, string PubSub, string Topic, string? CallTraceParent, string? CallTraceState, DateTimeOffset Now)
{
    /// <summary>What daprd writes when the call belongs to no trace.</summary>
    public const string NoTrace = "00-00000000000000000000000000000000-0000000000000000-00";

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>When the event is void, for a broker that does not see to it itself.</summary>
    public DateTimeOffset? Expiration { get; init; }

    /// <summary>A publisher may set an attribute by metadata <c>cloudevent.name</c>.</summary>
    public string? Override(string attribute) => Metadata.TryGetValue("cloudevent." + attribute, out var value) && value.Length > 0 ? value : null;

    /// <summary>The W3C trace of the publishing call.</summary>
    public string TraceParent => Override("traceparent") ?? Override("traceid") ?? CallTraceParent ?? NoTrace;

    public string TraceState => Override("tracestate") ?? CallTraceState ?? "";

    public static string Rfc3339(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
