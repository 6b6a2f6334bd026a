using System.Text;
using System.Text.Json;
using Platform.Sidecar.Api;

namespace Platform.Sidecar.PubSub;

/// <summary>Envelopes as daprd makes them (CloudEvents 1.0, JSON).</summary>
internal static class CloudEvents
{
    public const string DefaultType = "com.dapr.event.sent";
    private const string DefaultSource = "Dapr";

    /// <summary>Puts data into a new envelope.</summary>
    public static byte[] Wrap(ReadOnlyMemory<byte> data, string contentType, EventContext context) => Write(json =>
    {
        json.WriteString("id", context.Override("id") ?? Guid.NewGuid().ToString());
        json.WriteString("specversion", "1.0");
        json.WriteString("type", context.Override("type") ?? DefaultType);
        json.WriteString("source", context.Override("source") ?? context.Source);
        json.WriteString("datacontenttype", contentType);
        json.WriteString("topic", context.Topic);
        json.WriteString("pubsubname", context.PubSub);
        json.WriteString("time", EventContext.Rfc3339(context.Now));
        if (context.Override("subject") is { } subject)
            json.WriteString("subject", subject);
        json.WriteString("traceid", context.TraceParent);
        json.WriteString("traceparent", context.TraceParent);
        json.WriteString("tracestate", context.TraceState);
        WriteExpiration(json, context);
        WriteData(json, data, contentType);
    });

    /// <summary>Keeps an envelope that the publisher made: fills what is missing, and says where it went.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static byte[] Complete(ReadOnlyMemory<byte> envelope, EventContext context)
    {
        using var document = JsonDocument.Parse(envelope);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("the event is not a JSON object");
        var given = document.RootElement;
        return Write(json =>
        {
            foreach (var attribute in given.EnumerateObject().Where(attribute => !IsOurs(attribute.Name, context)))
                attribute.WriteTo(json);
            json.WriteString("topic", context.Topic);
            json.WriteString("pubsubname", context.PubSub);
            Fill(json, given, "specversion", "1.0");
            Fill(json, given, "type", DefaultType);
            Fill(json, given, "source", DefaultSource);
            Fill(json, given, "time", EventContext.Rfc3339(context.Now));
            Fill(json, given, "traceid", Text(given, "traceparent") ?? context.TraceParent);
            Fill(json, given, "traceparent", Text(given, "traceid") ?? context.TraceParent);
            Fill(json, given, "tracestate", context.TraceState);
            WriteExpiration(json, context);
        });
    }

    /// <summary>An envelope around what was published raw, for a subscriber that takes raw payloads.</summary>
    public static byte[] WrapRaw(
        ReadOnlyMemory<byte> data, string pubSub, string topic, IReadOnlyDictionary<string, string> metadata) => Write(json =>
    {
        json.WriteString("id", Guid.NewGuid().ToString());
        json.WriteString("specversion", "1.0");
        json.WriteString("type", DefaultType);
        json.WriteString("source", DefaultSource);
        json.WriteString("datacontenttype", "application/octet-stream");
        json.WriteString("topic", topic);
        json.WriteString("pubsubname", pubSub);
        if ((metadata.GetValueOrDefault("traceparent") ?? metadata.GetValueOrDefault("traceid")) is { } trace)
            json.WriteString("traceid", trace);
        if (metadata.TryGetValue("traceparent", out var parent))
            json.WriteString("traceparent", parent);
        if (metadata.TryGetValue("tracestate", out var state))
            json.WriteString("tracestate", state);
        json.WriteBase64String("data_base64", data.Span);
    });

    /// <summary>The W3C trace that an envelope says it belongs to; null where it says nothing.</summary>
    public static string? TraceOf(ReadOnlySpan<byte> envelope)
    {
        var reader = new Utf8JsonReader(envelope);
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var isTrace = reader.ValueTextEquals("traceparent"u8);
            reader.Skip();
            if (isTrace)
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }

        return null;
    }

    public static string? Text(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Whether it is worth parsing.</summary>
    public static bool LooksLikeObject(ReadOnlySpan<byte> json) => json.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    private static void WriteExpiration(Utf8JsonWriter json, EventContext context)
    {
        if (context.Expiration is { } expiration)
            json.WriteString("expiration", EventContext.Rfc3339(expiration));
    }

    private static void WriteData(Utf8JsonWriter json, ReadOnlyMemory<byte> data, string contentType)
    {
        if (ContentTypes.IsBinary(contentType))
            json.WriteBase64String("data_base64", data.Span);
        else if (ContentTypes.IsJson(contentType) && IsWellFormed(data.Span))
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

    private static bool IsOurs(string attribute, EventContext context) =>
        attribute is "topic" or "pubsubname" || (attribute is "expiration" && context.Expiration is not null);

    private static void Fill(Utf8JsonWriter json, JsonElement given, string name, string value)
    {
        if (!given.TryGetProperty(name, out _))
            json.WriteString(name, value);
    }

    private static byte[] Write(Action<Utf8JsonWriter> attributes) => JsonBody.Bytes(json =>
    {
        json.WriteStartObject();
        attributes(json);
        json.WriteEndObject();
    });
}
