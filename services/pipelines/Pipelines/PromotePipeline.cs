using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Pipelines.Pipelines;

internal static class PromotePipeline
{
    public static Task<Result<V1.Pipeline>> Handle(V1.PromotePipelineRequest request, PipelinesDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => PromoteAsync(request, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.Pipeline>> PromoteAsync(V1.PromotePipelineRequest request, PipelinesDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Before the etag: a repeated call carries the one from before.
        var loaded = await db.LoadAsync(request.Id, etag: "", cancellationToken);
        if (loaded.IsError || loaded.Value.IsDefault)
            return loaded.IsError ? loaded.Error : loaded.Value.ToMessage();
        if (!loaded.Value.Matches(request.Etag))
            return Error.Stale("pipeline");
        if (loaded.Value.IsArchived)
            return PipelineErrors.Archived;
        if (loaded.Value.TeamIds.Count > 0)
            return PipelineErrors.OfTeams;
        if (await db.Pipelines.SingleOrDefaultAsync(row => row.IsDefault, cancellationToken) is { } former)
        {
            // Saved first: at no moment are there two.
            former.Demote(now);
            if (await db.SaveAsync(former, cancellationToken) is { IsError: true, Error: var error })
                return error;
        }

        loaded.Value.Promote(now);
        return await db.SaveAsync(loaded.Value, cancellationToken);
    }
}
