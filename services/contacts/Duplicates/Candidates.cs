using System.Globalization;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace Platform.Contacts.Duplicates;

/// <summary>Finds the records that others may be, a query for each key.</summary>
internal static class Candidates
{
    private const int Most = 100;

    // Of those that share a key, as many are looked at; the most alike of them are taken.
    private const int MostLookedAt = 1_000;

    /// <summary>Which records each one of these shares a key with; whether they match, the rules say.</summary>
    /// <param name="kind">The kind of record.</param>
    /// <param name="rules">By the keys of which they are found.</param>
    /// <param name="records">What is looked for, by its place.</param>
    /// <param name="db">The unit of work.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    public static async Task<HashSet<(int Place, Guid Id)>> FindAsync(
        DuplicateKind kind, IReadOnlyCollection<V1.DuplicateRule> rules, IReadOnlyList<IMessage> records, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var found = new HashSet<(int, Guid)>();
        foreach (var anchor in kind.AnchorsOf(rules))
            found.UnionWith((await SharingAsync(kind, anchor, records, db, cancellationToken)).Select(row => (row.N, row.Id)));
        return found;
    }

    private static Task<List<Sharing>> SharingAsync(DuplicateKind kind, Anchor anchor, IReadOnlyList<IMessage> records, ContactsDbContext db, CancellationToken cancellationToken)
    {
        string[] fields = [.. kind.Anchors.SelectMany(one => one.Arguments).Distinct()];
        var others = kind.HasOthers ? anchor.Others : null;
        var arrays = fields.Select(field => records.Select(record => DuplicateKind.Text(record, field).Trim()).ToArray());
        List<object> values = [db.Caller.RequiredTenantId, Enumerable.Range(0, records.Count).ToArray(), .. arrays];
        var keys = "SELECT n, key FROM sought WHERE key IS NOT NULL" + MoreKeys(anchor, others, records, values);
        var sql =
            $"WITH sought AS MATERIALIZED (SELECT given.*, {KeyOf(anchor, "given")} AS key " +
            $"FROM unnest({string.Join(", ", Enumerable.Range(1, fields.Length + 1).Select(i => $"{{{i}}}"))}) AS given (n, {string.Join(", ", fields)})), keys AS MATERIALIZED ({keys}) " +
            Having(kind, anchor, $"{kind.Table} AS many WHERE many.tenant_id = {{0}} AND many.{anchor.Column} = keys.key");
        if (others is not null)
        {
            sql += " UNION " + Having(kind, anchor, $"{MatchPoint.Table} AS point JOIN {kind.Table} AS many ON many.tenant_id = point.tenant_id AND many.id = point.record_id " +
                $"WHERE point.tenant_id = {{0}} AND point.resource = '{kind.Resource.Name}' AND point.field = '{others}' AND point.key = keys.key");
        }

        return db.Database.SqlQueryRaw<Sharing>(sql, [.. values]).ToListAsync(cancellationToken);
    }

    // What stands beside the main value is looked for as well.
    private static string MoreKeys(Anchor anchor, string? others, IReadOnlyList<IMessage> records, List<object> values)
    {
        var more = others is null ? [] : records.SelectMany((record, place) => DuplicateKind.OthersOf(record, others).Select(value => (Place: place, Value: value.Trim()))).ToList();
        if (more.Count == 0)
            return "";
        values.AddRange([more.Select(other => other.Place).ToArray(), more.Select(other => other.Value).ToArray()]);
        return $" UNION SELECT n, {string.Format(CultureInfo.InvariantCulture, anchor.Key, "given.value")} FROM unnest({{{values.Count - 2}}}, {{{values.Count - 1}}}) AS given (n, value)";
    }

    // The most alike of those that have one of the keys there.
    private static string Having(DuplicateKind kind, Anchor anchor, string rows) =>
        $"SELECT keys.n AS n, other.id AS id FROM keys JOIN sought ON sought.n = keys.n CROSS JOIN LATERAL (SELECT id FROM (SELECT many.id, {Alike(kind, anchor)} AS alike FROM {rows} LIMIT {MostLookedAt}) AS few " +
        $"ORDER BY alike DESC, id LIMIT {Most}) AS other";

    private static string KeyOf(Anchor anchor, string row) => string.Format(CultureInfo.InvariantCulture, anchor.Key, [.. anchor.Arguments.Select(field => $"{row}.{field}")]);

    // How many of the other keys agree. As subqueries: PostgreSQL works a key out once, and only for what has candidates, which few have.
    private static string Alike(DuplicateKind kind, Anchor anchor) =>
        string.Join(" + ", kind.Anchors.Where(one => one != anchor).Select(one => $"coalesce((many.{one.Column} = (SELECT {KeyOf(one, "sought")}))::int, 0)"));

    private sealed record Sharing(int N, Guid Id);
}
