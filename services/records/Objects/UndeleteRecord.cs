using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;

namespace Platform.Records.Objects;

internal static class UndeleteRecord
{
    public sealed class Validator : AbstractValidator<V1.UndeleteRecordRequest>
    {
        public Validator() => RuleFor(request => request.Object).ObjectName();
    }

    public static async Task<Result<V1.Record>> Handle(V1.UndeleteRecordRequest request, RecordsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var known = db.Caller.FindObject(request.Object);
        if (known.IsError)
            return known.Error;
        var rows = db.Records.Of(RecordKinds.Of(known.Value.Key, RecordState.Any));
        if (!Guid.TryParse(request.Id, out var id) || await rows.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } record)
            return RecordErrors.NotFound(request.Id);
        if (record.DeleteTime is null)
            return RecordErrors.NotDeleted;
        record.Undelete(time.GetUtcNow());
        if (await db.Purges.SingleOrDefaultAsync(row => row.ObjectKey == record.ObjectKey && row.RecordId == id, cancellationToken) is { } purge)
            db.Purges.Remove(purge);
        db.Publish(record.Id, new V1.RecordRestored { Record = record.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : record.ToMessage();
    }
}
