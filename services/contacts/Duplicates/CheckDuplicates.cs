using Microsoft.EntityFrameworkCore;

namespace Platform.Contacts.Duplicates;

/// <summary>Compares the records that were written with those that share a key with them.</summary>
internal static class CheckDuplicates
{
    private const int BatchSize = 100;

    /// <summary>Does the claimed check, and others of the tenant with it. Those that wait go first, so that what is read is what they saw or newer.</summary>
    public static async Task<int> RunAsync(ContactsDbContext db, Guid claimed, CancellationToken cancellationToken)
    {
        var checks = await db.Database.SqlQuery<Written>(
            $"""
            DELETE FROM duplicate_checks WHERE tenant_id = {db.Caller.RequiredTenantId} AND (id = {claimed} OR id IN (
                SELECT id FROM duplicate_checks WHERE tenant_id = {db.Caller.RequiredTenantId} AND due_time <= now() ORDER BY id LIMIT {BatchSize} FOR UPDATE SKIP LOCKED))
            RETURNING resource, record_id
            """).ToListAsync(cancellationToken);
        foreach (var group in checks.GroupBy(check => check.Resource, check => check.RecordId))
            await CheckAsync(db, DuplicateKind.Find(group.Key)!, [.. group.Distinct()], cancellationToken);
        return checks.Count;
    }

    private static async Task CheckAsync(ContactsDbContext db, DuplicateKind kind, Guid[] ids, CancellationToken cancellationToken)
    {
        var rules = (await DuplicateRuleSet.OfAsync(db, kind, cancellationToken)).Rules;
        var pairs = new HashSet<(Guid One, Guid Other)>();
        foreach (var anchor in kind.AnchorsOf(rules))
            pairs.UnionWith(await SharingAsync(db, kind, anchor, ids, cancellationToken));
        var found = await Comparison.RunAsync(db, kind, rules, pairs, cancellationToken);
        // What no longer matches leaves the queue, and so does what is gone.
        var known = await db.DuplicatePairs.AsNoTracking().Where(pair => !pair.Dismissed && (ids.Contains(pair.FirstId) || ids.Contains(pair.SecondId)))
            .Select(pair => new { pair.Id, pair.FirstId, pair.SecondId }).ToListAsync(cancellationToken);
        Guid[] left = [.. known.Where(pair => !found.Contains((pair.FirstId, pair.SecondId))).Select(pair => pair.Id)];
        if (left.Length > 0)
            await db.DuplicatePairs.Where(pair => left.Contains(pair.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    // A value that too many share says nothing of anybody.
    private static async Task<IEnumerable<(Guid One, Guid Other)>> SharingAsync(ContactsDbContext db, DuplicateKind kind, Anchor anchor, Guid[] ids, CancellationToken cancellationToken)
    {
        var (own, sharing) = ($"SELECT id, {anchor.Column} AS key FROM {kind.Table} WHERE tenant_id = {{0}} AND id = ANY({{1}})", Others($"SELECT id FROM {kind.Table} AS many WHERE many.tenant_id = {{0}} AND many.{anchor.Column} = one.key"));
        if (kind.HasOthers && anchor.Others is { } others)
        {
            var points = $"FROM {MatchPoint.Table} WHERE tenant_id = {{0}} AND resource = '{kind.Resource.Name}' AND field = '{others}'";
            var beside = Others($"SELECT id FROM (SELECT record_id AS id, key {points}) AS many WHERE many.key = one.key");
            (own, sharing) = ($"{own} UNION SELECT record_id, key {points} AND record_id = ANY({{1}})", $"{sharing} UNION {beside}");
        }

        var sql = $"SELECT one.id AS one, one.key AS key, other.id AS other FROM ({own}) AS one CROSS JOIN LATERAL ({sharing}) AS other WHERE one.key IS NOT NULL";
        var rows = await db.Database.SqlQueryRaw<Sharing>(sql, db.Caller.RequiredTenantId, ids).ToListAsync(cancellationToken);
        return rows.GroupBy(row => (row.One, row.Key)).Where(group => group.Count() < Comparison.LargestGroup).SelectMany(group => group.Select(row => (row.One, row.Other)));

        static string Others(string having) => $"({having} AND many.id <> one.id LIMIT {Comparison.LargestGroup})";
    }

    private sealed record Written(string Resource, Guid RecordId);

    private sealed record Sharing(Guid One, string Key, Guid Other);
}
