using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Records.Purging;

namespace Platform.Records.Objects;

internal static class DeleteRecord
{
    public sealed class Validator : AbstractValidator<V1.DeleteRecordRequest>
    {
        public Validator() => RuleFor(request => request.Object).ObjectName();
    }

    public static async Task<Result<V1.Record>> Handle(
        V1.DeleteRecordRequest request, RecordsDbContext db, RecordOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var known = db.Caller.FindObject(request.Object);
        if (known.IsError)
            return known.Error;
        var rows = db.Records.Of(RecordKinds.Of(known.Value.Key));
        if (!Guid.TryParse(request.Id, out var id) || await rows.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } record)
            return RecordErrors.NotFound(request.Id);
        if (!record.Matches(request.Etag))
            return Error.Stale("record");
        var now = time.GetUtcNow();
        record.Delete(now, options.Grace);
        db.Purges.Add(RecordPurge.Of(record, now + options.Grace));
        db.Publish(record.Id, new V1.RecordDeleted { Id = request.Id, Resource = known.Value.Resource });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : record.ToMessage();
    }
}
