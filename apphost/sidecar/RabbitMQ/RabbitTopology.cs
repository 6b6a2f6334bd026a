using System.Globalization;
using Platform.Sidecar.PubSub;
using RabbitMQ.Client;

namespace Platform.Sidecar.RabbitMQ;

/// <summary>Declares exchanges and queues as daprd does, so that both can share a server.</summary>
internal sealed class RabbitTopology(RabbitOptions options)
{
    /// <summary>An exchange is named as its topic.</summary>
    public Task DeclareExchange(IChannel channel, string topic, CancellationToken cancellationToken) =>
        channel.ExchangeDeclareAsync(topic, options.ExchangeKind, options.Durable, options.DeletedWhenUnused, cancellationToken: cancellationToken);

    public static string QueueOf(Consumer consumer, ConsumedTopic topic) =>
        topic.Metadata.GetValueOrDefault("queueName") is { Length: > 0 } name ? name : $"{consumer.Id}-{topic.Topic}";

    /// <summary>Declares a consumer's queue of a topic, bound to the topic's exchange.</summary>
    /// <exception cref="FormatException">The subscription's metadata are not what they should be.</exception>
    public async Task DeclareQueue(IChannel channel, string queue, ConsumedTopic topic, CancellationToken cancellationToken)
    {
        var arguments = Arguments();
        Refine(arguments, topic.Metadata);
        await DeclareExchange(channel, topic.Topic, cancellationToken);
        if (options.EnableDeadLetter)
            arguments["x-dead-letter-exchange"] = await DeclareDeadLetters(channel, queue, cancellationToken);
        await channel.QueueDeclareAsync(queue, options.Durable, exclusive: false, options.DeletedWhenUnused, arguments, cancellationToken: cancellationToken);
        foreach (var key in (topic.Metadata.GetValueOrDefault("routingKey") ?? "").Split(','))
            await channel.QueueBindAsync(queue, topic.Topic, key, cancellationToken: cancellationToken);
    }

    private async Task<string> DeclareDeadLetters(IChannel channel, string queue, CancellationToken cancellationToken)
    {
        var (exchange, deadQueue) = ($"dlx-{queue}", $"dlq-{queue}");
        var arguments = Arguments();
        arguments["x-queue-mode"] = "lazy";
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, options.DeletedWhenUnused, cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(deadQueue, durable: true, exclusive: false, options.DeletedWhenUnused, arguments, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(deadQueue, exchange, "", cancellationToken: cancellationToken);
        return exchange;
    }

    private Dictionary<string, object?> Arguments()
    {
        var arguments = new Dictionary<string, object?>();
        if (options.MaxLength is { } length)
            arguments["x-max-length"] = (long)length;
        if (options.MaxLengthBytes is { } bytes)
            arguments["x-max-length-bytes"] = (long)bytes;
        return arguments;
    }

    // A subscription may say more about its queue than the component.
    private static void Refine(Dictionary<string, object?> arguments, IReadOnlyDictionary<string, string> metadata)
    {
        arguments["x-queue-type"] = metadata.GetValueOrDefault("queueType") switch
        {
            null or "" or "classic" => "classic",
            "quorum" => "quorum",
            var type => throw new FormatException($"queueType: '{type}' is not one of classic, quorum"),
        };
        if (metadata.GetValueOrDefault("singleActiveConsumer") is { } single && (single is "1" || single.Equals("true", StringComparison.OrdinalIgnoreCase)))
            arguments["x-single-active-consumer"] = true;
        if (Number(metadata, "maxPriority") is { } priority)
            arguments["x-max-priority"] = Math.Min(priority, byte.MaxValue);
        if (Number(metadata, "maxLen") is { } length)
            arguments["x-max-length"] = length;
        if (Number(metadata, "maxLenBytes") is { } bytes)
            arguments["x-max-length-bytes"] = bytes;
    }

    private static long? Number(IReadOnlyDictionary<string, string> metadata, string key) => metadata.GetValueOrDefault(key) is not { Length: > 0 } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"{key}: '{text}' is not a number");
}
