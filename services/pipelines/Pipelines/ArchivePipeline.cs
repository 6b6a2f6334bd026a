using Platform.Errors;

namespace Platform.Pipelines.Pipelines;

internal static class ArchivePipeline
{
    public static async Task<Result<V1.Pipeline>> Handle(V1.ArchivePipelineRequest request, PipelinesDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        // Before the etag: a repeated call carries the one from before.
        var loaded = await db.LoadAsync(request.Id, etag: "", cancellationToken);
        if (loaded.IsError || loaded.Value.IsArchived)
            return loaded.IsError ? loaded.Error : loaded.Value.ToMessage();
        if (!loaded.Value.Matches(request.Etag))
            return Error.Stale("pipeline");
        if (loaded.Value.IsDefault)
            return PipelineErrors.IsDefault;
        loaded.Value.Archive(time.GetUtcNow());
        return await db.InTransactionAsync(() => db.SaveAsync(loaded.Value, cancellationToken), cancellationToken);
    }
}
