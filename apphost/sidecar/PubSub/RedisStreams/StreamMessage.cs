using System.Text.Json;
using StackExchange.Redis;

namespace Platform.Sidecar.PubSub.RedisStreams;

/// <summary>An entry of a stream in our hands.</summary>
/// <param name="Topic">The stream.</param>
/// <param name="Id">Of the entry.</param>
/// <param name="Payload">Field <c>data</c>.</param>
/// <param name="Metadata">Field <c>metadata</c>, a JSON object of texts.</param>
/// <param name="Attempt">From one.</param>
/// <param name="Since">Timestamp from which it is in our hands.</param>
internal sealed record StreamMessage(
    string Topic, string Id, ReadOnlyMemory<byte> Payload, IReadOnlyDictionary<string, string> Metadata, int Attempt, long Since)
{
    public static StreamMessage Read(string topic, string id, IEnumerable<KeyValuePair<RedisValue, RedisValue>> fields, int attempt, long since)
    {
        var values = fields.ToLookup(field => (string)field.Key!, field => field.Value);
        var data = values["data"].FirstOrDefault();
        return new StreamMessage(topic, id, (byte[]?)data ?? [], Parse(values["metadata"].FirstOrDefault()), attempt, since);
    }

    // What somebody else wrote there is not worth losing the message for.
    private static Dictionary<string, string> Parse(RedisValue metadata)
    {
        try
        {
            return metadata.IsNullOrEmpty ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>((byte[])metadata!) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
