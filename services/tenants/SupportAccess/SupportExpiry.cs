using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Tenants.SupportAccess;

/// <summary>A grant whose end is still to be told of, as work. The access itself ends by the clock and not by this.</summary>
[NotAudited("Work that is still to do; the end of the grant is in the log.")]
internal sealed class SupportExpiry : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid GrantId { get; init; }

    /// <summary>Next attempt; while one is under way, when it counts as lost.</summary>
    public DateTimeOffset DueTime { get; init; }

    public static void Map(EntityTypeBuilder<SupportExpiry> builder)
    {
        builder.ToTable("support_expiries");
        builder.HasKey(expiry => new { expiry.TenantId, expiry.GrantId });
        builder.HasIndex(expiry => expiry.DueTime);
        builder.HasOne<SupportGrant>().WithOne().HasForeignKey<SupportExpiry>(expiry => new { expiry.TenantId, expiry.GrantId }).OnDelete(DeleteBehavior.Cascade);
        builder.IsWorkedOnAcrossTenants("The end of support access is told of when it comes.");
    }
}
