using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Events;

namespace Platform.Tenancy.Quotas;

/// <summary>Takes over what of a tenant's limits concerns this service. They are counted when something is added.</summary>
internal static class OnLimitsChanged
{
    public static async Task Handle(Tenants.V1.TenantLimitsChanged message, EventContext context, CancellationToken cancellationToken)
    {
        var db = context.Services.GetRequiredService<UnitOfWork>().Context;
        if (QuotaKinds.Of(db.Model) is not { IsLimited: true } kinds)
            return;
        var module = context.Services.GetRequiredService<DatabaseNames>().AppId;
        var mine = message.Limits.Resources.Where(limit => kinds.Knows(limit.Key, module)).ToList();
        var setTime = message.SetTime.ToDateTimeOffset();
        await db.InTransactionAsync(async () =>
        {
            await DropAsync(db, [.. mine.Select(limit => limit.Key), .. CompanyLimits.All.Where(message.Limits.Resources.ContainsKey)], setTime, cancellationToken);
            await WriteAsync(db, [.. mine.Select(limit => limit.Key)], [.. mine.Select(limit => limit.Value)], setTime, cancellationToken);
            await AskFromNowOnAsync(db, [.. CompanyLimits.All.Where(message.Limits.Resources.ContainsKey)], setTime, cancellationToken);
            return true;
        }, cancellationToken);
        await context.Services.GetRequiredService<QuotaDirectory>().SpreadAsync(context.TenantId, cancellationToken);
    }

    // An older message that comes late changes nothing that a newer one has set.
    private static Task<int> DropAsync(PlatformDbContext db, string[] kept, DateTimeOffset setTime, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"DELETE FROM quotas WHERE tenant_id = {db.Caller.RequiredTenantId} AND set_time < {setTime} AND resource <> ALL({kept})", cancellationToken);

    private static async Task WriteAsync(PlatformDbContext db, string[] names, long[] limits, DateTimeOffset setTime, CancellationToken cancellationToken)
    {
        var tenant = db.Caller.RequiredTenantId;
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO quotas AS quota (tenant_id, resource, most, used, set_time, count_time)
            SELECT {tenant}, resource, most, 0, {setTime}, '-infinity' FROM unnest({names}, {limits}) AS limits (resource, most) ORDER BY resource
            ON CONFLICT (tenant_id, resource) DO UPDATE SET most = excluded.most, set_time = excluded.set_time WHERE quota.set_time < excluded.set_time
            """,
            cancellationToken);
    }

    // A share of a limit of the whole company is not told of here: tenants gives it when it is asked for, which begins with this, or when
    // tenants asks what there is, whichever comes first.
    private static Task<int> AskFromNowOnAsync(PlatformDbContext db, string[] names, DateTimeOffset setTime, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO quotas (tenant_id, resource, most, used, set_time, count_time)
        SELECT {db.Caller.RequiredTenantId}, resource, 0, 0, {setTime}, '-infinity' FROM unnest({names}) AS limits (resource) ORDER BY resource
        ON CONFLICT (tenant_id, resource) DO NOTHING
        """,
        cancellationToken);
}
