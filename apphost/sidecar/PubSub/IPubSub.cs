using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub;

/// <summary>A broker below the API: it moves bytes on topics and knows nothing of CloudEvents, routes or the app's protocol.</summary>
internal interface IPubSub : IComponent
{
    /// <summary>
    /// Whether the broker by itself tries failed messages again and moves them to the dead-letter topic in the end.
    /// Otherwise the layer above publishes to the dead-letter topic, and the broker hears of a success.
    /// </summary>
    bool KeepsDeadLetters => false;

    /// <summary>Returns when the broker keeps the message for every consumer group of its topic; throws when it does not.</summary>
    Task Publish(BrokerMessage message, CancellationToken cancellationToken);

    /// <summary>Publishes in the order given. A broker that can do better than one by one has its own form.</summary>
    /// <returns>Those that the broker did not take; empty when it took all. It throws only when it took none.</returns>
    async Task<IReadOnlyList<PublishFailure>> PublishBulk(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        var failures = new List<PublishFailure>();
        for (var i = 0; i < messages.Count; i++)
        {
            try
            {
                await Publish(messages[i], cancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                failures.Add(new PublishFailure(i, error.Message));
            }
        }

        return failures;
    }

    /// <summary>
    /// Hands the consumer its messages until <paramref name="stopping"/> is cancelled; returns after the deliveries under way have
    /// ended, or were given up after the grace period. It may be called again with the same id while an earlier call still runs
    /// (a stream beside the app, another process): such calls share the messages of their group. An outage of the broker is sat
    /// out here; what is thrown ends this call, and the caller begins anew.
    /// </summary>
    Task Consume(Consumer consumer, CancellationToken stopping);
}

/// <summary>One message on its way into the broker.</summary>
internal sealed record BrokerMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Of the payload: <c>application/cloudevents+json</c>, or what the publisher of a raw one said.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>Messages of one key reach a consumer one after another, in order; null for no order.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>For brokers with the capability <c>MESSAGE_TTL</c>; for all others the envelope says when it expires.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>The request's metadata as the publisher gave them (keys without case), those with fields of their own included.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}

/// <summary>A message of a bulk that the broker did not take, by its place in the bulk.</summary>
internal readonly record struct PublishFailure(int Index, string Reason);

/// <summary>One attempt to hand a message to a consumer.</summary>
/// <param name="Metadata">What the broker says of the message; an app that speaks HTTP gets them as headers.</param>
/// <param name="Attempt">From one; always one for a broker that does not count.</param>
internal sealed record BrokerDelivery(string Topic, ReadOnlyMemory<byte> Payload, IReadOnlyDictionary<string, string> Metadata, int Attempt = 1);

/// <summary>A member of a consumer group: its topics, and where its messages go. <c>Deliver</c> never throws and may be called concurrently.</summary>
/// <param name="Id">The group: the component's <c>consumerID</c>, else the app's id.</param>
internal sealed record Consumer(
    string Id, IReadOnlyList<ConsumedTopic> Topics, Func<BrokerDelivery, CancellationToken, Task<DeliveryResult>> Deliver)
{
    /// <summary>How long deliveries may go on after the stop, before their token is cancelled.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>To be called when what is published from now on reaches the group.</summary>
    public Action Ready { get; init; } = () => { };

    /// <summary>Whether these are all topics of the group, so that a broker with durable registrations may end the others.</summary>
    public bool IsComplete { get; init; }
}

/// <summary>A topic that a consumer wants.</summary>
/// <param name="DeadLetterTopic">Of interest only to a broker that keeps dead letters itself.</param>
internal sealed record ConsumedTopic(string Topic, string? DeadLetterTopic = null)
{
    /// <summary>The subscription's own metadata (keys without case).</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>How many deliveries the consumer wants at one time, at least, to make a bulk of them; one for no bulks.</summary>
    public int BulkSize { get; init; } = 1;
}

/// <summary>How an attempt ended, and why when it failed.</summary>
internal readonly record struct DeliveryResult(DeliveryOutcome Outcome, string? Reason = null)
{
    public static readonly DeliveryResult Success = new(DeliveryOutcome.Success);
}

internal enum DeliveryOutcome
{
    /// <summary>Taken, or put among the dead letters: to be acknowledged.</summary>
    Success,

    /// <summary>Failed; to be tried again as the broker can (its own nack, redelivery or retries).</summary>
    Retry,

    /// <summary>Never to be tried again: to the dead letters where the broker keeps them, else acknowledged and gone.</summary>
    Drop,

    /// <summary>The consumer was not there or stopped; to stay in the broker unacknowledged, and no fault of the message.</summary>
    Unreachable,
}
