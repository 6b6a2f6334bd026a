using Platform.Events;
using Platform.Pipelines.V1;

namespace Platform.Deals.Stages;

internal static class OnPipelineChanged
{
    private static readonly StageKind[] Kinds = [StageKind.Open, StageKind.Won, StageKind.Lost];

    /// <summary>One replica has the event; all have what it makes wrong.</summary>
    public static Task ForgetAsync(PipelineChanged message, EventContext context, CancellationToken cancellationToken) =>
        context.Services.GetRequiredService<PipelineCache>().SpreadAsync(context.TenantId, cancellationToken);

    /// <summary>Deals rot by the days that their stages have now, and deals of before there were pipelines go into the default one.</summary>
    public static async Task Handle(PipelineChanged message, EventContext context, DealsDbContext db, CancellationToken cancellationToken)
    {
        // What is no pipeline that the service made, such as one without stages of each kind, changes nothing.
        if (message.Pipeline is not { } pipeline || Kinds.Any(kind => !pipeline.Stages.Any(stage => stage.Kind == kind && !stage.Archived && Guid.TryParse(stage.Id, out _))))
            return;
        await db.RotAsync(pipeline, cancellationToken);
        if (pipeline.IsDefault)
            await db.StageAsync(pipeline, cancellationToken);
    }
}
