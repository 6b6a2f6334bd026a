using System.Text;
using System.Text.Json;
using Platform.Sidecar.Api;
using Platform.Sidecar.Errors;

namespace Platform.Sidecar.PubSub;

/// <summary>Reads the JSON body of a bulk: entries whose events are JSON, texts or base64, as their content types say.</summary>
internal sealed class BulkBody(string pubSub, string topic, string app, IReadOnlyDictionary<string, string> metadata)
{
    /// <exception cref="DaprException">The body is no list of entries, or an entry is malformed.</exception>
    public IReadOnlyList<PublishedEvent> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var events = document.RootElement.EnumerateArray().Select(Event).ToArray();
            Check(pubSub, topic, app, events.Select(one => one.EntryId));
            return events;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw PubSubErrors.BadEvents(pubSub, topic, app, error.Message).AsException(error);
        }
    }

    /// <exception cref="DaprException">An id is missing or used twice.</exception>
    public static void Check(string pubSub, string topic, string app, IEnumerable<string> ids)
    {
        var seen = new HashSet<string>();
        if (!ids.All(id => id.Length > 0 && seen.Add(id)))
            throw PubSubErrors.BadEntryId(pubSub, topic, app).AsException();
    }

    private PublishedEvent Event(JsonElement entry)
    {
        var contentType = Text(entry, "contentType") ?? "";
        var own = entry.TryGet("metadata", out var given) && given.ValueKind == JsonValueKind.Object
            ? given.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.ToString())
            : null;
        return new PublishedEvent(Bytes(entry, contentType), contentType, PublishedEvent.Merge(metadata, own))
        {
            EntryId = Text(entry, "entryId") ?? "",
        };
    }

    private byte[] Bytes(JsonElement entry, string contentType)
    {
        var hasEvent = entry.TryGet("event", out var data);
        if (ContentTypes.IsJson(contentType))
            return hasEvent ? JsonBody.Bytes(data) : "null"u8.ToArray();
        var isText = hasEvent && data.ValueKind == JsonValueKind.String;
        if (isText && ContentTypes.IsText(contentType))
            return Encoding.UTF8.GetBytes(data.GetString()!);
        if (isText && ContentTypes.IsBinary(contentType) && data.TryGetBytesFromBase64(out var bytes))
            return bytes;
        throw PubSubErrors.BadEvent(pubSub, topic, app, "event data and content type mismatch").AsException();
    }

    // The Node SDK writes entryID.
    private static string? Text(JsonElement entry, string name) =>
        entry.TryGet(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
