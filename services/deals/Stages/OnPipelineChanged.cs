using Platform.Events;
using Platform.Pipelines.V1;

namespace Platform.Deals.Stages;

internal static class OnPipelineChanged
{
    /// <summary>One replica has the event; all have what it makes wrong.</summary>
    public static Task ForgetAsync(PipelineChanged message, EventContext context, CancellationToken cancellationToken) =>
        context.Services.GetRequiredService<PipelineCache>().SpreadAsync(context.TenantId, cancellationToken);

    /// <summary>Deals rot by the days that their stages have now, and deals of before there were pipelines go into the default one.</summary>
    public static async Task Handle(PipelineChanged message, EventContext context, DealsDbContext db, CancellationToken cancellationToken)
    {
        if (message.Pipeline is not { Stages.Count: > 0 } pipeline)
            return;
        await db.RotAsync(pipeline, cancellationToken);
        if (pipeline.IsDefault)
            await db.StageAsync(pipeline, cancellationToken);
    }
}
