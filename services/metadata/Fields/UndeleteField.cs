using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Metadata.Schemas;

namespace Platform.Metadata.Fields;

internal static class UndeleteField
{
    public static Task<Result<V1.Field>> Handle(V1.UndeleteFieldRequest request, MetadataDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeFieldAsync(() => UndeleteAsync(request, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<CustomField>> UndeleteAsync(V1.UndeleteFieldRequest request, MetadataDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id) || await db.Fields.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } field)
            return FieldErrors.NotFound(request.Id);
        if (!field.IsDeleted)
            return FieldErrors.NotDeleted;
        // What a formula reads may have gone meanwhile.
        if (await FieldRules.CanonicalAsync(field.ToMessage(), db, cancellationToken) is { IsError: true } broken)
            return broken.Error;
        field.Undelete(now);
        if (await db.Purges.SingleOrDefaultAsync(row => row.FieldId == id, cancellationToken) is { } purge)
            db.Purges.Remove(purge);
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : field;
    }
}
