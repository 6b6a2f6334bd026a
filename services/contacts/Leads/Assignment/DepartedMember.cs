using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Contacts.Leads.Assignment;

/// <summary>A person who left the company, and gets no leads.</summary>
[NotAudited("That a member was removed is in the log of the tenants service.")]
internal sealed class DepartedMember : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid UserId { get; init; }

    public static void Map(EntityTypeBuilder<DepartedMember> builder)
    {
        builder.ToTable("departed_members");
        builder.HasKey(member => new { member.TenantId, member.UserId });
    }
}
