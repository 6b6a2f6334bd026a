namespace Platform.Gateway.Sessions;

/// <summary>Somebody's sign-in with one browser, as it is kept in the state store.</summary>
internal sealed record Session
{
    /// <summary>Names the session to its owner; it opens nothing.</summary>
    public required Guid Id { get; init; }

    public required Person Person { get; init; }

    /// <summary>The identity server's session, which may serve other applications too: the <c>sid</c> of its tokens.</summary>
    public string? SingleSignOnId { get; init; }

    /// <summary>The tenant that the tokens are for; null for somebody without one.</summary>
    public Organization? Organization { get; init; }

    /// <summary>Tenants that this browser has worked in since its first sign-in, the present one included.</summary>
    public IReadOnlyList<Organization> Organizations { get; init; } = [];

    public required TokenSet Tokens { get; init; }

    /// <summary>Until when one of the replicas has taken it upon itself to renew the tokens.</summary>
    public DateTimeOffset? RenewalUntil { get; init; }

    public required Origin Origin { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public required DateTimeOffset LastSeenTime { get; init; }

    /// <summary>When it ends, however busy it is.</summary>
    public required DateTimeOffset EndTime { get; init; }
}

/// <summary>Who has signed in.</summary>
/// <param name="Id">The subject of the tokens.</param>
internal sealed record Person(string Id, string Name, string? Email);

/// <summary>A tenant, as the identity server names it.</summary>
/// <param name="Alias">Its name in the identity server.</param>
/// <param name="Name">Its name for people; the alias where the platform did not tell.</param>
internal sealed record Organization(Guid Id, string Alias, string Name);

/// <summary>What the identity server gave.</summary>
/// <param name="AccessEndTime">When the access token expires.</param>
/// <param name="Identity">The identity token of the sign-in, by which the identity server knows the session to end.</param>
internal sealed record TokenSet(string Access, DateTimeOffset AccessEndTime, string? Refresh, string? Identity);

/// <summary>Where the sign-in came from.</summary>
internal sealed record Origin(string Device, string Browser, string? Address);
