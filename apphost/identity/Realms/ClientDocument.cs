namespace Platform.Identity.Realms;

internal sealed record ClientDocument
{
    /// <summary>Keycloak's own key of the client, by which the admin API addresses it; made from the client id where the file has none.</summary>
    public string? Id { get; init; }

    public required string ClientId { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string Protocol { get; init; } = "openid-connect";
    public bool Enabled { get; init; } = true;
    public bool BearerOnly { get; init; }
    public bool PublicClient { get; init; }
    public string? Secret { get; init; }
    public bool ConsentRequired { get; init; }
    public bool StandardFlowEnabled { get; init; } = true;
    public bool DirectAccessGrantsEnabled { get; init; }
    public bool ServiceAccountsEnabled { get; init; }
    public bool FullScopeAllowed { get; init; } = true;
    public string? RootUrl { get; init; }
    public string? BaseUrl { get; init; }
    public IReadOnlyList<string> RedirectUris { get; init; } = [];
    public IReadOnlyList<string> WebOrigins { get; init; } = [];
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<string>? DefaultClientScopes { get; init; }
    public IReadOnlyList<string>? OptionalClientScopes { get; init; }
    public IReadOnlyList<ProtocolMapperDocument> ProtocolMappers { get; init; } = [];
}
