namespace Platform.Sidecar.Actors;

/// <summary>How an app wants the actors of one type to be treated.</summary>
internal sealed record ActorTypeOptions
{
    /// <summary>An actor that nobody called for so long is deactivated.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a call under way may take to finish when the actor has to go.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>False to break off calls at once.</summary>
    public bool Drain { get; init; } = true;

    /// <summary>Whether a call that comes of a call to the same actor may enter it.</summary>
    public bool IsReentrant { get; init; }

    public int MaxStackDepth { get; init; } = 32;
}
