namespace Platform.Identity.Realms;

internal sealed record UserDocument
{
    public required string Id { get; init; }
    public required string Username { get; init; }
    public string? Email { get; init; }
    public bool EmailVerified { get; init; }
    public bool Enabled { get; init; } = true;
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public long? CreatedTimestamp { get; init; }
    public string? ServiceAccountClientId { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
    public IReadOnlyList<CredentialDocument> Credentials { get; init; } = [];
    public IReadOnlyList<FederatedIdentityDocument> FederatedIdentities { get; init; } = [];
    public IReadOnlyList<string> RequiredActions { get; init; } = [];
    public IReadOnlyList<string> RealmRoles { get; init; } = [];
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ClientRoles { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public IEnumerable<CredentialDocument> CredentialsOf(string type) => Credentials.Where(credential => credential.Type == type);

    public UserDocument WithoutAction(string action) => this with { RequiredActions = [.. RequiredActions.Where(other => other != action)] };
}
