using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Pipelines.Pipelines;

internal static class PipelineRows
{
    /// <summary>The pipeline, to be changed by somebody who saw this version of it.</summary>
    public static async Task<Result<Pipeline>> LoadAsync(this PipelinesDbContext db, string id, string etag, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var known) || await db.Pipelines.SingleOrDefaultAsync(row => row.Id == known, cancellationToken) is not { } pipeline)
            return PipelineErrors.NotFound(id);
        return pipeline.Matches(etag) ? pipeline : Error.Stale("pipeline");
    }

    /// <summary>Whether the company cannot have one more.</summary>
    public static async Task<bool> AreTooManyAsync(this PipelinesDbContext db, CancellationToken cancellationToken) =>
        await db.Pipelines.CountAsync(row => row.ArchiveTime == null, cancellationToken) >= PipelineErrors.MaxPipelines;

    /// <summary>Saves a change and tells of it, in the open transaction.</summary>
    public static async Task<Result<V1.Pipeline>> SaveAsync(this PipelinesDbContext db, Pipeline pipeline, CancellationToken cancellationToken)
    {
        if (await db.TrySaveChangesAsync(cancellationToken, PipelineErrors.OnSave) is { } error)
            return error;
        // After the save, so that the event has the etag that the answer has.
        db.Publish(pipeline.Id, new V1.PipelineChanged { Pipeline = pipeline.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return pipeline.ToMessage();
    }
}
