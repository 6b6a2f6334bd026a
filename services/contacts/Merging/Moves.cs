using Microsoft.EntityFrameworkCore;
using Platform.Auditing;
using Platform.Contacts.Duplicates;

namespace Platform.Contacts.Merging;

/// <summary>
/// Leads to the record that stays what led to the merged ones, whoever may see it, and back; always in the transaction of the
/// merge, which holds those records. Statements touch the rows that were noted, and no others.
/// </summary>
internal static class Moves
{
    private const int BatchSize = 5_000;

    public static async Task MoveAsync(ContactsDbContext db, Reference reference, Merge merge, Guid[] merged, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var note =
            $"INSERT INTO merge_moves (tenant_id, merge_id, reference, row_id, from_id) SELECT tenant_id, {{1}}, {{2}}, id, {reference.Column} " +
            $"FROM {reference.Table} WHERE tenant_id = {{0}} AND {reference.Column} = ANY({{3}})";
        if (await db.Database.ExecuteSqlRawAsync(note, [db.Caller.RequiredTenantId, merge.Id, reference.Name, merged], cancellationToken) == 0)
            return;
        var move = $"UPDATE {reference.Table} AS row SET {reference.Column} = {{3}}{Led(reference, "move.from_id", "{3}")} {Noted} AND row.{reference.Column} = move.from_id";
        await db.Database.ExecuteSqlRawAsync(move, [db.Caller.RequiredTenantId, merge.Id, reference.Name, merge.SurvivorId, now], cancellationToken);
        var moved = await NotedAsync(db, reference, merge, cancellationToken);
        await CompareAsync(db, reference, [.. moved.Select(row => row.RowId)], cancellationToken);
        await TellAsync(db, reference, [.. moved.Select(row => row.RowId)], cancellationToken);
        await AuditAsync(db, reference, moved.Select(row => (row.RowId, new FieldChange(reference.Field, row.FromId, merge.SurvivorId))), cancellationToken);
    }

    public static async Task MoveBackAsync(ContactsDbContext db, Reference reference, Merge merge, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var noted = await NotedAsync(db, reference, merge, cancellationToken);
        if (noted.Count == 0)
            return;
        // What was led elsewhere since stays there.
        var move = $"UPDATE {reference.Table} AS row SET {reference.Column} = move.from_id{Led(reference, "{3}", "move.from_id")} {Noted} AND row.{reference.Column} = {{3}} RETURNING row.id AS \"Value\"";
        var moved = (await db.Database.SqlQueryRaw<Guid>(move, db.Caller.RequiredTenantId, merge.Id, reference.Name, merge.SurvivorId, now).ToListAsync(cancellationToken)).ToHashSet();
        await CompareAsync(db, reference, moved, cancellationToken);
        await TellAsync(db, reference, moved, cancellationToken);
        await AuditAsync(
            db, reference, noted.Where(row => moved.Contains(row.RowId)).Select(row => (row.RowId, new FieldChange(reference.Field, merge.SurvivorId, row.FromId))), cancellationToken);
    }

    private const string Noted =
        "FROM merge_moves AS move WHERE move.tenant_id = {0} AND move.merge_id = {1} AND move.reference = {2} AND row.tenant_id = move.tenant_id AND row.id = move.row_id";

    // What a record gives to sums of the record that it leads to is kept in its custom fields, under keys with a colon, with the id of
    // that record: it is led elsewhere too.
    private static string Led(Reference reference, string from, string to) => !reference.HasFields ? ", update_time = {4}" :
        ", update_time = {4}, custom_fields = CASE WHEN custom_fields::text LIKE '%:%@%' THEN " +
        $"(SELECT coalesce(jsonb_object_agg(key, CASE WHEN strpos(key, ':') > 0 THEN replace(value::text, {from}::text, {to}::text)::jsonb ELSE value END), '{{{{}}}}') " +
        "FROM jsonb_each(row.custom_fields)) ELSE custom_fields END";

    // Rules may compare where a record leads.
    private static Task CompareAsync(ContactsDbContext db, Reference reference, HashSet<Guid> moved, CancellationToken cancellationToken) =>
        moved.Count > 0 && DuplicateKind.All.FirstOrDefault(kind => kind.Table == reference.Table && kind.Fields.Contains(reference.Column)) is { } kind
            ? WrittenRecords.NoteAsync(db, kind.Resource.Name, moved, cancellationToken) : Task.CompletedTask;

    private static Task TellAsync(ContactsDbContext db, Reference reference, HashSet<Guid> moved, CancellationToken cancellationToken) =>
        reference.TellAsync is { } tell && moved.Count > 0 ? tell(db, moved, cancellationToken) : Task.CompletedTask;

    private static Task<List<MergeMove>> NotedAsync(ContactsDbContext db, Reference reference, Merge merge, CancellationToken cancellationToken) => db.MergeMoves.AsNoTracking()
        .Where(move => move.MergeId == merge.Id && move.Reference == reference.Name).OrderBy(move => move.RowId).ToListAsync(cancellationToken);

    private static async Task AuditAsync(ContactsDbContext db, Reference reference, IEnumerable<(Guid Id, FieldChange Change)> changes, CancellationToken cancellationToken)
    {
        foreach (var batch in changes.Chunk(BatchSize))
            await reference.AuditAsync(db, batch.ToDictionary(row => row.Id, row => row.Change), cancellationToken);
    }
}
