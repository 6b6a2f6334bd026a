using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;
using Platform.Monetary.Rates;

namespace Platform.Deals.Deals;

internal static class DealConfiguration
{
    /// <summary>The same rules as the deal itself has.</summary>
    public static readonly ReportedTable Reported = new(
        "deals", "reported.status <> 'Open'", "coalesce(reported.close_date, (coalesce(reported.close_time, reported.create_time) AT TIME ZONE 'UTC')::date)");

    public static void Map(EntityTypeBuilder<Deal> builder)
    {
        builder.IsProtectedResource("deals");
        builder.Property(deal => deal.Status).HasConversion<string>();
        // Deals that were there before were worth what their lines are.
        builder.Property(deal => deal.AmountMode).HasConversion<string>().HasDefaultValueSql("'Lines'").ValueGeneratedNever();
        builder.Ignore(deal => deal.IsOpen);
        builder.Ignore(deal => deal.FirstChange);
        builder.Property(deal => deal.ForecastCategory).HasConversion<string>();
        builder.Property(deal => deal.Source).HasDefaultValue("").ValueGeneratedNever();
        builder.Property(deal => deal.Credit).HasDefaultValue("").ValueGeneratedNever();
        builder.Ignore(deal => deal.BusinessDate);
        builder.OwnsMany(deal => deal.LineItems, lines => lines.ToJson());
        builder.OwnsMany(deal => deal.Competitors, competitors => competitors.ToJson());
        builder.OwnsMany(deal => deal.Team, members => members.ToJson());
        builder.OwnsMany(deal => deal.Contacts, contacts => contacts.ToJson());
        builder.OwnsMany(deal => deal.Splits, splits => splits.ToJson());
        builder.HasIndex(deal => new { deal.TenantId, deal.Status, deal.Id });
        builder.HasIndex(deal => new { deal.TenantId, deal.CompanyId, deal.Id });
        builder.HasIndex(deal => new { deal.TenantId, deal.PersonId });
        builder.HasIndex(deal => new { deal.TenantId, deal.PipelineId, deal.StageId, deal.Id });
        // The orders of lists: a page is read along one of them. Two more are expressions, by SQL in the migration OrdersOfDeals.
        builder.HasIndex(deal => new { deal.TenantId, deal.CreateTime, deal.Id });
        builder.HasIndex(deal => new { deal.TenantId, deal.UpdateTime, deal.Id });
        builder.HasIndex(deal => new { deal.TenantId, deal.CloseDate, deal.Id });
    }
}
