using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;
using Platform.Tenants.Members;

namespace Platform.Tenants.Teams;

internal static class TeamConfiguration
{
    public const string UniqueName = "ix_teams_tenant_id_lower_name";
    public const string ParentKey = "fk_teams_parent";
    public const string MemberKey = "fk_team_members_members";

    public static void Map(EntityTypeBuilder<Team> builder)
    {
        builder.IsResource("teams");
        builder.Property<string>("LowerName").HasComputedColumnSql("lower(name)", stored: true);
        builder.HasIndex("TenantId", "LowerName").IsUnique().HasDatabaseName(UniqueName);
        builder.HasOne<Team>().WithMany().HasForeignKey(team => new { team.TenantId, team.ParentId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName(ParentKey);
        builder.HasMany(team => team.Members).WithOne().HasForeignKey(member => new { member.TenantId, member.TeamId }).OnDelete(DeleteBehavior.Cascade);
    }

    public static void Map(EntityTypeBuilder<TeamMember> builder)
    {
        builder.ToTable("team_members");
        builder.HasKey(member => new { member.TenantId, member.TeamId, member.UserId });
        builder.HasIndex(member => new { member.TenantId, member.UserId });
        // Who leaves the company leaves its teams.
        builder.HasOne<Member>().WithMany().HasForeignKey(member => new { member.TenantId, member.UserId }).OnDelete(DeleteBehavior.Cascade).HasConstraintName(MemberKey);
    }
}
