using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Tenants.ExternalApps;

internal static class RotateExternalApp
{
    private static readonly Error HasNoSecret =
        Error.Precondition("EXTERNAL_APP_HAS_NO_SECRET", "A public application has no secret: its proof key is made anew at each sign-in.");

    public static async Task<Result<V1.RotateExternalAppResponse>> Handle(
        V1.RotateExternalAppRequest request, TenantsDbContext db, Caller caller, IdentityClients identity, TimeProvider time, CancellationToken cancellationToken)
    {
        if (ExternalAppRules.CheckManager(caller) is { } denial)
            return denial;
        if (await db.FindExternalAppAsync(request.Id, cancellationToken) is not { } app)
            return GetExternalApp.NotFound(request.Id);
        if (app.IsPublic)
            return HasNoSecret;
        app.Touch(time.GetUtcNow());
        db.Publish(app.Id, new V1.ExternalAppChanged { ExternalApp = app.ToMessage() });
        return await db.InTransactionAsync(async () =>
        {
            if (await db.TrySaveChangesAsync(cancellationToken) is { } stale)
                return stale;
            var secret = await identity.RotateAsync(app, cancellationToken);
            return secret.IsError ? secret.Error : (Result<V1.RotateExternalAppResponse>)new V1.RotateExternalAppResponse { ExternalApp = app.ToMessage(), Secret = secret.Value };
        }, cancellationToken);
    }
}
