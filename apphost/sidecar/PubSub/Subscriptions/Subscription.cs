using System.Text.Json;
using Dapr.Client.Autogen.Grpc.v1;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>What an app wants from one topic, and at which of its paths.</summary>
internal sealed record Subscription(string PubSub, string Topic, Routes Routes)
{
    public string? DeadLetterTopic { get; init; }
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
    public PubsubSubscriptionType Type { get; init; } = PubsubSubscriptionType.Programmatic;

    /// <summary>Whether messages are bytes to be put in an envelope only now.</summary>
    public bool IsRaw => Metadata.TryGetValue("rawPayload", out var value) && (value is "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));
}

/// <summary>The paths of one subscription: the first rule that matches, else the default.</summary>
internal sealed record Routes(IReadOnlyList<Route> Rules, string? Default)
{
    /// <returns>Null when no rule matches and there is no default.</returns>
    public string? PathOf(ReadOnlyMemory<byte> cloudEvent)
    {
        if (Rules.Count == 0)
            return Default;
        using var document = JsonDocument.Parse(cloudEvent);
        return Rules.FirstOrDefault(rule => rule.Match.Matches(document.RootElement))?.Path ?? Default;
    }
}

/// <param name="Expression">The condition as it was written, for the metadata API.</param>
internal sealed record Route(string Expression, EventMatch Match, string Path);
