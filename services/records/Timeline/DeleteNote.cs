using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;
using Platform.Records.Objects;
using Platform.Validation;

namespace Platform.Records.Timeline;

internal static class DeleteNote
{
    public sealed class Validator : AbstractValidator<V1.DeleteNoteRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Object).ObjectName();
            RuleFor(request => request.RecordId).Id();
        }
    }

    public static async Task<Result<Empty>> Handle(V1.DeleteNoteRequest request, RecordsDbContext db, CancellationToken cancellationToken)
    {
        var record = await db.FindRecordAsync(request.Object, request.RecordId, cancellationToken);
        if (record.IsError)
            return record.Error;
        if (await db.FindNoteAsync(record.Value.Id, request.Id, cancellationToken) is not { } note)
            return Error.NotFound("note", request.Id);
        if (!note.Matches(request.Etag))
            return Error.Stale("note");
        db.Activities.Remove(note);
        db.AuditNote(Notes.Removed, record.Value, note.Id, note.Body, after: null);
        db.TellOfRemoval(record.Value, note);
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : new Empty();
    }
}
