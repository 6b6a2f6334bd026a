using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Records.Objects;

internal static class UpdateRecord
{
    public sealed class Validator : AbstractValidator<V1.UpdateRecordRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Object).ObjectName();
            RuleFor(request => request.Record).NotNull().WithMessage("Send the record.");
            RuleFor(request => request.Record.Id).Id().When(request => request.Record is not null);
        }
    }

    public static async Task<Result<V1.Record>> Handle(V1.UpdateRecordRequest request, RecordsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var known = db.Caller.FindObject(request.Object);
        if (known.IsError)
            return known.Error;
        var (id, kind) = (Guid.Parse(request.Record.Id), RecordKinds.Of(known.Value.Key));
        if (await db.Records.Of(kind).SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } record)
            return RecordErrors.NotFound(request.Record.Id);
        if (!record.Matches(request.Record.Etag))
            return Error.Stale("record");
        var merged = Merge(db, record, request.Record, request.UpdateMask);
        if (merged.IsError)
            return merged.Error;
        Write(db, record, merged.Value, time.GetUtcNow());
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : record.ToMessage();
    }

    /// <summary>What the record would be, or why it cannot be that.</summary>
    public static Result<V1.Record> Merge(RecordsDbContext db, Record record, V1.Record change, FieldMask? mask)
    {
        var merged = Masks.Merge(record.ToMessage(), change, mask).Validate(new RecordValidator(), "record");
        if (merged.IsError)
            return merged;
        if (record.Number.Length == 0 && string.IsNullOrWhiteSpace(merged.Value.Name))
            return RecordErrors.NeedsName("record");
        return db.Caller.PrepareCustomFields(record.AccessResource().Info, merged.Value, record.CustomFields) is { } fault ? fault : merged;
    }

    /// <summary>Makes it that, and tells of it.</summary>
    public static void Write(RecordsDbContext db, Record record, V1.Record message, DateTimeOffset now)
    {
        record.Update(message, now);
        db.Publish(record.Id, new V1.RecordUpdated { Record = record.ToMessage() });
    }
}
