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
        var arrays = fields.Select(field => records.Select(record => DuplicateKind.Text(record, field).Trim()).ToArray());
        object[] values = [db.Caller.RequiredTenantId, Enumerable.Range(0, records.Count).ToArray(), .. arrays];
        var sql =
            $"WITH sought AS MATERIALIZED (SELECT given.*, {KeyOf(anchor, "given")} AS key " +
            $"FROM unnest({string.Join(", ", Enumerable.Range(1, fields.Length + 1).Select(i => $"{{{i}}}"))}) AS given (n, {string.Join(", ", fields)})) " +
            $"SELECT sought.n AS n, other.id AS id FROM sought CROSS JOIN LATERAL (SELECT id FROM (SELECT many.id, {Alike(kind, anchor)} AS alike FROM {kind.Table} AS many " +
            $"WHERE many.tenant_id = {{0}} AND many.{anchor.Column} = sought.key LIMIT {MostLookedAt}) AS few ORDER BY alike DESC, id LIMIT {Most}) AS other";
        return db.Database.SqlQueryRaw<Sharing>(sql, values).ToListAsync(cancellationToken);
    }

    private static string KeyOf(Anchor anchor, string row) => string.Format(CultureInfo.InvariantCulture, anchor.Key, [.. anchor.Arguments.Select(field => $"{row}.{field}")]);

    // How many of the other keys agree. As subqueries: PostgreSQL works a key out once, and only for what has candidates, which few have.
    private static string Alike(DuplicateKind kind, Anchor anchor) =>
        string.Join(" + ", kind.Anchors.Where(one => one != anchor).Select(one => $"coalesce((many.{one.Column} = (SELECT {KeyOf(one, "sought")}))::int, 0)"));

    private sealed record Sharing(int N, Guid Id);
}
