using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.Auditing;

/// <summary>One field of a row that a statement changed.</summary>
/// <param name="Name">As in the contract's JSON.</param>
/// <param name="Before">What it held.</param>
/// <param name="After">What it holds.</param>
public readonly record struct FieldChange(string Name, object? Before, object? After);

/// <summary>
/// Entries for rows that statements change, past the change tracker. Each is one statement of the open transaction, which is
/// that of the change.
/// </summary>
public static class AuditBulk
{
    /// <summary>Tells of rows that a statement inserts.</summary>
    public static Task AuditCreatedAsync<T>(this PlatformDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where T : Entity => db.AuditAsync(db.EntriesOfNew(rows), cancellationToken);

    /// <summary>The entries of rows that a statement inserts, to be written by <see cref="AuditAsync"/>. Touches no connection: it can be done while the rows are written.</summary>
    public static AuditedRows EntriesOfNew<T>(this PlatformDbContext db, IReadOnlyCollection<T> rows)
        where T : Entity => new([.. rows.Select(row => Whole(db, AuditTrail.Create, row))]);

    /// <summary>Writes entries that were made.</summary>
    public static Task AuditAsync(this PlatformDbContext db, AuditedRows rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return InsertAsync(db, rows.Entries, cancellationToken);
    }

    /// <summary>Tells of rows that a statement deletes; they must have been read in this transaction.</summary>
    public static Task AuditDeletedAsync<T>(this PlatformDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where T : Entity => InsertAsync(db, [.. rows.Select(row => Whole(db, AuditTrail.Delete, row))], cancellationToken);

    /// <summary>Tells of rows that a statement changes.</summary>
    public static Task AuditChangedAsync<T>(
        this PlatformDbContext db, IReadOnlyCollection<T> rows, Func<T, IEnumerable<FieldChange>> changes, CancellationToken cancellationToken)
        where T : Entity => InsertAsync(db, [.. rows.Select(row => Changed(db, row, changes(row)))], cancellationToken);

    private static AuditEntry Whole<T>(PlatformDbContext db, string action, T row)
        where T : Entity
    {
        var plan = AuditPlan.Of(db.Model.FindEntityType(typeof(T))!);
        var whole = AuditTrail.Whole(db, plan, row);
        return AuditEntries.Create(db, action, plan, row, action == AuditTrail.Create ? null : whole, action == AuditTrail.Create ? whole : null);
    }

    private static AuditEntry Changed<T>(PlatformDbContext db, T row, IEnumerable<FieldChange> changes)
        where T : Entity
    {
        var concealment = Concealment.Of(db, row);
        using var before = new FieldWriter(concealment);
        using var after = new FieldWriter(concealment);
        foreach (var change in changes)
        {
            before.Write(change.Name, change.Before);
            after.Write(change.Name, change.After, change.Before);
        }

        return AuditEntries.Create(db, AuditTrail.Update, AuditPlan.Of(db.Model.FindEntityType(typeof(T))!), row, before.Finish(), after.Finish());
    }

    private static Task InsertAsync(PlatformDbContext db, List<AuditEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return Task.CompletedTask;
        db.HasAudited = true;
        var common = entries[0];
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO audit_entries (
                tenant_id, id, time, actor_kind, actor, on_behalf_of, operation, trace_id, client_address,
                resource, resource_id, action, before, after, content_hash)
            SELECT {common.TenantId}, row.id, row.time, {common.ActorKind.ToString()}, {common.Actor}, {common.OnBehalfOf}, {common.Operation},
                {common.TraceId}, {common.ClientAddress}, row.resource, row.resource_id, row.action, row.before::json, row.after::json, row.content_hash
            FROM unnest(
                {entries.ConvertAll(row => row.Id)}, {entries.ConvertAll(row => row.Time)}, {entries.ConvertAll(row => row.Resource)},
                {entries.ConvertAll(row => row.ResourceId)}, {entries.ConvertAll(row => row.Action)}, {entries.ConvertAll(row => row.Before)}::text[], {entries.ConvertAll(row => row.After)}::text[],
                {entries.ConvertAll(row => row.ContentHash)}) AS row (id, time, resource, resource_id, action, before, after, content_hash)
            """,
            cancellationToken);
    }
}

/// <summary>Entries that are still to be written.</summary>
public sealed class AuditedRows
{
    internal AuditedRows(List<AuditEntry> entries) => Entries = entries;

    internal List<AuditEntry> Entries { get; }

    /// <summary>These, and others behind them.</summary>
    public AuditedRows And(AuditedRows others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new([.. Entries, .. others.Entries]);
    }
}
