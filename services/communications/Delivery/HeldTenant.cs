using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Communications.Delivery;

/// <summary>A company that is suspended: its e-mails wait, and none is lost.</summary>
[NotAudited("How the company stands is in the log of tenants.")]
internal sealed class HeldTenant : ITenantOwned
{
    public Guid TenantId { get; set; }

    public static void Map(EntityTypeBuilder<HeldTenant> builder)
    {
        builder.ToTable("held_tenants");
        builder.HasKey(held => held.TenantId);
        builder.IsWorkedOnAcrossTenants("The sender passes over e-mails of suspended companies.");
    }
}
