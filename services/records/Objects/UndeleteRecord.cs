using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Records.Links;

namespace Platform.Records.Objects;

internal static class UndeleteRecord
{
    public sealed class Validator : AbstractValidator<V1.UndeleteRecordRequest>
    {
        public Validator() => RuleFor(request => request.Object).ObjectName();
    }

    public static Task<Result<V1.Record>> Handle(V1.UndeleteRecordRequest request, RecordsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => RestoreAsync(request, db, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.Record>> RestoreAsync(V1.UndeleteRecordRequest request, RecordsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = db.Caller.FindObject(request.Object);
        if (known.IsError)
            return known.Error;
        var rows = db.Records.Of(RecordKinds.Of(known.Value.Key, RecordState.Any));
        if (!Guid.TryParse(request.Id, out var id) || await rows.LockedForUpdate(db, id).SingleOrDefaultAsync(cancellationToken) is not { } record)
            return RecordErrors.NotFound(request.Id);
        if (record.DeleteTime is null)
            return RecordErrors.NotDeleted;
        if (record.DeletedWith is { } other)
            return RecordErrors.DeletedWith(other);
        return await new Restoration(db, db.Caller.CustomFields!, now).RestoreAsync(record, cancellationToken) is { } error ? error : record.ToMessage();
    }
}
