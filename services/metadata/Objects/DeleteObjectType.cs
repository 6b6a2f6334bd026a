using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Metadata.Fields;
using Platform.Metadata.Schemas;

namespace Platform.Metadata.Objects;

internal static class DeleteObjectType
{
    public static Task<Result<V1.ObjectType>> Handle(
        V1.DeleteObjectTypeRequest request, MetadataDbContext db, FieldOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeObjectAsync(() => DeleteAsync(request, db, options, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<CustomObject>> DeleteAsync(
        V1.DeleteObjectTypeRequest request, MetadataDbContext db, FieldOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id) || await db.Objects.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } known)
            return ObjectErrors.NotFound(request.Id);
        if (!known.Matches(request.Etag))
            return Error.Stale("object");
        if (known.IsDeleted)
            return ObjectErrors.IsDeleted;
        if (await ObjectReferences.CounterOfAsync(db, known.Resource, cancellationToken) is { } rollUp)
            return ObjectErrors.IsCounted(rollUp);
        known.Delete(now, options.Grace);
        db.Purges.Add(new FieldPurge { FieldId = known.Id, DueTime = now + options.Grace });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : known;
    }
}
