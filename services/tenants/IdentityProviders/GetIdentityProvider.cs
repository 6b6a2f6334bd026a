using Platform.Errors;

namespace Platform.Tenants.IdentityProviders;

internal static class GetIdentityProvider
{
    public static async Task<Result<V1.IdentityProvider>> Handle(V1.GetIdentityProviderRequest request, TenantsDbContext db, IdentityBrokers identity, CancellationToken cancellationToken) =>
        await db.FindIdentityProviderAsync(request.Id, cancellationToken) is { } provider ? provider.ToMessage(identity.RealmUrl) : IdentityProviderRules.NotFound(request.Id);
}
