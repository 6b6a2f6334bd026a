using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;

namespace Platform.Deals.Deals;

internal static class DealConfiguration
{
    public static void Map(EntityTypeBuilder<Deal> builder)
    {
        builder.IsProtectedResource("deals");
        builder.Property(deal => deal.Status).HasConversion<string>();
        builder.Ignore(deal => deal.IsOpen);
        builder.Property(deal => deal.ForecastCategory).HasConversion<string>();
        builder.OwnsMany(deal => deal.LineItems, lines => lines.ToJson());
        builder.HasIndex(deal => new { deal.TenantId, deal.Status, deal.Id });
        builder.HasIndex(deal => new { deal.TenantId, deal.CompanyId, deal.Id });
        builder.HasIndex(deal => new { deal.TenantId, deal.PersonId });
        builder.HasIndex(deal => new { deal.TenantId, deal.PipelineId, deal.StageId, deal.Id });
    }
}
