using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub;

/// <summary>A broker below the API: it moves bytes on topics and knows nothing of CloudEvents.</summary>
internal interface IPubSub : IComponent
{
    /// <summary>Returns when the broker keeps all of them, for every consumer of their topics; in the order given.</summary>
    Task Publish(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken);

    /// <summary>
    /// Registers what the consumer wants, then hands it its messages until <paramref name="stopping"/> is cancelled;
    /// returns after the deliveries under way have ended, or were given up after the grace period.
    /// Messages that arrive while nobody consumes wait.
    /// </summary>
    Task Consume(Consumer consumer, CancellationToken stopping);
}

/// <summary>One message on its way into the broker.</summary>
internal sealed record BrokerMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Messages of one key reach a consumer one after another, in order; null for no order.</summary>
    public string? PartitionKey { get; init; }

    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Further metadata, handed to the consumer as it is.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}

/// <summary>One attempt to hand a message to a consumer.</summary>
internal sealed record BrokerDelivery(string Topic, ReadOnlyMemory<byte> Payload, IReadOnlyDictionary<string, string> Metadata, int Attempt);

/// <summary>A consumer group: its topics, and where its messages go.</summary>
internal sealed record Consumer(
    string Id, IReadOnlyList<ConsumedTopic> Topics, Func<BrokerDelivery, CancellationToken, Task<DeliveryResult>> Deliver)
{
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>A topic that a consumer wants, and where its messages go that cannot be delivered.</summary>
internal sealed record ConsumedTopic(string Topic, string? DeadLetterTopic);

/// <summary>How an attempt ended, and why when it failed.</summary>
internal readonly record struct DeliveryResult(DeliveryOutcome Outcome, string? Reason = null)
{
    public static readonly DeliveryResult Success = new(DeliveryOutcome.Success);
}

internal enum DeliveryOutcome
{
    Success,

    /// <summary>Failed; to be tried again until the attempts are used up.</summary>
    Retry,

    /// <summary>Never to be tried again: to the dead letters where there are any, else gone.</summary>
    Drop,

    /// <summary>The consumer was not there; to be tried again, and no fault of the message.</summary>
    Unreachable,
}
