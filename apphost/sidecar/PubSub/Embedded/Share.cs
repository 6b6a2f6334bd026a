namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>The part of a consumer group's messages that this process may deliver now.</summary>
/// <param name="Slots">Null for all.</param>
/// <param name="Changing">Cancelled when the share is to change: deliveries under way end in their own time, then it is asked for anew.</param>
/// <param name="Lost">Cancelled when others may already deliver the same messages.</param>
internal sealed record Share(long[]? Slots, CancellationToken Changing, CancellationToken Lost);
