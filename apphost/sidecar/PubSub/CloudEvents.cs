using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Sidecar.Api;

namespace Platform.Sidecar.PubSub;

/// <summary>What an envelope needs to know beyond the data.</summary>
internal sealed record EventContext(string Source, string PubSub, string Topic, string? CallTraceParent, string? TraceState, DateTimeOffset Now)
{
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>A publisher may set an attribute by metadata <c>cloudevent.name</c>.</summary>
    public string? Override(string attribute) => Metadata.TryGetValue("cloudevent." + attribute, out var value) && value.Length > 0 ? value : null;

    /// <summary>The W3C trace of the publishing call.</summary>
    public string? TraceParent => Override("traceparent") ?? Override("traceid") ?? CallTraceParent;

    public string Time => Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Envelopes as daprd makes them (CloudEvents 1.0, JSON).</summary>
internal static class CloudEvents
{
    public const string ContentType = "application/cloudevents+json";

    public static bool IsCloudEvent(string? contentType) =>
        contentType is not null && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Puts data into a new envelope.</summary>
    public static byte[] Wrap(ReadOnlyMemory<byte> data, string contentType, EventContext context) => Write(json =>
    {
        json.WriteString("id", context.Override("id") ?? Guid.NewGuid().ToString());
        json.WriteString("specversion", "1.0");
        json.WriteString("type", context.Override("type") ?? "com.dapr.event.sent");
        json.WriteString("source", context.Override("source") ?? context.Source);
        json.WriteString("datacontenttype", contentType);
        json.WriteString("topic", context.Topic);
        json.WriteString("pubsubname", context.PubSub);
        json.WriteString("time", context.Override("time") ?? context.Time);
        if (context.Override("subject") is { } subject)
            json.WriteString("subject", subject);
        WriteTrace(json, context, _ => false);
        WriteData(json, data, contentType);
    });

    /// <summary>Keeps an envelope that the publisher made: fills what is missing, and says where it went.</summary>
    /// <returns>The envelope, and the trace that it belongs to.</returns>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static (byte[] Json, string? TraceParent) Complete(ReadOnlyMemory<byte> envelope, EventContext context)
    {
        using var document = JsonDocument.Parse(envelope);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("the event is not a JSON object");
        var given = document.RootElement;
        var completed = Write(json =>
        {
            foreach (var attribute in given.EnumerateObject().Where(attribute => attribute.Name is not ("topic" or "pubsubname")))
                attribute.WriteTo(json);
            json.WriteString("topic", context.Topic);
            json.WriteString("pubsubname", context.PubSub);
            Fill(json, given, "id", () => Guid.NewGuid().ToString());
            Fill(json, given, "specversion", () => "1.0");
            Fill(json, given, "type", () => "com.dapr.event.sent");
            Fill(json, given, "source", () => context.Source);
            Fill(json, given, "time", () => context.Time);
            WriteTrace(json, context, name => given.TryGetProperty(name, out _));
        });
        return (completed, Text(given, "traceparent") ?? context.TraceParent);
    }

    /// <summary>An envelope around what was published raw, for a subscriber that takes raw payloads.</summary>
    public static byte[] WrapRaw(ReadOnlyMemory<byte> data, string pubSub, string topic) => Write(json =>
    {
        json.WriteString("id", Guid.NewGuid().ToString());
        json.WriteString("specversion", "1.0");
        json.WriteString("type", "com.dapr.event.sent");
        json.WriteString("source", "Dapr");
        json.WriteString("datacontenttype", "application/octet-stream");
        json.WriteString("topic", topic);
        json.WriteString("pubsubname", pubSub);
        json.WriteBase64String("data_base64", data.Span);
    });

    private static void WriteTrace(Utf8JsonWriter json, EventContext context, Func<string, bool> isGiven)
    {
        var parent = context.TraceParent;
        if (parent is not null && !isGiven("traceid"))
            json.WriteString("traceid", parent);
        if (parent is not null && !isGiven("traceparent"))
            json.WriteString("traceparent", parent);
        if ((context.Override("tracestate") ?? context.TraceState) is { } state && !isGiven("tracestate"))
            json.WriteString("tracestate", state);
    }

    private static void WriteData(Utf8JsonWriter json, ReadOnlyMemory<byte> data, string contentType)
    {
        if (contentType.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase))
            json.WriteBase64String("data_base64", data.Span);
        else if (IsJson(contentType) && IsWellFormed(data.Span))
            WriteRaw(json, data.Span);
        else
            json.WriteString("data", Encoding.UTF8.GetString(data.Span));
    }

    private static void WriteRaw(Utf8JsonWriter json, ReadOnlySpan<byte> data)
    {
        json.WritePropertyName("data");
        json.WriteRawValue(data, skipInputValidation: true);
    }

    private static bool IsWellFormed(ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether it is worth parsing.</summary>
    public static bool LooksLikeObject(ReadOnlySpan<byte> json) => json.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    public static bool IsJson(string contentType)
    {
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = (end < 0 ? contentType.AsSpan() : contentType.AsSpan(0, end)).Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static void Fill(Utf8JsonWriter json, JsonElement given, string name, Func<string> value)
    {
        if (!given.TryGetProperty(name, out _))
            json.WriteString(name, value());
    }

    private static string? Text(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Write(Action<Utf8JsonWriter> attributes) => JsonBody.Bytes(json =>
    {
        json.WriteStartObject();
        attributes(json);
        json.WriteEndObject();
    });
}
