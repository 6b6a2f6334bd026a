using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Tenants.ExternalApps;

internal static class CreateExternalApp
{
    public sealed class Validator : AbstractValidator<V1.CreateExternalAppRequest>
    {
        public Validator() => RuleFor(request => request.ExternalApp).NotNull().WithMessage("Send the application's name, type, addresses and permissions.")
            .SetValidator(new ExternalAppValidator());
    }

    public static async Task<Result<V1.CreateExternalAppResponse>> Handle(
        V1.CreateExternalAppRequest request, TenantsDbContext db, Caller caller, IdentityClients identity, TimeProvider time, CancellationToken cancellationToken)
    {
        if (ExternalAppRules.CheckManager(caller) is { } denial)
            return denial;
        if (await db.CheckScopesAsync(request.ExternalApp.Permissions, cancellationToken) is { } refusal)
            return refusal;
        if (await db.CheckNumberAsync(cancellationToken) is { } full)
            return full;
        // The row last: a client without one is refused by the platform.
        return await db.InTransactionAsync(async () =>
        {
            var app = ExternalApp.Create(caller.RequiredTenantId, caller.Subject, request.ExternalApp, time.GetUtcNow());
            db.ExternalApps.Add(app);
            db.Publish(app.Id, new V1.ExternalAppChanged { ExternalApp = app.ToMessage() });
            await db.SaveChangesAsync(cancellationToken);
            var made = await identity.CreateAsync(app, cancellationToken);
            return made.IsError ? made.Error : (Result<V1.CreateExternalAppResponse>)new V1.CreateExternalAppResponse { ExternalApp = app.ToMessage(), Secret = made.Value };
        }, cancellationToken);
    }
}
