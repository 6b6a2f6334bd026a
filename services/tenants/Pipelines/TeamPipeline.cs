using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Tenants.Pipelines;

/// <summary>Whose a pipeline is, as the pipelines service told last; none of a pipeline that never named teams.</summary>
[NotAudited("Follows from the pipeline, whose changes are in the log of the pipelines service.")]
internal sealed class TeamPipeline : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid PipelineId { get; init; }

    /// <summary>Everybody's where there are none.</summary>
    public List<Guid> TeamIds { get; set; } = [];

    /// <summary>When the pipeline changed; what is older is void.</summary>
    public DateTimeOffset ChangeTime { get; set; }

    public static void Map(EntityTypeBuilder<TeamPipeline> builder)
    {
        builder.ToTable("team_pipelines");
        builder.HasKey(row => new { row.TenantId, row.PipelineId });
    }
}
