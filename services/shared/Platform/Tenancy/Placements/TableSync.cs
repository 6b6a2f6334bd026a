namespace Platform.Tenancy.Placements;

/// <summary>
/// The statements that make one tenant's rows of a table in one schema equal to those in another; $1 is the tenant. Between two
/// databases the rows of the source are laid beside the target first.
/// </summary>
internal sealed record TableSync(MovedTable Table, string From, string To)
{
    /// <summary>The schema for rows of another database; it is empty at the start of a connection and goes with it.</summary>
    public const string Staging = "pg_temp";

    private string Source => $"{From}.{Table.Name}";

    private string Target => $"{To}.{Table.Name}";

    /// <summary>Removes what the source no longer has.</summary>
    public string Delete => $"DELETE FROM {Target} t WHERE tenant_id = $1 AND NOT EXISTS (SELECT FROM {Source} s WHERE {SameKey})";

    /// <summary>Changes what differs in any column.</summary>
    public string? Update => Table.Columns.Except(Table.Key).ToList() is not { Count: > 0 } columns ? null : $"""
        UPDATE {Target} t SET {string.Join(", ", columns.Select(column => $"{column} = s.{column}"))}
        FROM {Source} s WHERE t.tenant_id = $1 AND {SameKey} AND {Row("t")} IS DISTINCT FROM {Row("s")}
        """;

    /// <summary>Adds what the target lacks.</summary>
    public string Insert => $"""
        INSERT INTO {Target} ({List(Table.Columns)}) SELECT {List(Table.Columns)} FROM {Source} s
        WHERE tenant_id = $1 AND NOT EXISTS (SELECT FROM {Target} t WHERE {SameKey})
        """;

    /// <summary>Adds everything in order, for a table that numbers its rows; the numbers are the target's.</summary>
    public string Append => $"""
        INSERT INTO {Target} ({List(Table.Columns)}) SELECT {List(Table.Columns)} FROM {Source}
        WHERE tenant_id = $1 ORDER BY {List(Table.Key)}
        """;

    /// <summary>Holds back the tasks that take rows of all tenants; those that have taken some are waited for.</summary>
    public string LockRows => $"SELECT count(*) FROM (SELECT FROM {Source} WHERE tenant_id = $1 FOR UPDATE) AS locked";

    /// <summary>Empties the source of this tenant.</summary>
    public string Clear => Emptying(Source, Table);

    /// <summary>An empty place beside the target for the rows of the source.</summary>
    public string CreateStage => $"""
        CREATE TEMPORARY TABLE IF NOT EXISTS {Table.Name} AS SELECT {List(Transferred)} FROM {Target} WHERE false;
        TRUNCATE {Staging}.{Table.Name}
        """;

    /// <summary>Tells the planner how many rows came.</summary>
    public string AnalyzeStage => $"ANALYZE {Staging}.{Table.Name}";

    /// <summary>Takes those rows in.</summary>
    public string CopyIn => $"COPY {Staging}.{Table.Name} ({List(Transferred)}) FROM STDIN (FORMAT binary)";

    // Rows that the table numbers keep the order of their numbers.
    private IEnumerable<string> Transferred => Table.Columns.Union(Table.Key);

    /// <summary>Gives them out of a schema of the other database.</summary>
    public string CopyOut(string schema, Guid tenant) =>
        $"COPY (SELECT {List(Transferred)} FROM {schema}.{Table.Name} WHERE tenant_id = '{tenant:D}') TO STDOUT (FORMAT binary)";

    /// <summary>A table's number among those compared, then count and hash of a tenant's rows: the sum of 64-bit hashes of their texts, in no order.</summary>
    public static string Fingerprint(string schema, MovedTable table, int number) =>
        $"SELECT {number}, count(*), coalesce(sum(hashtextextended(ROW({List(table.Columns)})::text, 0)), 0)::text FROM {schema}.{table.Name} WHERE tenant_id = $1";

    /// <summary>Deletes some of a tenant's rows, or all where they may refer to each other.</summary>
    public static string Emptying(string relation, MovedTable table, int? limit = null) => limit is null || table.RefersToItself
        ? $"DELETE FROM {relation} WHERE tenant_id = $1"
        : $"DELETE FROM {relation} WHERE ctid = ANY (ARRAY(SELECT ctid FROM {relation} WHERE tenant_id = $1 LIMIT {limit}))";

    private string SameKey => string.Join(" AND ", Table.Key.Select(column => $"s.{column} = t.{column}"));

    private string Row(string alias) => $"ROW({string.Join(", ", Table.Columns.Select(column => $"{alias}.{column}"))})::text";

    private static string List(IEnumerable<string> columns) => string.Join(", ", columns);
}
