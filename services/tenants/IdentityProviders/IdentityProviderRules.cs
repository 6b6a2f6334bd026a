using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Tenancy;
using static Platform.Languages.Wording;

namespace Platform.Tenants.IdentityProviders;

/// <summary>Who may manage identity providers, how many there are, and what of them stays.</summary>
internal static class IdentityProviderRules
{
    private const int Usual = 10;

    private static readonly Error NoManager =
        new(Google.Rpc.Code.PermissionDenied, "PERMISSION_DENIED", "Only a person decides where people sign in: sign in as an administrator.");

    /// <summary>Whoever says where people sign in could sign in as anybody: that is a person's to decide, under their own name.</summary>
    public static Error? CheckManager(Caller caller) => caller.Kind == CallerKind.Person ? null : NoManager;

    public static async Task<Error?> CheckNumberAsync(this TenantsDbContext db, CancellationToken cancellationToken)
    {
        var limits = await db.Tenants.Select(tenant => tenant.Limits).SingleOrDefaultAsync(cancellationToken);
        var most = limits?.IdentityProviders switch { null or 0 => Usual, < 0 => 0, var number => number.Value };
        return await db.IdentityProviders.CountAsync(cancellationToken) < most ? null : new(Google.Rpc.Code.ResourceExhausted, "IDENTITY_PROVIDER_LIMIT",
            Say($"Your company may have {most} identity providers and has them: remove one, or ask the operator of the platform."));
    }

    /// <summary>People are connected to one server: what it is cannot become another.</summary>
    public static Error? CheckSame(V1.IdentityProvider current, V1.IdentityProvider changed) =>
        current.ProtocolCase != changed.ProtocolCase ? Error.Invalid("identityProvider.protocol", "The kind is never changed: register another identity provider.")
        : current.Oidc?.Issuer != changed.Oidc?.Issuer ? Error.Invalid("identityProvider.oidc.issuer", "The issuer is never changed: register another identity provider.")
        : current.Saml?.EntityId != changed.Saml?.EntityId ? Error.Invalid("identityProvider.saml.entityId", "The entity id is never changed: register another identity provider.")
        : null;

    public static Task<IdentityProvider?> FindIdentityProviderAsync(this TenantsDbContext db, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var guid) ? db.IdentityProviders.SingleOrDefaultAsync(provider => provider.Id == guid, cancellationToken) : Task.FromResult<IdentityProvider?>(null);

    public static Error NotFound(string id) => Error.NotFound("identity provider", id);
}
