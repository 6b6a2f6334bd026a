using Platform.Errors;

namespace Platform.Pipelines.Pipelines;

internal static class UnarchivePipeline
{
    public static async Task<Result<V1.Pipeline>> Handle(V1.UnarchivePipelineRequest request, PipelinesDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        // Before the etag: a repeated call carries the one from before.
        var loaded = await db.LoadAsync(request.Id, etag: "", cancellationToken);
        if (loaded.IsError || !loaded.Value.IsArchived)
            return loaded.IsError ? loaded.Error : loaded.Value.ToMessage();
        if (!loaded.Value.Matches(request.Etag))
            return Error.Stale("pipeline");
        if (await db.AreTooManyAsync(cancellationToken))
            return PipelineErrors.TooMany;
        loaded.Value.Unarchive(time.GetUtcNow());
        return await db.InTransactionAsync(() => db.SaveAsync(loaded.Value, cancellationToken), cancellationToken);
    }
}
