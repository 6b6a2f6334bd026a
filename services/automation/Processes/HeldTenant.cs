using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Automation.Processes;

/// <summary>A company that is suspended: its processes pause, and those that begin meanwhile wait.</summary>
[NotAudited("How the company stands is in the log of tenants.")]
internal sealed class HeldTenant : ITenantOwned
{
    public Guid TenantId { get; set; }

    public static void Map(EntityTypeBuilder<HeldTenant> builder)
    {
        builder.ToTable("held_tenants");
        builder.HasKey(held => held.TenantId);
    }
}

internal static class HeldTenants
{
    /// <summary>Whether the scope's company is held; until the transaction ends, nobody changes that and no other process begins.</summary>
    public static async Task<HeldTenant?> FindHeldAsync(this AutomationDbContext db, CancellationToken cancellationToken)
    {
        var name = $"held-tenants:{db.Caller.RequiredTenantId}";
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellationToken);
        return await db.HeldTenants.SingleOrDefaultAsync(cancellationToken);
    }
}
