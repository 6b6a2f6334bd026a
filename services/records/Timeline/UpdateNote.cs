using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Records.Objects;
using Platform.Validation;

namespace Platform.Records.Timeline;

internal static class UpdateNote
{
    public sealed class Validator : AbstractValidator<V1.UpdateNoteRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Object).ObjectName();
            RuleFor(request => request.RecordId).Id();
            RuleFor(request => request.Note).NotNull().WithMessage("Send the note.");
            RuleFor(request => request.Note.Id).Id().When(request => request.Note is not null);
        }
    }

    public static async Task<Result<V1.Note>> Handle(V1.UpdateNoteRequest request, RecordsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var record = await db.FindRecordAsync(request.Object, request.RecordId, cancellationToken);
        if (record.IsError)
            return record.Error;
        if (await db.FindNoteAsync(record.Value.Id, request.Note.Id, cancellationToken) is not { } note)
            return Error.NotFound("note", request.Note.Id);
        if (!note.IsBy(db.Caller))
            return Notes.NotYours;
        if (!note.Matches(request.Note.Etag))
            return Error.Stale("note");
        var merged = Masks.Merge(note.ToNote(), request.Note, request.UpdateMask).Validate(new Notes.Validator(), "note");
        if (merged.IsError)
            return merged.Error;
        if (merged.Value.Body == note.Body && merged.Value.MentionedUserIds.Count == 0)
            return note.ToNote();
        if (merged.Value.Body != note.Body)
        {
            db.AuditNote(Notes.Rewritten, record.Value, note.Id, note.Body, merged.Value.Body);
            note.Rewrite(merged.Value.Body, time.GetUtcNow());
        }

        db.TellOfNote(record.Value, note, merged.Value.MentionedUserIds, rewritten: true);
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : note.ToNote();
    }
}
