using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Records.Objects;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Records.Timeline;

/// <summary>What calls about notes share.</summary>
internal static class Notes
{
    /// <summary>So many notes a record may have. Not counted under a lock: one or two more harm nobody.</summary>
    public const int Most = 1_000;

    private const int MaxMentions = 50;
    private const int ToldLength = 200;

    // As the log of the record has them.
    public const string Written = "note";
    public const string Rewritten = "edit_note";
    public const string Removed = "delete_note";

    public static Error TooMany => Error.Precondition("NOTE_LIMIT", Say($"A record has at most {Most} notes: delete some, or write a longer one."));

    public static readonly Error NotYours = new(Google.Rpc.Code.PermissionDenied, "NOT_YOUR_NOTE", "Only who wrote a note may change it: write another one, or delete it.");

    /// <summary>Whether an entry of the log is about a note.</summary>
    public static bool IsAbout(string action) => action is Written or Rewritten or Removed;

    /// <summary>The record in use that the caller may update.</summary>
    public static async Task<Result<Record>> FindRecordAsync(this RecordsDbContext db, string pluralKey, string recordId, CancellationToken cancellationToken)
    {
        var known = db.Caller.FindObject(pluralKey);
        if (known.IsError)
            return known.Error;
        var id = Guid.Parse(recordId);
        var rows = db.Records.Of(RecordKinds.Of(known.Value.Key));
        if (await rows.For(AccessAction.Update).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } record)
            return record;
        return await rows.AnyAsync(row => row.Id == id, cancellationToken)
            ? new Error(Google.Rpc.Code.PermissionDenied, "DENIED_BY_POLICY", "You may see this record and not change it: notes are for those who may.")
            : RecordErrors.NotFound(recordId);
    }

    /// <summary>A note of the record, tracked; null where it has none of that id.</summary>
    public static async Task<RecordActivity?> FindNoteAsync(this RecordsDbContext db, Guid recordId, string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var noteId)
            ? await db.Activities.SingleOrDefaultAsync(row => row.Id == noteId && row.RecordId == recordId && row.Kind == V1.TimelineKind.Note, cancellationToken)
            : null;

    /// <summary>Tells of a note in the log of its record.</summary>
    public static void AuditNote(this RecordsDbContext db, string action, Record record, Guid noteId, string? before, string? after) =>
        db.Audit(action, record.AccessResource().Info.Name, record.Id.ToString(), Said(noteId, before), Said(noteId, after));

    /// <summary>Tells those who follow the record, and those whom the note speaks to.</summary>
    public static void TellOfNote(this RecordsDbContext db, Record record, RecordActivity note, IEnumerable<string> mentioned, bool rewritten) => db.Publish(record.Id, new V1.NoteWritten
    {
        Resource = record.AccessResource().Info.Name,
        RecordId = record.Id.ToString(),
        NoteId = note.Id.ToString(),
        Text = note.Body.Length <= ToldLength ? note.Body : note.Body[..(char.IsHighSurrogate(note.Body[ToldLength - 1]) ? ToldLength - 1 : ToldLength)],
        MentionedUserIds = { mentioned.Distinct() },
        Rewritten = rewritten,
    });

    /// <summary>Tells that a note is gone.</summary>
    public static void TellOfRemoval(this RecordsDbContext db, Record record, RecordActivity note) => db.Publish(record.Id, new V1.NoteDeleted
    {
        Resource = record.AccessResource().Info.Name,
        RecordId = record.Id.ToString(),
        NoteId = note.Id.ToString(),
    });

    private static Struct? Said(Guid noteId, string? body) => body is null ? null : new Struct { Fields = { ["noteId"] = Value.ForString(noteId.ToString()), ["note"] = Value.ForString(body) } };

    public sealed class Validator : AbstractValidator<V1.Note>
    {
        public Validator()
        {
            RuleFor(note => note.Body).NotEmpty().WithMessage("A note needs a text.").Text(10_000);
            RuleForEach(note => note.MentionedUserIds).Id();
            RuleFor(note => note.MentionedUserIds).Must(ids => ids.Count <= MaxMentions).WithMessage(_ => Say($"At most {MaxMentions}."));
        }
    }
}
