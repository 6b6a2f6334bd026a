using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Tenants.ExternalApps;

internal static class DeleteExternalApp
{
    public static async Task<Result<Empty>> Handle(
        V1.DeleteExternalAppRequest request, TenantsDbContext db, Caller caller, IdentityClients identity, CancellationToken cancellationToken)
    {
        if (ExternalAppRules.CheckManager(caller) is { } denial)
            return denial;
        if (await db.FindExternalAppAsync(request.Id, cancellationToken) is not { } app)
            return GetExternalApp.NotFound(request.Id);
        db.ExternalApps.Remove(app);
        db.Publish(app.Id, new V1.ExternalAppChanged { ExternalApp = app.ToMessage(), Deleted = true });
        return await db.InTransactionAsync(async () =>
            await db.TrySaveChangesAsync(cancellationToken) is { } stale ? stale
            : await identity.DeleteAsync(app, cancellationToken) is { } failure ? failure
            : (Result<Empty>)new Empty(), cancellationToken);
    }
}
