using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Records.Objects;
using Platform.Undoing.Imports;
using Platform.Validation;

namespace Platform.Records.Imports.Undoing;

/// <summary>Begins to take an import back. Rights are asked for now, of all of its records: the work itself is the platform's.</summary>
internal static class UndoImport
{
    public sealed class Validator : AbstractValidator<V1.UndoImportRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Object).ObjectName();
            RuleFor(request => request.Id).Id();
        }
    }

    public static async Task<Result<V1.Import>> Handle(
        V1.UndoImportRequest request, RecordsDbContext db, CustomFieldDirectory fields, RecordOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        await fields.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable ? unavailable
            : await db.InTransactionAsync(() => BeginAsync(request, db, options.UndoImportWithin, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static async Task<Result<V1.Import>> BeginAsync(V1.UndoImportRequest request, RecordsDbContext db, TimeSpan within, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = db.Caller.FindObject(request.Object);
        if (known.IsError)
            return known.Error;
        var (id, kind) = (Guid.Parse(request.Id), RecordKinds.Of(known.Value.Key));
        if (db.Caller.CheckBulkWrite(kind.Info) is { } restricted)
            return restricted;
        if (await db.Imports.Held(id).SingleOrDefaultAsync(cancellationToken) is not { } import || import.ObjectKey != known.Value.Key)
            return ImportUndoErrors.NotFound(request.Id);
        if (import.RefusesUndo(within, now) is { } refused)
            return refused;
        var (rows, noted) = (db.Records.Of(kind), db.ImportedRecords.Where(record => record.ImportId == id));
        if (db.Caller.Access?.HasPoliciesOn(kind.Info.Name) is true && !await rows.Imported(id).MayBeTakenBackAsync(rows, noted, cancellationToken))
            return ImportUndoErrors.Denied;
        import.BeginUndo(db.Caller.CausedBy, await noted.LongCountAsync(cancellationToken), now);
        foreach (var chore in await db.ImportChores.Where(row => row.ImportId == id).ToListAsync(cancellationToken))
            chore.DueTime = now;
        db.Audit("undo", "records.import", id.ToString(), after: new Struct { Fields = { ["records"] = Value.ForNumber(import.UndoTotal) } });
        await db.SaveChangesAsync(cancellationToken);
        return import.ToMessage(within, []);
    }
}
