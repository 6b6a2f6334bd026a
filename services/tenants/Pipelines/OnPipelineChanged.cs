using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Errors;
using Platform.Events;
using Platform.Pipelines.V1;
using Platform.Tenants.Access;

namespace Platform.Tenants.Pipelines;

/// <summary>Whose a pipeline is, says who sees its deals: what was known of anybody's access is void with it.</summary>
internal static class OnPipelineChanged
{
    public static async Task Handle(PipelineChanged message, EventContext context, TenantsDbContext db, CancellationToken cancellationToken)
    {
        if (message.Pipeline is not { UpdateTime: { } changed } pipeline || !Guid.TryParse(pipeline.Id, out var id))
            return;
        List<Guid> teams = [.. pipeline.TeamIds.Select(team => Guid.TryParse(team, out var known) ? known : Guid.Empty).Distinct().Order()];
        var row = await db.TeamPipelines.SingleOrDefaultAsync(one => one.PipelineId == id, cancellationToken);
        if (row is null ? teams.Count == 0 : row.ChangeTime >= changed.ToDateTimeOffset())
            return;
        var isSame = row is not null && row.TeamIds.SequenceEqual(teams);
        if (row is null)
            db.TeamPipelines.Add(row = new TeamPipeline { PipelineId = id });
        (row.TeamIds, row.ChangeTime) = (teams, changed.ToDateTimeOffset());
        if (isSame)
            await db.SaveChangesAsync(cancellationToken);
        else
            await db.ChangeAccessAsync<TeamPipeline>(context.Services.GetRequiredService<AccessDirectory>(), () => SaveAsync(row, db, cancellationToken), cancellationToken);
    }

    private static async Task<Result<TeamPipeline>> SaveAsync(TeamPipeline row, TenantsDbContext db, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        return row;
    }
}
