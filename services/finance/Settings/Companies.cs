using Grpc.Core;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.V1;

namespace Platform.Finance.Settings;

/// <summary>
/// Asks tenants, as the caller, for the company that finance has not heard of: a broker has no history for a subscriber that was
/// away for longer than it keeps a message.
/// </summary>
internal sealed class Companies(TenantsService.TenantsServiceClient tenants, FinanceDbContext db, TimeProvider time)
{
    private static readonly Error Unavailable =
        new(Google.Rpc.Code.Unavailable, "TENANTS_UNAVAILABLE", "What the documents need to say of your company cannot be read right now: try again in a moment.");

    /// <summary>Makes sure that the settings name the seller where tenants can tell; null where nothing speaks against going on.</summary>
    public async Task<Error?> EnsureAsync(CancellationToken cancellationToken)
    {
        if ((await db.LoadSettingsAsync(time, cancellationToken)).HasLegalEntity)
            return null;
        var tenant = await AskAsync(cancellationToken);
        if (tenant.IsError)
            return tenant.Error.Status == Google.Rpc.Code.Unavailable ? tenant.Error : null;
        var settings = await db.LoadOrAddSettingsAsync(time, cancellationToken);
        settings.Adopt(tenant.Value, time.GetUtcNow());
        // Whoever was faster has written the same.
        await db.TrySaveChangesAsync(cancellationToken, new UniqueViolation(FinanceSettingsConfiguration.Key, Error.Stale("setting")));
        db.ChangeTracker.Clear();
        return null;
    }

    private async Task<Result<Tenant>> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await tenants.GetTenantAsync(new GetTenantRequest(), cancellationToken: cancellationToken);
        }
        catch (RpcException exception)
        {
            return exception.StatusCode is StatusCode.NotFound or StatusCode.PermissionDenied ? Error.NotFound("tenant", "") : Unavailable;
        }
    }
}
