using System.Collections.Frozen;
using System.Security.Claims;
using System.Text.Json;

namespace Platform.Access;

/// <summary>Reads the claims that Keycloak writes as JSON.</summary>
public static class TokenClaims
{
    private const string Resource = "platform-api";

    /// <summary>The id in <c>organization</c> = <c>{"acme":{"id":"…"}}</c>; null where the token names none or several.</summary>
    public static Guid? OrganizationOf(ClaimsPrincipal user)
    {
        if (user.FindFirstValue("organization") is not { Length: > 0 } json)
            return null;
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            return null;
        var organizations = document.RootElement.EnumerateObject().ToList();
        return organizations is [{ Value: { ValueKind: JsonValueKind.Object } only }] && only.TryGetProperty("id", out var id) && id.TryGetGuid(out var tenant) ? tenant : null;
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
}
