using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Access.Fields;
using Platform.Contacts.Chores;
using Platform.Contacts.Companies;
using Platform.Contacts.Leads;
using Platform.Contacts.People;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Undoing.Imports;
using Platform.Validation;

namespace Platform.Contacts.Imports.Undoing;

/// <summary>Begins to take an import back. Rights are asked for now, of all of its records: the work itself is the platform's.</summary>
internal static class UndoImport
{
    public sealed class Validator : AbstractValidator<V1.UndoImportRequest>
    {
        public Validator() => RuleFor(request => request.Id).Id();
    }

    public static Task<Result<V1.Import>> Handle(
        V1.UndoImportRequest request, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, IOptions<ContactsOptions> options, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => BeginAsync(Guid.Parse(request.Id), db, fields, time.GetUtcNow(), options.Value.UndoImportWithin, cancellationToken), cancellationToken);

    private static async Task<Result<V1.Import>> BeginAsync(
        Guid id, ContactsDbContext db, CustomFieldDirectory fields, DateTimeOffset now, TimeSpan within, CancellationToken cancellationToken)
    {
        if (await fields.TryLoadAsync(db.Caller, cancellationToken) is { } unavailable)
            return unavailable;
        if (db.Caller.CheckBulkWrite(Lead.Resource.Info, Person.Resource.Info, Company.Resource.Info) is { } restricted)
            return restricted;
        if (await db.Imports.Held(id).SingleOrDefaultAsync(cancellationToken) is not { } import)
            return ImportUndoErrors.NotFound(id.ToString());
        if (import.RefusesUndo(within, now) is { } refused)
            return refused;
        foreach (var kind in UndoKind.All)
        {
            if (!await kind.MayUndoAsync(db, id, cancellationToken))
                return ImportUndoErrors.Denied;
        }

        import.BeginUndo(db.Caller.CausedBy, await db.ImportedRecords.LongCountAsync(record => record.ImportId == id, cancellationToken), now);
        db.Chores.Add(Chore.Of(ChoreKind.UndoImport, id, now));
        db.Audit("undo", "contacts.import", id.ToString(), after: new Struct { Fields = { ["records"] = Value.ForNumber(import.UndoTotal) } });
        await db.SaveChangesAsync(cancellationToken);
        return import.ToMessage(within, []);
    }
}
