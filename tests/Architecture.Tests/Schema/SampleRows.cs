using Npgsql;
using Platform.Testing;

namespace Architecture.Tests.Schema;

/// <summary>Puts a row of a tenant into every table, whatever its columns are, so that what can be seen of it can be counted.</summary>
internal static class SampleRows
{
    // Triggers and foreign keys are off in this session, checks are dropped: only who sees the row matters here. The tenant lives in the shared schema.
    private const string Insert = """
        SET session_replication_role = replica;
        DO $rows$ DECLARE t record; BEGIN
            FOR t IN SELECT conrelid::regclass AS name, conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace LOOP
                EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', t.name, t.conname);
            END LOOP;
            FOR t IN
                SELECT c.oid::regclass AS name, string_agg(quote_ident(a.attname), ', ') AS columns, string_agg(CASE
                    WHEN a.attname = 'tenant_id' THEN quote_literal('TENANT') || '::uuid'
                    WHEN a.attname IN ('schema_name', 'database_name') THEN 'NULL'
                    WHEN ty.typcategory = 'A' THEN quote_literal('{}')
                    WHEN ty.typcategory = 'N' THEN '1'
                    WHEN ty.typcategory = 'B' THEN 'true'
                    WHEN ty.typcategory = 'D' THEN 'now()'
                    WHEN ty.typcategory = 'T' THEN quote_literal('1 hour')
                    WHEN ty.typname = 'uuid' THEN 'gen_random_uuid()'
                    WHEN ty.typname IN ('json', 'jsonb') THEN quote_literal('{}')
                    WHEN ty.typname = 'bytea' THEN quote_literal('\x00')
                    ELSE quote_literal('x') END, ', ') AS values
                FROM pg_class c
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = ''
                JOIN pg_type ty ON ty.oid = a.atttypid
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
                    AND EXISTS (SELECT FROM pg_attribute x WHERE x.attrelid = c.oid AND x.attname = 'tenant_id')
                GROUP BY c.oid
            LOOP
                EXECUTE format('INSERT INTO %s (%s) VALUES (%s)', t.name, t.columns, t.values);
            END LOOP;
        END $rows$;
        """;

    private const string Names = """
        SELECT c.oid::regclass::text FROM pg_class c
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
            AND has_table_privilege(@role, c.oid, 'SELECT') AND NOT c.relname = ANY (@global)
        """;

    public static Task AddAsync(TestDatabase database, Guid tenant) => database.ExecuteAsync(Insert.Replace("TENANT", tenant.ToString(), StringComparison.Ordinal));

    /// <summary>How many rows of each relation the application's role sees with this tenant set, or with none.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> CountAsync(TestDatabase database, Guid? tenant, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>();
        await using var source = NpgsqlDataSource.Create(database.Application);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (tenant is { } id)
            await ExecuteAsync(connection, $"CALL platform.set_tenant('{id}')", cancellationToken);
        foreach (var name in await NamesAsync(database, connection, cancellationToken))
            counts[name] = (long)(await ExecuteAsync(connection, $"SELECT count(*) FROM {name}", cancellationToken))!;
        return counts;
    }

    private static async Task<List<string>> NamesAsync(TestDatabase database, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Names, connection);
        command.Parameters.AddWithValue("role", new NpgsqlConnectionStringBuilder(database.Application).Username!);
        command.Parameters.AddWithValue("global", SchemaExceptions.Global.Keys.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            names.Add(reader.GetString(0));
        return names;
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
