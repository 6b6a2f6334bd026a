namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>When a bulk of messages goes to the app: as soon as it is full, or its first message has waited long enough.</summary>
internal sealed record BulkOptions(int MaxMessages, TimeSpan MaxWait)
{
    public const int DefaultMaxMessages = 100;
    public const int DefaultMaxWait = 1000;

    /// <param name="maxMessages">Zero or less for daprd's default, as with <paramref name="maxAwaitMilliseconds"/>.</param>
    public static BulkOptions Of(int maxMessages, int maxAwaitMilliseconds) => new(
        maxMessages > 0 ? maxMessages : DefaultMaxMessages,
        TimeSpan.FromMilliseconds(maxAwaitMilliseconds > 0 ? maxAwaitMilliseconds : DefaultMaxWait));
}
