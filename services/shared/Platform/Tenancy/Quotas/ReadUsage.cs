using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Tenancy.Quotas;

/// <summary>Counts what the caller's tenant has here: for people who look, not for every write.</summary>
internal static class ReadUsage
{
    public static async Task<Result<Tenants.V1.Usage>> Handle(PlatformDbContext db, string module, CancellationToken cancellationToken)
    {
        var (usage, all) = (new Tenants.V1.Usage(), 0L);
        foreach (var (kind, table) in QuotaKinds.Of(db.Model).Tables.OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var sql = $"SELECT count(*) AS \"Value\" FROM {table} WHERE tenant_id = {{0}}";
            var rows = await db.Database.SqlQueryRaw<long>(sql, db.Caller.RequiredTenantId).ToListAsync(cancellationToken);
            all += rows.Single();
            // Objects that companies define are counted together.
            if (kind != Access.ResourceCatalogue.Objects.Name)
                usage.Resources.Add(new Tenants.V1.ResourceUsage { Resource = kind, Used = rows.Single() });
        }

        if (QuotaKinds.Of(db.Model).Tables.Count > 0)
            usage.Resources.Add(new Tenants.V1.ResourceUsage { Resource = module, Used = all });
        usage.Resources.Add(new Tenants.V1.ResourceUsage { Resource = module + QuotaKinds.StorageSuffix, Used = await StorageMeter.BytesAsync(db, cancellationToken) });
        return usage;
    }
}
