using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Tenants.Members;

/// <summary>That somebody is a member, and nothing more: by it the companies of a person are found.</summary>
[NotAudited("Follows from the member.")]
internal sealed class MemberKey : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid UserId { get; init; }

    public static void Map(EntityTypeBuilder<MemberKey> builder)
    {
        builder.ToTable("member_keys");
        builder.HasKey(key => new { key.TenantId, key.UserId });
        builder.HasIndex(key => key.UserId);
        builder.HasOne<Member>().WithOne(member => member.Key).HasForeignKey<MemberKey>(key => new { key.TenantId, key.UserId }).OnDelete(DeleteBehavior.Cascade);
        builder.IsWorkedOnAcrossTenants("A sign-in is written into the journals of all companies of the person.");
    }
}
