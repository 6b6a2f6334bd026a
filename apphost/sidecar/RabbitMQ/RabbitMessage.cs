using System.Globalization;
using System.Text;
using Platform.Sidecar.PubSub;
using RabbitMQ.Client;

namespace Platform.Sidecar.RabbitMQ;

/// <summary>What a message is beside its payload, there and back.</summary>
internal static class RabbitMessage
{
    // The client numbers messages by it, to find them again when they come back undeliverable.
    private const string ClientsOwn = "x-dotnet-pub-seq-no";

    public static string RoutingKey(BrokerMessage message) => message.Metadata.GetValueOrDefault("routingKey") ?? "";

    /// <summary>Metadata of the request become properties where AMQP has one for them; all others stay behind, as with daprd.</summary>
    public static BasicProperties Properties(BrokerMessage message, RabbitOptions options)
    {
        var properties = new BasicProperties
        {
            ContentType = Given(message, "contentType") ?? "text/plain",
            Persistent = options.Persistent,
            MessageId = Given(message, "messageID"),
            CorrelationId = Given(message, "correlationID"),
            Type = Given(message, "type"),
        };
        if ((message.TimeToLive ?? options.TimeToLive) is { } timeToLive)
            properties.Expiration = ((long)timeToLive.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        if (int.TryParse(Given(message, "priority"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority))
            properties.Priority = (byte)Math.Clamp(priority, byte.MinValue, byte.MaxValue);
        return properties;
    }

    /// <summary>The properties and headers as the app is told of them, when the component says so.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(IReadOnlyBasicProperties properties)
    {
        var metadata = new Dictionary<string, string>();
        Add(metadata, "messageid", properties.MessageId);
        Add(metadata, "correlationid", properties.CorrelationId);
        Add(metadata, "type", properties.Type);
        Add(metadata, "contenttype", properties.ContentType);
        foreach (var (name, value) in (properties.Headers ?? new Dictionary<string, object?>()).Where(header => header.Key != ClientsOwn))
            Add(metadata, name, value is byte[] text ? Encoding.UTF8.GetString(text) : Convert.ToString(value, CultureInfo.InvariantCulture));
        return metadata;
    }

    private static void Add(Dictionary<string, string> metadata, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            metadata["metadata." + name] = value;
    }

    private static string? Given(BrokerMessage message, string key) => message.Metadata.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;
}
