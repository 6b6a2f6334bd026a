using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>A table with a tenant's rows, as the catalogue describes it.</summary>
/// <param name="Name">Its name, quoted where needed.</param>
/// <param name="Key">Columns of the primary key.</param>
/// <param name="Columns">Columns that are written: neither generated nor numbered by the table.</param>
/// <param name="Numbered">Rows get their number from the table when they arrive, and so keep their order only.</param>
/// <param name="IsWork">Cross-tenant tasks take rows of it without asking where the tenant lives.</param>
/// <param name="RefersToItself">A row may refer to another one of the table.</param>
internal sealed record MovedTable(
    string Name, IReadOnlyList<string> Key, IReadOnlyList<string> Columns, bool Numbered, bool IsWork, bool RefersToItself)
{
    // Parents before children: the depth of a table is the longest chain of references that leads away from it.
    private const string Query = """
        WITH RECURSIVE tables AS (
            SELECT c.oid, c.relname FROM pg_class c
            WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
        ), parents AS (
            SELECT DISTINCT conrelid AS child, confrelid AS parent FROM pg_constraint
            WHERE contype = 'f' AND conrelid IN (SELECT oid FROM tables) AND conrelid <> confrelid
        ), depths AS (
            SELECT oid, 0 AS depth FROM tables
            UNION
            SELECT child, depth + 1 FROM depths JOIN parents ON parent = oid WHERE depth < 32
        )
        SELECT quote_ident(relname),
            ARRAY(SELECT quote_ident(attname) FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (number, place)
                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number WHERE i.indrelid = t.oid AND i.indisprimary ORDER BY place),
            ARRAY(SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = t.oid AND attnum > 0 AND NOT attisdropped
                AND attgenerated = '' AND attidentity = '' ORDER BY attname),
            EXISTS (SELECT FROM pg_attribute WHERE attrelid = t.oid AND attidentity <> '' AND NOT attisdropped),
            EXISTS (SELECT FROM pg_policy WHERE polrelid = t.oid AND pg_get_expr(polqual, polrelid) LIKE '%is_relay%'),
            EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND conrelid = t.oid AND confrelid = t.oid)
        FROM tables t ORDER BY (SELECT max(depth) FROM depths WHERE depths.oid = t.oid), relname
        """;

    /// <summary>The tables of a schema, parents before children.</summary>
    public static async Task<IReadOnlyList<MovedTable>> ListAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Query, connection) { Parameters = { new() { Value = schema } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<MovedTable>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add(new MovedTable(
                reader.GetString(0), reader.GetFieldValue<string[]>(1), reader.GetFieldValue<string[]>(2), reader.GetBoolean(3), reader.GetBoolean(4), reader.GetBoolean(5)));
        }

        return tables;
    }
}
