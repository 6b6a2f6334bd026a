using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Records.Objects;
using Platform.Undoing;
using Platform.Validation;

namespace Platform.Records.Imports.Undoing;

/// <summary>Begins to take an import back. Rights are asked for now, of all of its records: the work itself is the platform's.</summary>
internal static class UndoImport
{
    // An import that has written nothing for so long has lost its process.
    private static readonly TimeSpan Lost = TimeSpan.FromMinutes(10);

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
        if (await db.Imports.FromSql($"SELECT *, xmin FROM imports WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(cancellationToken) is not { } import || import.ObjectKey != known.Value.Key)
            return ImportUndoErrors.NotFound(request.Id);
        if (import.State is V1.ImportState.Undoing or V1.ImportState.Undone)
            return ImportUndoErrors.Once;
        if (now >= import.CreateTime + within)
            return ImportUndoErrors.TooLate(within);
        if (import.State == V1.ImportState.Running && now < import.UpdateTime + Lost)
            return ImportUndoErrors.Running;
        if (db.Caller.Access?.HasPoliciesOn(kind.Info.Name) is true
            && !(await MayAsync(db, kind, id, AccessAction.Delete, isNew: true, cancellationToken) && await MayAsync(db, kind, id, AccessAction.Update, isNew: false, cancellationToken)))
            return ImportUndoErrors.Denied;
        import.BeginUndo(db.Caller.CausedBy, await db.ImportedRecords.LongCountAsync(record => record.ImportId == id, cancellationToken), now);
        foreach (var chore in await db.ImportChores.Where(row => row.ImportId == id).ToListAsync(cancellationToken))
            chore.DueTime = now;
        db.Audit("undo", "records.import", id.ToString(), after: new Struct { Fields = { ["records"] = Value.ForNumber(import.UndoTotal) } });
        await db.SaveChangesAsync(cancellationToken);
        return import.ToMessage(within, []);
    }

    private static async Task<bool> MayAsync(RecordsDbContext db, ProtectedResource<Record> kind, Guid import, AccessAction action, bool isNew, CancellationToken cancellationToken)
    {
        var wanted = db.ImportedRecords.Where(record => record.ImportId == import && record.Before == null == isNew).Select(record => record.RecordId);
        var rows = db.Records.Of(kind);
        return await rows.For(action).CountAsync(row => wanted.Contains(row.Id), cancellationToken) == await rows.Imported(import).CountAsync(row => wanted.Contains(row.Id), cancellationToken);
    }
}
