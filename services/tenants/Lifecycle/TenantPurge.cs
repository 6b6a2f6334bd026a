using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Tenants.Lifecycle;

/// <summary>A company that is to be deleted, as work; gone when nothing is left to do.</summary>
[NotAudited("Work that is still to do; how the company stands is in the log.")]
internal sealed class TenantPurge : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>Next attempt; while one is under way, when it counts as lost.</summary>
    public DateTimeOffset DueTime { get; set; }

    public static void Map(EntityTypeBuilder<TenantPurge> builder)
    {
        builder.ToTable("tenant_purges");
        builder.HasKey(purge => purge.TenantId);
        builder.HasIndex(purge => purge.DueTime);
        builder.IsWorkedOnAcrossTenants("The purger takes the companies whose grace period has ended.");
    }
}
