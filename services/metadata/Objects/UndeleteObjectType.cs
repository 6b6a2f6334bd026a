using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Metadata.Schemas;

namespace Platform.Metadata.Objects;

internal static class UndeleteObjectType
{
    public static Task<Result<V1.ObjectType>> Handle(V1.UndeleteObjectTypeRequest request, MetadataDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeObjectAsync(() => UndeleteAsync(request, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<CustomObject>> UndeleteAsync(V1.UndeleteObjectTypeRequest request, MetadataDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id) || await db.Objects.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } known)
            return ObjectErrors.NotFound(request.Id);
        if (!known.IsDeleted)
            return ObjectErrors.NotDeleted;
        known.Undelete(now);
        // Meanwhile another one may have become public, or a field have gone.
        if (await PublicationRules.CheckAsync(db, known.ToMessage(), known.Resource, cancellationToken) is not null)
            known.Withdraw();
        if (await db.Purges.SingleOrDefaultAsync(row => row.FieldId == id, cancellationToken) is { } purge)
            db.Purges.Remove(purge);
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : known;
    }
}
