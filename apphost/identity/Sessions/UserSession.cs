namespace Platform.Identity.Sessions;

/// <summary>A person's single sign-on session; its id is the <c>sid</c> of every token issued in it.</summary>
internal sealed class UserSession
{
    public required Guid Id { get; init; }

    public required string UserId { get; init; }

    public required DateTimeOffset SignedInAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When it ends however busy it is.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
