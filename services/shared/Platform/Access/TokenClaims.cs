using System.Collections.Frozen;
using System.Security.Claims;
using System.Text.Json;

namespace Platform.Access;

/// <summary>Reads the claims that Keycloak writes as JSON.</summary>
public static class TokenClaims
{
    private const string Resource = "platform-api";
    private const string Organization = "organization";

    /// <summary>The client role of the operator's support people, and what it lets them do: ask for access.</summary>
    public const string SupportRole = "tenants.support";

    private static readonly FrozenSet<string> OwnClients = FrozenSet.ToFrozenSet(["platform-web", "platform-mobile", "platform-cli"], StringComparer.Ordinal);

    /// <summary>
    /// Whether the token is a service account's: Keycloak writes <c>client_id</c> for those alone. A person has an organization or
    /// none, whatever roles somebody gave it, and never names a tenant.
    /// </summary>
    public static bool IsServiceAccount(ClaimsPrincipal user) =>
        !user.HasClaim(claim => claim.Type == Organization) && user.FindFirst("client_id") is not null && ServicePermissionsOf(user).Count > 0;

    /// <summary>
    /// Whether the token is a support person's: one of no organization, with the role, through one of the platform's own clients.
    /// Such a person names a tenant, and has there what the tenant has granted.
    /// </summary>
    public static bool IsSupport(ClaimsPrincipal user) =>
        !user.HasClaim(claim => claim.Type == Organization) && user.FindFirst("client_id") is null
        && (user.FindFirstValue("azp") is not { } client || OwnClients.Contains(client)) && ServicePermissionsOf(user).Contains(SupportRole);

    /// <summary>The id in <c>organization</c> = <c>{"acme":{"id":"…"}}</c>; null where the token names none or several.</summary>
    public static Guid? OrganizationOf(ClaimsPrincipal user)
    {
        // A list, which is how Keycloak names organizations without their ids, comes as several claims or as one that is no JSON.
        if (user.FindAll(Organization).ToList() is not [{ Value: var json }])
            return null;
        using var document = ParseOrNull(json);
        if (document is not { RootElement.ValueKind: JsonValueKind.Object })
            return null;
        var organizations = document.RootElement.EnumerateObject().ToList();
        return organizations is [{ Value: { ValueKind: JsonValueKind.Object } only }]
            && only.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.TryGetGuid(out var tenant) ? tenant : null;
    }

    /// <summary>
    /// What a person's token grants of the person's permissions: all of them through the platform's own clients; through an external
    /// app, which Keycloak names in <c>azp</c>, those that the person has consented to, each a scope of the same name.
    /// </summary>
    public static IReadOnlySet<string> Granted(ClaimsPrincipal user, IReadOnlySet<string> permissions)
    {
        if (user.FindFirstValue("azp") is not { } client || OwnClients.Contains(client))
            return permissions;
        var scopes = (user.FindFirstValue("scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return scopes.Where(permissions.Contains).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The client roles on <c>platform-api</c>: the permissions of a service account.</summary>
    public static IReadOnlySet<string> ServicePermissionsOf(ClaimsPrincipal user)
    {
        if (user.FindFirstValue("resource_access") is not { Length: > 0 } json)
            return FrozenSet<string>.Empty;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty(Resource, out var access) && access.TryGetProperty("roles", out var roles)
            ? roles.EnumerateArray().Select(role => role.GetString()!).ToFrozenSet(StringComparer.Ordinal)
            : FrozenSet<string>.Empty;
    }

    private static JsonDocument? ParseOrNull(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
