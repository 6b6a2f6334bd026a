using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Newcomers;

/// <summary>Somebody whom an administrator has removed: only an administrator makes them a member again.</summary>
[NotAudited("Follows from the member's deletion.")]
internal sealed class FormerMember : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid UserId { get; init; }

    public static void Map(EntityTypeBuilder<FormerMember> builder)
    {
        builder.ToTable("former_members");
        builder.HasKey(member => new { member.TenantId, member.UserId });
        builder.HasOne<Tenant>().WithMany().HasForeignKey(member => member.TenantId).HasPrincipalKey(tenant => tenant.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
