using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.RabbitMQ;

/// <summary>The metadata of a <c>pubsub.rabbitmq</c> component; names and defaults are daprd's.</summary>
internal sealed record RabbitOptions
{
    /// <summary>Whether exchanges and queues outlive the server's restart; metadata <c>durable</c>.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Whether a queue goes with its last consumer, an exchange with its last queue; metadata <c>deletedWhenUnused</c>.</summary>
    public bool DeletedWhenUnused { get; init; } = true;

    /// <summary>Whether a message is done when it is sent; metadata <c>autoAck</c>.</summary>
    public bool AutoAck { get; init; }

    /// <summary>Whether a failed message goes back to its queue, else to the dead letters or away; metadata <c>requeueInFailure</c>.</summary>
    public bool RequeueInFailure { get; init; }

    /// <summary>Whether messages are written to disk; metadata <c>deliveryMode</c> 2.</summary>
    public bool Persistent { get; init; }

    /// <summary>Messages that the server sends ahead of acknowledgements, 0 for all; metadata <c>prefetchCount</c>.</summary>
    public ushort PrefetchCount { get; init; }

    /// <summary>Whether one message is handled after the other; metadata <c>concurrency</c> <c>single</c>, also called <c>concurrencyMode</c>.</summary>
    public bool OneByOne { get; init; }

    /// <summary>Whether publishing waits for the server's word; metadata <c>publisherConfirm</c>.</summary>
    public bool PublisherConfirm { get; init; }

    /// <summary>Whether each queue has a dead-letter exchange and queue; metadata <c>enableDeadLetter</c>.</summary>
    public bool EnableDeadLetter { get; init; }

    /// <summary>Metadata <c>maxLen</c>.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Metadata <c>maxLenBytes</c>.</summary>
    public int? MaxLengthBytes { get; init; }

    /// <summary>Metadata <c>exchangeKind</c>.</summary>
    public string ExchangeKind { get; init; } = "fanout";

    /// <summary>For messages without their own; metadata <c>ttlInSeconds</c>.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Pause before a lost connection is made again; metadata <c>reconnectWaitSeconds</c>, also called <c>reconnectWait</c>.</summary>
    public TimeSpan ReconnectWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether the app is told the message's properties; metadata <c>publishMessagePropertiesToMetadata</c>.</summary>
    public bool TellsProperties { get; init; }

    public static RabbitOptions From(ComponentSpec spec)
    {
        var defaults = new RabbitOptions();
        return defaults with
        {
            Durable = spec.Flag("durable", defaults.Durable),
            DeletedWhenUnused = spec.Flag("deletedWhenUnused", defaults.DeletedWhenUnused),
            AutoAck = spec.Flag("autoAck"),
            RequeueInFailure = spec.Flag("requeueInFailure"),
            Persistent = spec.Number("deliveryMode") switch
            {
                2 => true,
                null or 0 or 1 => false,
                var mode => throw new StartupException($"deliveryMode: {mode} is not one of 0, 1, 2"),
            },
            PrefetchCount = (ushort)Math.Min(spec.Number("prefetchCount") ?? 0, byte.MaxValue),
            OneByOne = spec.OneOf(spec["concurrency"] is null ? "concurrencyMode" : "concurrency", "parallel", "single") == "single",
            PublisherConfirm = spec.Flag("publisherConfirm"),
            EnableDeadLetter = spec.Flag("enableDeadLetter"),
            MaxLength = Positive(spec.Number("maxLen")),
            MaxLengthBytes = Positive(spec.Number("maxLenBytes")),
            ExchangeKind = spec.OneOf("exchangeKind", "fanout", "topic", "direct", "headers"),
            TimeToLive = spec.Duration("ttlInSeconds"),
            ReconnectWait = Wait(spec) ?? defaults.ReconnectWait,
            TellsProperties = spec.Flag("publishMessagePropertiesToMetadata"),
        };
    }

    private static int? Positive(int? number) => number > 0 ? number : null;

    private static TimeSpan? Wait(ComponentSpec spec) => (spec.Duration("reconnectWaitSeconds") ?? spec.Duration("reconnectWait")) is { Ticks: > 0 } wait ? wait : null;
}
