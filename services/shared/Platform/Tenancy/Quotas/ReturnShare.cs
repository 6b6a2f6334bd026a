using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.V1;

namespace Platform.Tenancy.Quotas;

/// <summary>Gives back what this service holds of a limit of the whole company beyond what it uses: with its next record it asks again.</summary>
internal static class ReturnShare
{
    private static readonly Error NoLimits = Error.Precondition("NO_LIMITS", "This service holds nobody to limits.");
    private static readonly Error Busy = new(Google.Rpc.Code.Aborted, "LIMIT_BUSY", "Records are being made just now: try again in a moment.");

    private static readonly Error NotMeasured = new(Google.Rpc.Code.Aborted, "LIMIT_BUSY", "The bytes are being measured: try again in a moment.");

    public static async Task<Result<ReturnShareResponse>> Handle(
        ReturnShareRequest request, PlatformDbContext db, QuotaDirectory directory, StorageMeter meter, string module, CancellationToken cancellationToken)
    {
        if (!CompanyLimits.IsOne(request.Resource))
            return Error.Invalid("resource", "Use rows or storage.");
        if (QuotaKinds.Of(db.Model) is not { IsLimited: true } kinds)
            return NoLimits;
        try
        {
            var answer = await db.InTransactionAsync(() => ReturnAsync(request, db, kinds, cancellationToken), cancellationToken);
            await directory.SpreadAsync(db.Caller.RequiredTenantId, cancellationToken);
            if (!QuotaKinds.IsStorage(request.Resource))
                return answer;
            meter.Measure(db.Caller.RequiredTenantId, module);
            return await QuotaTable.IsStaleAsync(db, request.Resource, cancellationToken) ? NotMeasured : answer;
        }
        catch (Exception failure) when (failure.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            return Busy;
        }
    }

    // Who holds the quota may be asking for more of it this moment, and would wait for this as long as this waits for it.
    private static async Task<ReturnShareResponse> ReturnAsync(ReturnShareRequest request, PlatformDbContext db, QuotaKinds kinds, CancellationToken cancellationToken)
    {
        var (tenant, resource, setTime) = (db.Caller.RequiredTenantId, request.Resource, request.SetTime?.ToDateTimeOffset() ?? db.Time.GetUtcNow());
        await db.Database.ExecuteSqlAsync($"SET LOCAL lock_timeout = '250ms'", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO quotas AS quota (tenant_id, resource, most, used, set_time, count_time, round) VALUES ({tenant}, {resource}, 0, 0, {setTime}, '-infinity', {request.Round})
            ON CONFLICT (tenant_id, resource) DO UPDATE SET most = 0, round = excluded.round, set_time = greatest(quota.set_time, excluded.set_time) WHERE quota.round < excluded.round
            """,
            cancellationToken);
        if (!QuotaKinds.IsStorage(resource) && await QuotaTable.IsStaleAsync(db, resource, cancellationToken))
            await QuotaTable.CountAsync(db.Database.CurrentTransaction!.GetDbTransaction(), tenant, resource, kinds.Count(resource), cancellationToken);
        return await db.Set<Quota>().AsNoTracking().Where(quota => quota.Resource == resource)
            .Select(quota => new ReturnShareResponse { Round = quota.Round, Share = quota.Most, Used = quota.Used }).SingleAsync(cancellationToken);
    }
}
