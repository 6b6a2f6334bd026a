using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Contacts.Chores;
using Platform.Errors;
using Platform.Undoing;

namespace Platform.Contacts.Imports.Undoing;

/// <summary>Notes what an import writes, so that it can be taken back.</summary>
/// <param name="db">The unit of work of the import.</param>
/// <param name="time">The clock.</param>
internal sealed class ImportLog(ContactsDbContext db, TimeProvider time)
{
    private Guid _import;

    /// <summary>The import as the answer names it; empty for one of which nothing is kept.</summary>
    public string ImportId => _import == Guid.Empty ? "" : _import.ToString();

    /// <summary>An import begins; what is noted of it goes when it can no longer be taken back.</summary>
    public async Task BeginAsync(V1.ImportTarget target, TimeSpan within, CancellationToken cancellationToken)
    {
        var import = Import.Begin(target, db.Caller.CausedBy, time.GetUtcNow());
        db.Imports.Add(import);
        db.Chores.Add(Chore.Of(ChoreKind.ForgetImport, import.Id, import.CreateTime + within));
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        _import = import.Id;
    }

    /// <summary>Notes the records of a batch before it is saved, in its transaction: those that are new, and those that it changes as they were.</summary>
    public async Task KeepAsync<TRow>(IReadOnlyList<TRow> created, IReadOnlyList<TRow> updated, Func<TRow, IMessage> toMessage, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IProtected<TRow>
    {
        if (_import == Guid.Empty || created.Count + updated.Count == 0)
            return;
        var tracked = db.ChangeTracker.Entries<TRow>().ToDictionary(entry => entry.Entity);
        var stored = updated.Select(row => (TRow)tracked[row].OriginalValues.ToObject()).ToList();
        List<Guid> ids = [.. created.Select(row => row.Id), .. updated.Select(row => row.Id)];
        List<byte[]?> before = [.. created.Select(_ => (byte[]?)null), .. stored.Select(row => toMessage(row).ToByteArray())];
        List<DateTimeOffset?> beforeTimes = [.. created.Select(_ => (DateTimeOffset?)null), .. stored.Select(row => (DateTimeOffset?)row.UpdateTime)];
        List<DateTimeOffset> afterTimes = [.. created.Select(row => row.CreateTime), .. updated.Select(row => row.UpdateTime)];
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO imported_records (tenant_id, import_id, record_id, resource, before, before_time, after_time, is_changed)
            SELECT {db.Caller.RequiredTenantId}, {_import}, row.id, {TRow.Resource.Info.Name}, row.before, row.before_time, row.after_time, false
            FROM unnest({ids}, {before}::bytea[], {beforeTimes}::timestamptz[], {afterTimes}) AS row (id, before, before_time, after_time)
            ON CONFLICT (tenant_id, import_id, record_id) DO UPDATE SET
                is_changed = imported_records.is_changed OR imported_records.after_time <> excluded.before_time, before_time = excluded.before_time, after_time = excluded.after_time
            """, cancellationToken);
        await CountAsync(created.Count, updated.Count, cancellationToken);
    }

    /// <summary>The import has ended, whatever ended it.</summary>
    public Task EndAsync() => _import == Guid.Empty ? Task.CompletedTask : Running
        .ExecuteUpdateAsync(set => set.SetProperty(import => import.EndTime, time.GetUtcNow()).SetProperty(import => import.State, V1.ImportState.Done), CancellationToken.None);

    // Held until the batch ends: nobody takes the import back meanwhile.
    private async Task CountAsync(int created, int updated, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = await Running.ExecuteUpdateAsync(
            set => set.SetProperty(import => import.RecordsCreated, import => import.RecordsCreated + created)
                .SetProperty(import => import.RecordsUpdated, import => import.RecordsUpdated + updated).SetProperty(import => import.UpdateTime, now), cancellationToken);
        if (found == 0)
            throw ImportUndoErrors.TakenBack.ToRpcException();
    }

    private IQueryable<Import> Running => db.Imports.Where(import => import.Id == _import && import.State == V1.ImportState.Running);
}
