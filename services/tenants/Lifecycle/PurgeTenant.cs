using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.Access;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Lifecycle;

/// <summary>The end of a company: its rows here at once, those of the other services when the event reaches them.</summary>
internal static class PurgeTenant
{
    /// <summary>What is left here: the tombstone, the work that is still to do, and the word of it on its way to the others.</summary>
    public static readonly FrozenSet<string> KeptTables = new[] { "tenants", "tenant_purges", "outbox_messages" }.ToFrozenSet(StringComparer.Ordinal);

    public static async Task<Result<V1.Tenant>> Handle(IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<TenantsDbContext>();
        if (await db.Tenants.SingleOrDefaultAsync(cancellationToken) is not { } tenant)
            return TenantErrors.NotFound;
        await RunAsync(tenant, services, cancellationToken);
        return tenant.ToMessage();
    }

    /// <summary>Works on a company whose time has come; false where it has not, after all.</summary>
    public static async Task<bool> DueAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<TenantsDbContext>();
        if (await db.Tenants.SingleOrDefaultAsync(cancellationToken) is not { } tenant || tenant.State == V1.TenantState.Suspended || !IsDue(tenant, services))
            return false;
        if (tenant.IsPurged)
            await AnnounceAgainAsync(tenant, db, services, cancellationToken);
        else
            await RunAsync(tenant, services, cancellationToken);
        return true;
    }

    private static bool IsDue(Tenant tenant, IServiceProvider services) => tenant.PurgeTime <= services.GetRequiredService<TimeProvider>().GetUtcNow();

    // Everything in one transaction, so that nobody sees half a company, and a crash leaves all of it.
    private static async Task RunAsync(Tenant tenant, IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<TenantsDbContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await db.ChangeAccessAsync(services.GetRequiredService<AccessDirectory>(), async () =>
        {
            if (!tenant.IsPurged)
                db.Publish(tenant.Id, new V1.TenantPurged { Slug = tenant.Slug });
            tenant.Bury(now);
            var purge = await db.Purges.SingleOrDefaultAsync(cancellationToken) ?? db.Purges.Add(new TenantPurge()).Entity;
            purge.DueTime = now + services.GetRequiredService<IOptions<LifecycleOptions>>().Value.SecondPass;
            await db.SaveChangesAsync(cancellationToken);
            await TenantRows.DeleteAsync(services, cancellationToken);
            return (Result<V1.Tenant>)tenant.ToMessage();
        }, cancellationToken);
    }

    private static async Task AnnounceAgainAsync(Tenant tenant, TenantsDbContext db, IServiceProvider services, CancellationToken cancellationToken)
    {
        db.Publish(tenant.Id, new V1.TenantPurged());
        db.Purges.RemoveRange(await db.Purges.ToListAsync(cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        await TenantRows.DeleteAsync(services, cancellationToken);
    }
}
