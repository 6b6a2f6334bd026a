using Dapr.Client.Autogen.Grpc.v1;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>What an app wants from one topic, and at which of its paths.</summary>
internal sealed record Subscription(string PubSub, string Topic, Routes Routes)
{
    public string? DeadLetterTopic { get; init; }
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
    public PubsubSubscriptionType Type { get; init; } = PubsubSubscriptionType.Programmatic;

    /// <summary>Whether messages are bytes to be put in an envelope only now.</summary>
    public bool IsRaw { get; init; }

    /// <summary>Null when each message is delivered by itself.</summary>
    public BulkOptions? Bulk { get; init; }

    public PubsubSubscription Describe()
    {
        var described = new PubsubSubscription
        {
            PubsubName = PubSub,
            Topic = Topic,
            DeadLetterTopic = DeadLetterTopic ?? "",
            Type = Type,
            Rules = new PubsubSubscriptionRules(),
        };
        described.Metadata.Add(Metadata.ToDictionary());
        described.Rules.Rules.Add(Routes.Rules.Select(rule => new PubsubSubscriptionRule { Match = rule.Expression, Path = rule.Path }));
        if (Routes.Default is { } path)
            described.Rules.Rules.Add(new PubsubSubscriptionRule { Path = path });
        return described;
    }
}
