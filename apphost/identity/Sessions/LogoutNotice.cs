namespace Platform.Identity.Sessions;

/// <summary>What an application has still to be told: a session with it has ended.</summary>
internal sealed class LogoutNotice
{
    public required Guid Id { get; init; }

    public required string ClientId { get; init; }

    public required string UserId { get; init; }

    public required Guid SessionId { get; init; }

    public required DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }
}
