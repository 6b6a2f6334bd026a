using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Tenants.IdentityProviders;

internal static class DeleteIdentityProvider
{
    public static async Task<Result<Empty>> Handle(
        V1.DeleteIdentityProviderRequest request, TenantsDbContext db, Caller caller, IdentityBrokers identity, CancellationToken cancellationToken)
    {
        if (IdentityProviderRules.CheckManager(caller) is { } denial)
            return denial;
        if (await db.FindIdentityProviderAsync(request.Id, cancellationToken) is not { } provider)
            return IdentityProviderRules.NotFound(request.Id);
        db.IdentityProviders.Remove(provider);
        db.Publish(provider.Id, new V1.IdentityProviderChanged { IdentityProvider = provider.ToMessage(identity.RealmUrl), Deleted = true });
        return await db.InTransactionAsync(async () =>
            await db.TrySaveChangesAsync(cancellationToken) is { } stale ? stale
            : await identity.DeleteAsync(provider, cancellationToken) is { } failure ? failure
            : (Result<Empty>)new Empty(), cancellationToken);
    }
}
