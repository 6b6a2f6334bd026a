using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Platform.Sidecar.PubSub;

namespace Platform.Sidecar.Kafka;

/// <summary>What a message is beside its payload, there and back: a key, and headers for the metadata.</summary>
internal static class KafkaMessage
{
    // What a consumer is told of a message for which no value was stored.
    private static readonly byte[] Nothing = "null"u8.ToArray();

    public static Message<byte[]?, byte[]> Of(BrokerMessage message, KafkaOptions options) => new()
    {
        Key = Key(message) is { } key ? Encoding.UTF8.GetBytes(key) : null,
        Value = MemoryMarshal.TryGetArray(message.Payload, out var array) && array.Offset == 0 && array.Array!.Length == array.Count
            ? array.Array
            : message.Payload.ToArray(),
        Headers = Headers(message.Metadata, options),
    };

    /// <returns>Any partition, unless the request names one.</returns>
    /// <exception cref="FormatException">It names none that there can be.</exception>
    public static Partition PartitionOf(BrokerMessage message) => message.Metadata.GetValueOrDefault("partitionNumber") is not { Length: > 0 } text ? Partition.Any
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"partitionNumber '{text}' is not a number");

    public static BrokerDelivery Delivery(ConsumeResult<byte[]?, byte[]?> received, KafkaOptions options, int attempt) =>
        new(received.Topic, received.Message.Value ?? Nothing, Metadata(received, options), attempt);

    private static Dictionary<string, string> Metadata(ConsumeResult<byte[]?, byte[]?> received, KafkaOptions options)
    {
        var metadata = new Dictionary<string, string>
        {
            ["__topic"] = received.Topic,
            ["__partition"] = received.Partition.Value.ToString(CultureInfo.InvariantCulture),
            ["__offset"] = received.Offset.Value.ToString(CultureInfo.InvariantCulture),
            ["__timestamp"] = received.Message.Timestamp.UnixTimestampMs.ToString(CultureInfo.InvariantCulture),
        };
        if (received.Message.Key is { } key)
            metadata["__key"] = Text(key, options);
        foreach (var header in received.Message.Headers ?? [])
        {
            if (options.Excluded?.IsMatch(header.Key) is not true)
                metadata[header.Key] = Text(header.GetValueBytes() ?? [], options);
        }

        return metadata;
    }

    private static string? Key(BrokerMessage message) =>
        message.PartitionKey ?? (message.Metadata.GetValueOrDefault("__key") is { Length: > 0 } key ? key : KeyOf(message.Payload.Span, message.ContentType));

    // An event that is one already may carry its key, as CloudEvents' own extension has it.
    private static string? KeyOf(ReadOnlySpan<byte> payload, string contentType)
    {
        if (!ContentTypes.IsCloudEvent(contentType) || payload.IndexOf("\"partitionkey\""u8) < 0)
            return null;
        using var document = JsonDocument.Parse(payload.ToArray());
        return document.RootElement.TryGetProperty("partitionkey", out var key) && key.ValueKind == JsonValueKind.String ? key.GetString() : null;
    }

    private static Headers Headers(IReadOnlyDictionary<string, string> metadata, KafkaOptions options)
    {
        var headers = new Headers();
        foreach (var (name, value) in metadata)
        {
            if (options.Excluded?.IsMatch(name) is not true)
                headers.Add(name, Encoding.UTF8.GetBytes(value));
        }

        return headers;
    }

    private static string Text(byte[] bytes, KafkaOptions options)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return options.EscapesHeaders ? WebUtility.UrlEncode(text) : text;
    }
}
