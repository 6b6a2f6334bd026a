namespace Platform.Identity.Realms;

/// <summary>A credential with its two documents as Keycloak stores them: JSON inside a string.</summary>
internal sealed record CredentialDocument
{
    public string? Id { get; init; }
    public required string Type { get; init; }
    public string? UserLabel { get; init; }
    public long? CreatedDate { get; init; }
    public string? SecretData { get; init; }
    public string? CredentialData { get; init; }
}
