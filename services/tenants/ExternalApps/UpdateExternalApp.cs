using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Validation;

namespace Platform.Tenants.ExternalApps;

internal static class UpdateExternalApp
{
    public sealed class Validator : AbstractValidator<V1.UpdateExternalAppRequest>
    {
        public Validator() => RuleFor(request => request.ExternalApp).NotNull().WithMessage("Send the application.");
    }

    public static async Task<Result<V1.ExternalApp>> Handle(
        V1.UpdateExternalAppRequest request, TenantsDbContext db, Caller caller, IdentityClients identity, TimeProvider time, CancellationToken cancellationToken)
    {
        if (ExternalAppRules.CheckManager(caller) is { } denial)
            return denial;
        if (await db.FindExternalAppAsync(request.ExternalApp.Id, cancellationToken) is not { } app)
            return GetExternalApp.NotFound(request.ExternalApp.Id);
        if (!app.Matches(request.ExternalApp.Etag))
            return Error.Stale("application");
        var current = app.ToMessage();
        var merged = Masks.Merge(current, request.ExternalApp, request.UpdateMask).Validate(new ExternalAppValidator(), "externalApp");
        if (merged.IsError)
            return merged.Error;
        if (merged.Value.Type != current.Type)
            return Error.Invalid("externalApp.type", "The type is never changed: register another application.");
        if (await db.CheckScopesAsync(merged.Value.Permissions, cancellationToken) is { } refusal)
            return refusal;
        app.Update(merged.Value, time.GetUtcNow());
        db.Publish(app.Id, new V1.ExternalAppChanged { ExternalApp = app.ToMessage() });
        // The row is held until the identity server has followed; where it does not, nothing has changed.
        return await db.InTransactionAsync(async () =>
            await db.TrySaveChangesAsync(cancellationToken) is { } stale ? stale
            : await identity.UpdateAsync(app, cancellationToken) is { } failure ? failure
            : (Result<V1.ExternalApp>)app.ToMessage(), cancellationToken);
    }
}
