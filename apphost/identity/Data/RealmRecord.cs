namespace Platform.Identity.Data;

/// <summary>Something of the realm that was made or changed since the file was read.</summary>
internal sealed class RealmRecord
{
    /// <summary>One of <see cref="RecordKinds"/>.</summary>
    public required string Kind { get; init; }

    public required string Id { get; init; }

    /// <summary>The document, sealed; null when the thing was removed.</summary>
    public required string? Document { get; set; }

    /// <summary>Whether it overlays something of the file; without that it is void.</summary>
    public required bool FromFile { get; init; }
}

internal static class RecordKinds
{
    public const string User = "user";
    public const string Client = "client";
    public const string Organization = "organization";
    public const string Member = "member";
    public const string IdentityProvider = "identity-provider";
}
