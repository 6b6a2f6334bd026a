using System.Collections.Frozen;
using Platform.Access;
using Platform.CustomFields;

namespace Platform.Tenancy;

/// <summary>Who is asking.</summary>
public enum CallerKind
{
    /// <summary>Nobody: no tenant, no rows.</summary>
    Anonymous,

    /// <summary>A person, in the tenant of the token's organization claim.</summary>
    Person,

    /// <summary>A service account, in the tenant that the call's metadata names.</summary>
    Service,

    /// <summary>A machine with an API key, in the key's tenant.</summary>
    ApiKey,

    /// <summary>The platform itself, working on an event or a background task of one tenant.</summary>
    System,

    /// <summary>A person of the operator, in the tenant that the call's metadata names: by a grant of that tenant, or without any rights.</summary>
    Support,
}

/// <summary>
/// On whose behalf the current scope works: one tenant, one identity, its permissions. Set once, by authentication or by the
/// event dispatcher, never by a request's body, path or query.
/// </summary>
public sealed class Caller
{
    /// <summary>Metadata that names the tenant for service accounts; ignored for people.</summary>
    public const string TenantHeader = "x-tenant-id";

    /// <summary>Metadata in which a service account names the person for whom it acts; ignored for people.</summary>
    public const string OnBehalfOfHeader = "x-on-behalf-of";

    /// <summary>What kind of caller it is.</summary>
    public CallerKind Kind { get; private set; }

    /// <summary>The tenant; null means that no row is visible.</summary>
    public Guid? TenantId { get; private set; }

    /// <summary>Subject of the token, or the name of the background work.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Id of the person for whom a service account or the platform acts, or the grant by which a support person does; empty where nobody is known.</summary>
    public string OnBehalfOf { get; private set; } = "";

    /// <summary>Id of the person who caused what happens in this scope; empty where nobody is known.</summary>
    public string CausedBy => Kind is CallerKind.Person or CallerKind.Support ? Subject : OnBehalfOf;

    /// <summary>The token as it came, to be passed on unchanged; null for background work.</summary>
    public string? BearerToken { get; private set; }

    /// <summary>What the caller may do.</summary>
    public IReadOnlySet<string> Permissions { get; private set; } = FrozenSet<string>.Empty;

    /// <summary>What roles, teams and policies say of a person; null for service accounts and the platform itself, whom no policy concerns.</summary>
    public PersonAccess? Access { get; private set; }

    /// <summary>The fields that the tenant added to the records of this service; null while nothing has asked for them, or they cannot be known.</summary>
    public TenantFields? CustomFields { get; internal set; }

    /// <summary>Masks confidential fields where the caller may not see them, and hides the formulas that would tell what is hidden.</summary>
    public void Narrow(TenantFields fields)
    {
        var confidential = Permissions.Contains(ResourceFields.ReadConfidential);
        IReadOnlyList<string> unread = [.. fields.ReadElsewhere.Union(ResourceCatalogue.ReadElsewhere).Where(permission => !Permissions.Contains(permission))];
        // Policies do not concern a key; what is confidential does, and what it may not read elsewhere.
        if (Kind == CallerKind.ApiKey && ((!confidential && fields.HasConfidential) || unread.Count > 0))
            Access ??= new PersonAccess(new Tenants.V1.Access { UserId = Subject, Permissions = { Permissions } });
        Access = Access?.Narrowed(fields, confidential, unread);
    }

    /// <summary>How the tenant stands, as far as people and keys are concerned.</summary>
    public TenantStanding Standing { get; private set; } = TenantStanding.Usual;

    /// <summary>The tenant, where there must be one.</summary>
    /// <exception cref="InvalidOperationException">There is none: a programming error.</exception>
    public Guid RequiredTenantId => TenantId ?? throw new InvalidOperationException("This scope has no tenant.");

    /// <summary>Makes the scope work for a person or a service account.</summary>
    public void SignIn(CallerKind kind, Guid? tenantId, string subject, string? bearerToken, IReadOnlySet<string> permissions, string onBehalfOf = "")
    {
        if (Kind != CallerKind.Anonymous)
            throw new InvalidOperationException("The caller of a scope is set once.");
        (Kind, TenantId, Subject, BearerToken, Permissions, OnBehalfOf) = (kind, tenantId, subject, bearerToken, permissions, onBehalfOf);
    }

    /// <summary>Makes the scope work for a machine of a tenant.</summary>
    public void SignIn(Guid? tenantId, string subject, string bearerToken, IReadOnlySet<string> permissions, TenantStanding standing)
    {
        SignIn(CallerKind.ApiKey, tenantId, subject, bearerToken, permissions);
        Standing = standing;
    }

    /// <summary>Makes the scope work for a person of a tenant.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="subject">The person.</param>
    /// <param name="bearerToken">The token, to be passed on.</param>
    /// <param name="access">What the person may do.</param>
    /// <param name="granted">What the token lets its client do of it; null for all.</param>
    public void SignIn(Guid tenantId, string subject, string bearerToken, PersonAccess access, IReadOnlySet<string>? granted = null)
    {
        SignIn(CallerKind.Person, tenantId, subject, bearerToken, granted ?? access.Permissions);
        Access = access;
        Standing = access.Standing;
    }

    /// <summary>Makes the scope work for a support person in the tenant that the call names.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="subject">The support person.</param>
    /// <param name="bearerToken">The token, to be passed on.</param>
    /// <param name="own">What every support person may: ask for access.</param>
    /// <param name="access">What the tenant has granted; null where it has granted nothing, or not any more.</param>
    public void SignInSupport(Guid tenantId, string subject, string bearerToken, string own, PersonAccess? access)
    {
        var permissions = (access?.Permissions ?? FrozenSet<string>.Empty).Append(own).ToFrozenSet(StringComparer.Ordinal);
        SignIn(CallerKind.Support, tenantId, subject, bearerToken, permissions, access is null ? "" : $"support-grants/{access.SupportGrantId}");
        // Without a grant there are no rights that policies could narrow, and still the caller is no service, whom none concerns.
        Access = access ?? PersonAccess.None;
        Standing = Access.Standing;
    }

    /// <summary>
    /// Makes the scope go on with what somebody began, without the token: what other services are asked, the platform asks on behalf of that
    /// person.
    /// </summary>
    /// <param name="kind">What kind of caller began it.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="subject">Who began it.</param>
    /// <param name="onBehalfOf">Id of the person for whom a service account did, or the grant by which a support person did.</param>
    /// <param name="permissions">What is left of what that one was allowed.</param>
    /// <param name="access">What policies say of a person.</param>
    /// <param name="standing">How the company stands, where it is no person.</param>
    internal void Resume(CallerKind kind, Guid tenantId, string subject, string onBehalfOf, IReadOnlySet<string> permissions, PersonAccess? access, TenantStanding? standing = null)
    {
        SignIn(kind, tenantId, subject, null, permissions, onBehalfOf);
        Access = access;
        Standing = access?.Standing ?? standing ?? Standing;
    }

    /// <summary>Makes the scope work for the platform itself, in one tenant.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="subject">Name of the work.</param>
    /// <param name="onBehalfOf">Id of the person who caused it; empty where nobody is known.</param>
    public void ActAsSystem(Guid tenantId, string subject, string onBehalfOf = "") =>
        SignIn(CallerKind.System, tenantId, subject, null, FrozenSet<string>.Empty, onBehalfOf);
}
