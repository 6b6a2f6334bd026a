using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Validation;

namespace Platform.Tenants.IdentityProviders;

internal static class UpdateIdentityProvider
{
    public sealed class Validator : AbstractValidator<V1.UpdateIdentityProviderRequest>
    {
        public Validator() => RuleFor(request => request.IdentityProvider).NotNull().WithMessage("Send the identity provider.");
    }

    public static async Task<Result<V1.IdentityProvider>> Handle(
        V1.UpdateIdentityProviderRequest request, TenantsDbContext db, Caller caller, IdentityBrokers identity, ProviderAddress addresses, TimeProvider time, CancellationToken cancellationToken)
    {
        if (IdentityProviderRules.CheckManager(caller) is { } denial)
            return denial;
        if (await db.FindIdentityProviderAsync(request.IdentityProvider.Id, cancellationToken) is not { } provider)
            return IdentityProviderRules.NotFound(request.IdentityProvider.Id);
        if (!provider.Matches(request.IdentityProvider.Etag))
            return Error.Stale("identity provider");
        var current = provider.ToMessage(identity.RealmUrl);
        var merged = Masks.Merge(current, request.IdentityProvider, request.UpdateMask).Validate(new IdentityProviderValidator(addresses), "identityProvider");
        if (merged.IsError)
            return merged.Error;
        if (IdentityProviderRules.CheckSame(current, merged.Value) is { } refusal)
            return refusal;
        provider.Update(merged.Value, time.GetUtcNow());
        db.Publish(provider.Id, new V1.IdentityProviderChanged { IdentityProvider = provider.ToMessage(identity.RealmUrl) });
        // The row is held until the identity server has followed; where it does not, nothing has changed.
        return await db.InTransactionAsync(async () =>
            await db.TrySaveChangesAsync(cancellationToken) is { } stale ? stale
            : await identity.UpdateAsync(provider, merged.Value.Oidc?.ClientSecret ?? "", cancellationToken) is { } failure ? failure
            : (Result<V1.IdentityProvider>)provider.ToMessage(identity.RealmUrl), cancellationToken);
    }
}
