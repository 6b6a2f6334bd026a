namespace Platform.Sidecar.Actors;

/// <summary>What is sent to an actor: all of it, for it may have to be sent again.</summary>
internal sealed record ActorRequest(ReadOnlyMemory<byte> Body, string? ContentType)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>With its question mark, or empty.</summary>
    public string Query { get; init; } = "";
}

/// <summary>What the app answered for the actor; always with status 200.</summary>
internal sealed record ActorReply(byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers, string? ContentType)
{
    private const string CancelHeader = "X-DaprReminderCancel";

    /// <summary>The receiver of a reminder or timer wants no more of it.</summary>
    public bool IsCancelled => Headers.Any(header => header.Key.Equals(CancelHeader, StringComparison.OrdinalIgnoreCase)
        && header.Value.ToLowerInvariant() is "true" or "1" or "t" or "y" or "yes" or "on");
}
