using Platform.Records.Objects;
using Platform.Undoing.Imports;

namespace Platform.Records.Imports.Undoing;

/// <inheritdoc />
internal sealed class ImportLog(RecordsDbContext db, TimeProvider time) : ImportNotes<Import>(db, time)
{
    /// <summary>An import begins; what is noted of it goes when it can no longer be taken back.</summary>
    public Task BeginAsync(string objectKey, TimeSpan within, CancellationToken cancellationToken)
    {
        var import = Import.Begin(objectKey, db.Caller.CausedBy, Now);
        return BeginAsync(import, new ImportChore { ImportId = import.Id, DueTime = import.CreateTime + within }, cancellationToken);
    }

    /// <summary>Notes the records of a batch before it is saved, in its transaction.</summary>
    public Task KeepAsync(IReadOnlyList<Record> created, IReadOnlyList<Record> updated, CancellationToken cancellationToken) =>
        KeepAsync(created, updated, row => row.ToMessage(), resource: null, cancellationToken);
}
