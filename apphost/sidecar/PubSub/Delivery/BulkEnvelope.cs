using System.Text.Json;
using Platform.Sidecar.Api;

namespace Platform.Sidecar.PubSub.Delivery;

/// <summary>A bulk on its way: its messages under ids that the app answers with.</summary>
internal sealed class BulkEnvelope(IReadOnlyList<TopicMessage> messages)
{
    public const string Type = "com.dapr.event.sent.bulk";

    private readonly string[] _entryIds = [.. messages.Select(_ => Guid.NewGuid().ToString())];

    public string Id { get; } = Guid.NewGuid().ToString();
    public TopicMessage First => messages[0];
    public IEnumerable<(string EntryId, TopicMessage Message)> Entries => _entryIds.Zip(messages);

    public static string ContentTypeOf(TopicMessage message) => message.Subscription.IsRaw ? "application/octet-stream" : ContentTypes.CloudEvent;

    public IReadOnlyList<DeliveryResult> All(DeliveryResult result) => [.. messages.Select(_ => result)];

    /// <summary>What the app did not answer for is to be tried again.</summary>
    public IReadOnlyList<DeliveryResult> InOrder(IReadOnlyDictionary<string, DeliveryResult> results)
    {
        var missing = new DeliveryResult(DeliveryOutcome.Retry, "the app did not answer for this entry");
        return [.. _entryIds.Select(id => results.GetValueOrDefault(id, missing))];
    }

    public byte[] ToJson() => JsonBody.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("type", Type);
        json.WriteString("topic", First.Topic);
        json.WriteString("pubsubname", First.PubSub);
        WriteMetadata(json, [new KeyValuePair<string, string>("pubsubName", First.PubSub)]);
        json.WriteStartArray("entries");
        foreach (var (entryId, message) in Entries)
            WriteEntry(json, entryId, message);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteEntry(Utf8JsonWriter json, string entryId, TopicMessage message)
    {
        json.WriteStartObject();
        json.WriteString("entryId", entryId);
        if (message.Subscription.IsRaw)
        {
            json.WriteBase64String("event", message.Delivery.Payload.Span);
        }
        else
        {
            json.WritePropertyName("event");
            message.Root.WriteTo(json);
        }

        WriteMetadata(json, message.Delivery.Metadata);
        json.WriteString("contentType", ContentTypeOf(message));
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        json.WriteStartObject("metadata");
        foreach (var (name, value) in metadata)
            json.WriteString(name, value);
        json.WriteEndObject();
    }
}
