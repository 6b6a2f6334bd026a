namespace Platform.Identity.Data;

/// <summary>What a person lets an application do.</summary>
internal sealed class Consent
{
    public required string UserId { get; init; }

    public required string ClientId { get; init; }

    public required List<string> Scopes { get; set; }

    public required DateTimeOffset GrantedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }
}
