using System.Runtime.CompilerServices;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Undoing.Imports;

/// <summary>Notes what an import writes, so that it can be taken back.</summary>
/// <typeparam name="TImport">The service's imports.</typeparam>
/// <param name="db">The unit of work of the import.</param>
/// <param name="time">The clock.</param>
public abstract class ImportNotes<TImport>(PlatformDbContext db, TimeProvider time)
    where TImport : FileImport
{
    private Guid _import;

    /// <summary>The import as the answer names it; empty for one of which nothing is kept.</summary>
    public string ImportId => _import == Guid.Empty ? "" : _import.ToString();

    /// <summary>The moment.</summary>
    protected DateTimeOffset Now => time.GetUtcNow();

    private IQueryable<TImport> Running => db.Set<TImport>().Where(import => import.Id == _import && import.State == FileImportState.Running);

    /// <summary>An import begins.</summary>
    /// <param name="import">It.</param>
    /// <param name="forgetting">Work that lets go of what is noted of it when it can no longer be taken back.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    protected async Task BeginAsync(TImport import, ITenantOwned forgetting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(import);
        db.Add(import);
        db.Add(forgetting);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        _import = import.Id;
    }

    /// <summary>Notes the records of a batch before it is saved, in its transaction: those that are new, and those that it changes as they were.</summary>
    /// <param name="created">Those that are new.</param>
    /// <param name="updated">Those that it changes, tracked.</param>
    /// <param name="toMessage">A record as it is noted.</param>
    /// <param name="resource">Their kind, where imports of the service write several; null where each writes one.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    protected async Task KeepAsync<TRow>(
        IReadOnlyList<TRow> created, IReadOnlyList<TRow> updated, Func<TRow, IMessage> toMessage, string? resource, CancellationToken cancellationToken)
        where TRow : Entity
    {
        ArgumentNullException.ThrowIfNull(created);
        ArgumentNullException.ThrowIfNull(updated);
        ArgumentNullException.ThrowIfNull(toMessage);
        if (_import == Guid.Empty || created.Count + updated.Count == 0)
            return;
        var tracked = db.ChangeTracker.Entries<TRow>().ToDictionary(entry => entry.Entity);
        var stored = updated.Select(row => (TRow)tracked[row].OriginalValues.ToObject()).ToList();
        List<Guid> ids = [.. created.Select(row => row.Id), .. updated.Select(row => row.Id)];
        List<byte[]?> before = [.. created.Select(_ => (byte[]?)null), .. stored.Select(row => toMessage(row).ToByteArray())];
        List<DateTimeOffset?> beforeTimes = [.. created.Select(_ => (DateTimeOffset?)null), .. stored.Select(row => (DateTimeOffset?)row.UpdateTime)];
        List<DateTimeOffset> afterTimes = [.. created.Select(row => row.CreateTime), .. updated.Select(row => row.UpdateTime)];
        List<object> values = [db.Caller.RequiredTenantId, _import, ids, before, beforeTimes, afterTimes];
        var (column, value) = resource is null ? ("", "") : ("resource, ", "{6}, ");
        if (resource is not null)
            values.Add(resource);
        await db.Database.ExecuteSqlAsync(FormattableStringFactory.Create(
            $$"""
            INSERT INTO imported_records (tenant_id, import_id, record_id, {{column}}before, before_time, after_time, is_changed)
            SELECT {0}, {1}, row.id, {{value}}row.before, row.before_time, row.after_time, false
            FROM unnest({2}, {3}::bytea[], {4}::timestamptz[], {5}) AS row (id, before, before_time, after_time)
            ON CONFLICT (tenant_id, import_id, record_id) DO UPDATE SET
                is_changed = imported_records.is_changed OR imported_records.after_time <> excluded.before_time, before_time = excluded.before_time, after_time = excluded.after_time
            """, [.. values]), cancellationToken);
        await CountAsync(created.Count, updated.Count, cancellationToken);
    }

    /// <summary>The import has ended, whatever ended it.</summary>
    public Task EndAsync() => _import == Guid.Empty ? Task.CompletedTask : Running
        .ExecuteUpdateAsync(set => set.SetProperty(import => import.EndTime, Now).SetProperty(import => import.State, FileImportState.Done), CancellationToken.None);

    // Held until the batch ends: nobody takes the import back meanwhile.
    private async Task CountAsync(int created, int updated, CancellationToken cancellationToken)
    {
        var now = Now;
        var found = await Running.ExecuteUpdateAsync(
            set => set.SetProperty(import => import.RecordsCreated, import => import.RecordsCreated + created)
                .SetProperty(import => import.RecordsUpdated, import => import.RecordsUpdated + updated).SetProperty(import => import.UpdateTime, now), cancellationToken);
        if (found == 0)
            throw ImportUndoErrors.TakenBack.ToRpcException();
    }
}
