using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Deals.History;

internal static class DealChangeConfiguration
{
    public static void Map(EntityTypeBuilder<DealChange> builder)
    {
        builder.IsResource("deal_changes");
        builder.Ignore(change => change.From);
        builder.Ignore(change => change.To);
        builder.Property(change => change.ActorKind).HasConversion<string>();
        builder.Property(change => change.Status).HasConversion<string>();
        builder.Property(change => change.FromStatus).HasConversion<string>();
        builder.Property(change => change.ForecastCategory).HasConversion<string>();
        builder.Property(change => change.FromForecastCategory).HasConversion<string>();
        builder.Property(change => change.Credit).HasDefaultValue("").ValueGeneratedNever();
        builder.Property(change => change.FromCredit).HasDefaultValue("").ValueGeneratedNever();
        builder.Property(change => change.Source).HasDefaultValue("").ValueGeneratedNever();
        builder.Property(change => change.FromSource).HasDefaultValue("").ValueGeneratedNever();
        builder.HasIndex(change => new { change.TenantId, change.DealId, change.Number }).IsUnique();
        // What reports about a time ask for.
        builder.HasIndex(change => new { change.TenantId, change.PipelineId, change.CreateTime });
    }
}
