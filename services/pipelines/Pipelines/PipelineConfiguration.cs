using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Pipelines.Pipelines;

internal static class PipelineConfiguration
{
    public const string UniqueName = "ix_pipelines_name";
    public const string OneDefault = "ix_pipelines_default";

    public static void Map(EntityTypeBuilder<Pipeline> builder)
    {
        builder.IsResource("pipelines");
        builder.Ignore(pipeline => pipeline.IsArchived);
        builder.Property(pipeline => pipeline.TeamIds).HasDefaultValueSql("'{}'::uuid[]");
        builder.HasIndex(pipeline => new { pipeline.TenantId, pipeline.Name }).IsUnique().HasFilter("archive_time IS NULL").HasDatabaseName(UniqueName);
        builder.HasIndex(pipeline => new { pipeline.TenantId, pipeline.IsDefault }).IsUnique().HasFilter("is_default").HasDatabaseName(OneDefault);
    }
}
