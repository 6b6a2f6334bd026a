using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Contacts.Activities;

/// <summary>A deal that is gone: who asked for it a moment before hangs nothing on it any more.</summary>
[NotAudited("That the deal went is in the log of the deals service.")]
internal sealed class DeletedDeal : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid DealId { get; init; }

    public static void Map(EntityTypeBuilder<DeletedDeal> builder)
    {
        builder.ToTable("deleted_deals");
        builder.HasKey(deal => new { deal.TenantId, deal.DealId });
    }
}
