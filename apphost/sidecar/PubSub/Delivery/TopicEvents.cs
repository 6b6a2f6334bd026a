using System.Text.Json;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Sidecar.Api;

namespace Platform.Sidecar.PubSub.Delivery;

/// <summary>Messages as the gRPC callbacks and streams have them.</summary>
internal static class TopicEvents
{
    // Attributes with fields of their own; daprd leaves topic and pubsubname among the extensions.
    private static readonly HashSet<string> Known = ["id", "source", "type", "specversion", "datacontenttype", "data", "data_base64"];

    public static TopicEventRequest Single(TopicMessage message) => new()
    {
        Id = message.Id,
        Source = Text(message, "source"),
        Type = Text(message, "type"),
        SpecVersion = Text(message, "specversion"),
        DataContentType = Text(message, "datacontenttype"),
        Data = Data(message),
        Topic = message.Topic,
        PubsubName = message.PubSub,
        Path = message.Path,
        Extensions = Extensions(message),
    };

    public static TopicEventBulkRequest Bulk(BulkEnvelope bulk)
    {
        var request = new TopicEventBulkRequest
        {
            Id = bulk.Id,
            Topic = bulk.First.Topic,
            PubsubName = bulk.First.PubSub,
            Type = BulkEnvelope.Type,
            Path = bulk.First.Path,
        };
        request.Metadata["pubsubName"] = bulk.First.PubSub;
        request.Entries.Add(bulk.Entries.Select(entry => Entry(entry.EntryId, entry.Message)));
        return request;
    }

    private static TopicEventBulkRequestEntry Entry(string entryId, TopicMessage message)
    {
        var entry = new TopicEventBulkRequestEntry { EntryId = entryId, ContentType = BulkEnvelope.ContentTypeOf(message) };
        entry.Metadata.Add(message.Delivery.Metadata.ToDictionary());
        if (message.Subscription.IsRaw)
            entry.Bytes = ByteString.CopyFrom(message.Delivery.Payload.Span);
        else
            entry.CloudEvent = CloudEvent(message);
        return entry;
    }

    private static TopicEventCERequest CloudEvent(TopicMessage message) => new()
    {
        Id = message.Id,
        Source = Text(message, "source"),
        Type = Text(message, "type"),
        SpecVersion = Text(message, "specversion"),
        DataContentType = Text(message, "datacontenttype"),
        Data = Data(message),
        Extensions = Extensions(message),
    };

    private static ByteString Data(TopicMessage message)
    {
        if (message.Root.TryGetProperty("data_base64", out var encoded) && encoded.ValueKind == JsonValueKind.String
            && encoded.TryGetBytesFromBase64(out var bytes))
            return ByteString.CopyFrom(bytes);
        if (!message.Root.TryGetProperty("data", out var data) || data.ValueKind == JsonValueKind.Null)
            return ByteString.Empty;
        return data.ValueKind == JsonValueKind.String && !ContentTypes.IsJson(Text(message, "datacontenttype"))
            ? ByteString.CopyFromUtf8(data.GetString())
            : ByteString.CopyFrom(JsonBody.Bytes(data));
    }

    private static Struct Extensions(TopicMessage message)
    {
        var extensions = new Struct();
        foreach (var attribute in message.Root.EnumerateObject().Where(attribute => !Known.Contains(attribute.Name)))
            extensions.Fields[attribute.Name] = JsonParser.Default.Parse<Value>(attribute.Value.GetRawText());
        return extensions;
    }

    private static string Text(TopicMessage message, string name) => CloudEvents.Text(message.Root, name) ?? "";
}
