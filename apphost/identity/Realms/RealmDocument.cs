using System.Text.Json.Serialization;

namespace Platform.Identity.Realms;

/// <summary>A Keycloak realm import, as far as this provider honours it. Absent values are Keycloak's defaults; times are seconds.</summary>
internal sealed record RealmDocument
{
    public required string Realm { get; init; }
    public string? DisplayName { get; init; }
    public bool LoginWithEmailAllowed { get; init; } = true;
    public int AccessTokenLifespan { get; init; } = 300;
    public int AccessCodeLifespan { get; init; } = 60;
    public int AccessCodeLifespanLogin { get; init; } = 1800;
    public int SsoSessionIdleTimeout { get; init; } = 1800;
    public int SsoSessionMaxLifespan { get; init; } = 36000;
    public bool RevokeRefreshToken { get; init; }
    public bool BruteForceProtected { get; init; }
    public int FailureFactor { get; init; } = 30;
    public int WaitIncrementSeconds { get; init; } = 60;
    public int MaxFailureWaitSeconds { get; init; } = 900;
    public int MaxDeltaTimeSeconds { get; init; } = 43200;
    public int QuickLoginCheckMilliSeconds { get; init; } = 1000;
    public int MinimumQuickLoginWaitSeconds { get; init; } = 60;
    public RolesDocument Roles { get; init; } = new();
    public IReadOnlyList<ClientScopeDocument> ClientScopes { get; init; } = [];
    public IReadOnlyList<string> DefaultDefaultClientScopes { get; init; } = [];
    public IReadOnlyList<string> DefaultOptionalClientScopes { get; init; } = [];
    public IReadOnlyList<ClientDocument> Clients { get; init; } = [];
    public IReadOnlyList<UserDocument> Users { get; init; } = [];
    public IReadOnlyList<OrganizationDocument> Organizations { get; init; } = [];
}

internal sealed record RolesDocument
{
    public IReadOnlyList<RoleDocument> Realm { get; init; } = [];
    public IReadOnlyDictionary<string, IReadOnlyList<RoleDocument>> Client { get; init; } = new Dictionary<string, IReadOnlyList<RoleDocument>>();
}

internal sealed record RoleDocument
{
    public required string Name { get; init; }
    public CompositesDocument? Composites { get; init; }
}

internal sealed record CompositesDocument
{
    public IReadOnlyList<string> Realm { get; init; } = [];
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Client { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}

internal sealed record ClientScopeDocument
{
    public required string Name { get; init; }
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<ProtocolMapperDocument> ProtocolMappers { get; init; } = [];

    [JsonIgnore]
    public bool IncludedInToken => Attributes.GetValueOrDefault("include.in.token.scope", "true") == "true";
}

internal sealed record ProtocolMapperDocument
{
    public required string Name { get; init; }

    [JsonPropertyName("protocolMapper")]
    public required string Type { get; init; }

    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();
}

internal sealed record ClientDocument
{
    public required string ClientId { get; init; }
    public string? Name { get; init; }
    public bool Enabled { get; init; } = true;
    public bool BearerOnly { get; init; }
    public bool PublicClient { get; init; }
    public string? Secret { get; init; }
    public bool StandardFlowEnabled { get; init; } = true;
    public bool DirectAccessGrantsEnabled { get; init; }
    public bool ServiceAccountsEnabled { get; init; }
    public bool FullScopeAllowed { get; init; } = true;
    public IReadOnlyList<string> RedirectUris { get; init; } = [];
    public IReadOnlyList<string> WebOrigins { get; init; } = [];
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<string>? DefaultClientScopes { get; init; }
    public IReadOnlyList<string>? OptionalClientScopes { get; init; }
    public IReadOnlyList<ProtocolMapperDocument> ProtocolMappers { get; init; } = [];
}

internal sealed record UserDocument
{
    public required string Id { get; init; }
    public required string Username { get; init; }
    public string? Email { get; init; }
    public bool EmailVerified { get; init; }
    public bool Enabled { get; init; } = true;
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? ServiceAccountClientId { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
    public IReadOnlyList<CredentialDocument> Credentials { get; init; } = [];
    public IReadOnlyList<string> RequiredActions { get; init; } = [];
    public IReadOnlyList<string> RealmRoles { get; init; } = [];
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ClientRoles { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>A credential with its two documents as Keycloak stores them: JSON inside a string.</summary>
internal sealed record CredentialDocument
{
    public required string Type { get; init; }
    public string? SecretData { get; init; }
    public string? CredentialData { get; init; }
}

internal sealed record OrganizationDocument
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Alias { get; init; }
    public bool Enabled { get; init; } = true;
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
    public IReadOnlyList<MemberDocument> Members { get; init; } = [];
}

internal sealed record MemberDocument
{
    public required string Username { get; init; }
}
