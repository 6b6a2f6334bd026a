using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.Members;

internal static class MemberConfiguration
{
    public const string PrimaryKey = "pk_members";
    public const string ManagerKey = "fk_members_manager";

    public static void Map(EntityTypeBuilder<Member> builder)
    {
        builder.IsResource("members");
        builder.HasKey(member => new { member.TenantId, member.Id }).HasName(PrimaryKey);
        builder.Ignore(member => member.IsAdministrator);
        builder.HasOne<Member>().WithMany().HasForeignKey(member => new { member.TenantId, member.ManagerId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName(ManagerKey);
        // A tenant's key is its own id twice: a member of a tenant that is not on the installation cannot exist.
        builder.HasOne<Tenant>().WithMany().HasForeignKey(member => member.TenantId).HasPrincipalKey(tenant => tenant.TenantId).OnDelete(DeleteBehavior.Restrict);
    }
}
