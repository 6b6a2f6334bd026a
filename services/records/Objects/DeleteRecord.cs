using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Records.Links;

namespace Platform.Records.Objects;

internal static class DeleteRecord
{
    public sealed class Validator : AbstractValidator<V1.DeleteRecordRequest>
    {
        public Validator() => RuleFor(request => request.Object).ObjectName();
    }

    public static Task<Result<V1.Record>> Handle(
        V1.DeleteRecordRequest request, RecordsDbContext db, RecordOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => DeleteAsync(request, db, options, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.Record>> DeleteAsync(
        V1.DeleteRecordRequest request, RecordsDbContext db, RecordOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = db.Caller.FindObject(request.Object);
        if (known.IsError)
            return known.Error;
        var rows = db.Records.Of(RecordKinds.Of(known.Value.Key));
        // Locked, so that no record comes to refer to it meanwhile.
        if (!Guid.TryParse(request.Id, out var id) || await rows.LockedForUpdate(db, id).SingleOrDefaultAsync(cancellationToken) is not { } record)
            return RecordErrors.NotFound(request.Id);
        if (!record.Matches(request.Etag))
            return Error.Stale("record");
        if (await new Cascade(db, db.Caller.CustomFields!, options, now).DeleteAsync(record, cancellationToken) is { } forbidden)
            return forbidden;
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : record.ToMessage();
    }
}
