using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Metadata.Schemas;

namespace Platform.Metadata.Fields;

internal static class DeleteField
{
    public static Task<Result<V1.Field>> Handle(V1.DeleteFieldRequest request, MetadataDbContext db, FieldOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        db.ChangeFieldAsync(() => DeleteAsync(request, db, options, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<CustomField>> DeleteAsync(V1.DeleteFieldRequest request, MetadataDbContext db, FieldOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id) || await db.Fields.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } field)
            return FieldErrors.NotFound(request.Id);
        if (!field.Matches(request.Etag))
            return Error.Stale("field");
        if (field.IsDeleted)
            return FieldErrors.IsDeleted;
        if (await FieldRules.ReaderOfAsync(field.ToMessage(), db, cancellationToken) is { } used)
            return used;
        field.Delete(now, options.Grace);
        db.Purges.Add(new FieldPurge { FieldId = field.Id, DueTime = now + options.Grace });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : field;
    }
}
