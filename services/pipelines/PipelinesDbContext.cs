using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Pipelines.Pipelines;

namespace Platform.Pipelines;

/// <summary>The unit of work of the pipelines domain.</summary>
public sealed class PipelinesDbContext(DbContextOptions<PipelinesDbContext> options) : PlatformDbContext(options)
{
    internal DbSet<Pipeline> Pipelines => Set<Pipeline>();

    private bool SeesAll => Caller.SeesAllPipelines();

    private List<Guid> Teams => [.. Caller.PipelineTeams()];

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<V1.Pipeline>().HaveConversion<MessageConverter<V1.Pipeline>, MessageComparer<V1.Pipeline>>().HaveColumnType("jsonb");
    }

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        PipelineConfiguration.Map(model.Entity<Pipeline>());
        // No query of this service can forget whose a pipeline is.
        model.Entity<Pipeline>().HasQueryFilter("teams", pipeline => SeesAll || pipeline.TeamIds.Count == 0 || pipeline.TeamIds.Any(team => Teams.Contains(team)));
    }
}
