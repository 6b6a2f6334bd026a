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
    public int AccessCodeLifespanUserAction { get; init; } = 300;
    public int ActionTokenGeneratedByAdminLifespan { get; init; } = 43200;
    public int ActionTokenGeneratedByUserLifespan { get; init; } = 300;
    public int SsoSessionIdleTimeout { get; init; } = 1800;
    public int SsoSessionMaxLifespan { get; init; } = 36000;
    public bool RevokeRefreshToken { get; init; }
    public bool ResetPasswordAllowed { get; init; }
    public bool VerifyEmail { get; init; }
    public string? PasswordPolicy { get; init; }
    public string OtpPolicyAlgorithm { get; init; } = "HmacSHA1";
    public int OtpPolicyDigits { get; init; } = 6;
    public int OtpPolicyPeriod { get; init; } = 30;
    public int OtpPolicyLookAheadWindow { get; init; } = 1;
    public bool EventsEnabled { get; init; }
    public int EventsExpiration { get; init; }
    public IReadOnlyDictionary<string, string> SmtpServer { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> LocalizationTexts { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();
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
    public IReadOnlyList<IdentityProviderDocument> IdentityProviders { get; init; } = [];
    public IReadOnlyList<IdentityProviderMapperDocument> IdentityProviderMappers { get; init; } = [];
    public IReadOnlyList<OrganizationDocument> Organizations { get; init; } = [];
}
