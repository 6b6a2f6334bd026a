using Google.Protobuf;
using Platform.Access;
using Platform.Contacts.Chores;
using Platform.Undoing.Imports;

namespace Platform.Contacts.Imports.Undoing;

/// <inheritdoc />
internal sealed class ImportLog(ContactsDbContext db, TimeProvider time) : ImportNotes<Import>(db, time)
{
    /// <summary>An import begins; what is noted of it goes when it can no longer be taken back.</summary>
    public Task BeginAsync(V1.ImportTarget target, TimeSpan within, CancellationToken cancellationToken)
    {
        var import = Import.Begin(target, db.Caller.CausedBy, Now);
        return BeginAsync(import, Chore.Of(ChoreKind.ForgetImport, import.Id, import.CreateTime + within), cancellationToken);
    }

    /// <summary>Notes the records of a batch before it is saved, in its transaction.</summary>
    public Task KeepAsync<TRow>(IReadOnlyList<TRow> created, IReadOnlyList<TRow> updated, Func<TRow, IMessage> toMessage, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IProtected<TRow> => KeepAsync(created, updated, toMessage, TRow.Resource.Info.Name, cancellationToken);
}
