using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Records.Objects;
using Platform.Validation;

namespace Platform.Records.Timeline;

internal static class CreateNote
{
    public sealed class Validator : AbstractValidator<V1.CreateNoteRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Object).ObjectName();
            RuleFor(request => request.RecordId).Id();
            RuleFor(request => request.Note).NotNull().WithMessage("Send the note.").SetValidator(new Notes.Validator());
        }
    }

    public static async Task<Result<V1.Note>> Handle(V1.CreateNoteRequest request, RecordsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var record = await db.FindRecordAsync(request.Object, request.RecordId, cancellationToken);
        if (record.IsError)
            return record.Error;
        var id = record.Value.Id;
        if (await db.Activities.Where(row => row.RecordId == id && row.Kind == V1.TimelineKind.Note).Take(Notes.Most).CountAsync(cancellationToken) >= Notes.Most)
            return Notes.TooMany;
        var note = RecordActivity.Note(id, request.Note.Body, db.Caller, time.GetUtcNow());
        db.Activities.Add(note);
        db.AuditNote(Notes.Written, record.Value, note.Id, before: null, note.Body);
        db.TellOfNote(record.Value, note, request.Note.MentionedUserIds, rewritten: false);
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : note.ToNote();
    }
}
