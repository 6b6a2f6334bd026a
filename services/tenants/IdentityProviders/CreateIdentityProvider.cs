using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Tenants.IdentityProviders;

internal static class CreateIdentityProvider
{
    public sealed class Validator : AbstractValidator<V1.CreateIdentityProviderRequest>
    {
        public Validator(ProviderAddress addresses) => RuleFor(request => request.IdentityProvider).NotNull().WithMessage("Send the identity provider's name and its settings: oidc or saml.")
            .SetValidator(new IdentityProviderValidator(addresses));
    }

    public static async Task<Result<V1.IdentityProvider>> Handle(
        V1.CreateIdentityProviderRequest request, TenantsDbContext db, Caller caller, IdentityBrokers identity, TimeProvider time, CancellationToken cancellationToken)
    {
        if (IdentityProviderRules.CheckManager(caller) is { } denial)
            return denial;
        if (request.IdentityProvider.Oidc is { ClientSecret: "" })
            return Error.Invalid("identityProvider.oidc.clientSecret", "Send the secret that the platform shows there.");
        if (await db.CheckNumberAsync(cancellationToken) is { } full)
            return full;
        // The identity server last: where it fails there is no row, and where the row fails there is no provider.
        return await db.InTransactionAsync(async () =>
        {
            var provider = IdentityProvider.Create(request.IdentityProvider, time.GetUtcNow());
            db.IdentityProviders.Add(provider);
            db.Publish(provider.Id, new V1.IdentityProviderChanged { IdentityProvider = provider.ToMessage(identity.RealmUrl) });
            await db.SaveChangesAsync(cancellationToken);
            return await identity.CreateAsync(provider, request.IdentityProvider.Oidc?.ClientSecret ?? "", cancellationToken) is { } failure ? failure
                : (Result<V1.IdentityProvider>)provider.ToMessage(identity.RealmUrl);
        }, cancellationToken);
    }
}
