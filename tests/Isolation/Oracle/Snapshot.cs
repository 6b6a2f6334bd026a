using System.Text;
using Isolation.Tests.Installation;
using Npgsql;

namespace Isolation.Tests.Oracle;

/// <summary>What the tables of the installation hold, read by their owner, whom no policy binds.</summary>
internal static class Snapshot
{
    // xmin with the row: a row that was written again with the same values was touched all the same.
    private const string Hashes = """
        SELECT string_agg(hash, E'\n' ORDER BY hash) FROM (
            SELECT format('%s %s', t.name, (xpath('/row/h/text()', query_to_xml(format(
                'SELECT coalesce(md5(string_agg(r.xmin::text || r::text, %L ORDER BY r::text)), %L) || count(*) AS h FROM %s AS r WHERE %s', '|', '', t.name, CONDITION), false, true, '')))[1]) AS hash
            FROM (SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                WHERE c.relkind = 'r' AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)) AS t) AS hashes
        """;

    // Enough to see that something was written, at a tenth of the cost: an insert and a delete change the number, an update the version.
    private const string Marks = """
        SELECT string_agg((xpath('/row/m/text()', query_to_xml(format('SELECT count(*) || %L || coalesce(sum(xmin::text::bigint), 0) AS m FROM %s', ' ', t.name), false, true, '')))[1]::text, ',' ORDER BY t.name)
        FROM (SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
            WHERE c.relkind = 'r' AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)) AS t
        """;

    // OFFSET 0: otherwise the planner may ask tables without the column before it leaves them out.
    private const string Found = """
        SELECT string_agg(t.name::text, ', ') FROM (SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
            WHERE c.relkind = 'r' AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) OFFSET 0) AS t
        WHERE (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %s AS r WHERE %s', t.name, CONDITION), false, true, '')))[1]::text <> '0'
        """;

    /// <summary>What changes with every row that is written or deleted, whosever it is.</summary>
    public static Task<string> MarksAsync(IEnumerable<IServiceHost> hosts) => EachAsync(hosts, Marks, "true");

    /// <summary>One line a table: its name, the hash of the tenant's rows and their number.</summary>
    public static Task<string> OfAsync(IEnumerable<IServiceHost> hosts, Guid tenant) => EachAsync(hosts, Hashes, $"tenant_id = '{tenant}'");

    /// <summary>Names of the tables that have a row for which the condition holds; <c>r</c> is the row.</summary>
    public static async Task<IReadOnlyList<string>> TablesWithAsync(IEnumerable<IServiceHost> hosts, string condition)
    {
        var found = new List<string>();
        foreach (var host in hosts)
        {
            if (await ScalarAsync(host, Found, condition) is { Length: > 0 } tables)
                found.Add($"{host.AppId}: {tables}");
        }

        return found;
    }

    private static async Task<string> EachAsync(IEnumerable<IServiceHost> hosts, string query, string condition)
    {
        var text = new StringBuilder();
        foreach (var host in hosts)
            text.Append(host.AppId).Append('\n').Append(await ScalarAsync(host, query, condition)).Append('\n');
        return text.ToString();
    }

    private static async Task<string> ScalarAsync(IServiceHost host, string query, string condition)
    {
        await using var connection = new NpgsqlConnection(host.Database.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query.Replace("CONDITION", $"$condition${condition}$condition$", StringComparison.Ordinal), connection);
        return await command.ExecuteScalarAsync() as string ?? "";
    }
}
