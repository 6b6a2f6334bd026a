using Npgsql;
using Platform.CustomFields.V1;

namespace Platform.Benchmarks.Fields;

/// <summary>
/// Rows with custom fields of one company, put into a service's tables through the trigger that keeps their values: a text that each
/// row has for itself, and a number that a fifth of them share and the others have in thousands.
/// </summary>
/// <param name="Resource">The kind of record.</param>
/// <param name="Table">Where its rows are.</param>
/// <param name="Columns">What else a row has, beside its tenant, id, custom fields and times.</param>
/// <param name="Values">Those columns of row <c>i</c>.</param>
internal sealed record MillionRows(string Resource, string Table, string Columns, string Values)
{
    public const string Code = "code";
    public const string Size = "size";
    private const int Batch = 100_000;

    public static MillionRows People { get; } = new("contacts.person", "people", "first_name, last_name, email, phone, job_title, language", "'First', 'Last ' || i, 'p' || i || '@bench.example', '', '', ''");

    public static MillionRows Machines { get; } = new("records.machine", "records", "object_key, number, name", "'machine', '', 'Machine ' || i");

    /// <summary>The fields, searchable.</summary>
    public Field[] Fields =>
    [
        new() { Resource = Resource, Key = Code, Label = Code, Type = FieldType.Text, Searchable = true },
        new() { Resource = Resource, Key = Size, Label = Size, Type = FieldType.Number, Searchable = true },
    ];

    /// <summary>The id of a row.</summary>
    public static Guid IdOf(int row) => new($"01900000-0000-7000-8000-{row:x12}");

    /// <summary>The number of a row.</summary>
    public static int SizeOf(int row) => row % 5 == 0 ? 0 : row % 1000;

    /// <summary>Adds that many rows, numbered from 1.</summary>
    public async Task FillAsync(string owner, Guid tenant, int rows, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner) { CommandTimeout = 600 }.ConnectionString);
        await ExecuteAsync(source, $"""
            INSERT INTO custom_field_indexes (tenant_id, resource, field_key, kind, is_unique, state)
            VALUES ('{tenant}', '{Resource}', '{Code}', 'Text', false, 'Ready'), ('{tenant}', '{Resource}', '{Size}', 'Number', false, 'Ready')
            """, cancellationToken);
        for (var from = 1; from <= rows; from += Batch)
            await ExecuteAsync(source, $"""
                INSERT INTO {Table} (tenant_id, id, custom_fields, create_time, update_time, {Columns})
                SELECT '{tenant}', ('01900000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,
                    jsonb_build_object('{Code}', 'C-' || i, '{Size}', CASE WHEN i % 5 = 0 THEN 0 ELSE i % 1000 END), now(), now(), {Values}
                FROM generate_series({from}, {Math.Min(rows, from + Batch - 1)}) AS i
                """, cancellationToken);
        await ExecuteAsync(source, $"VACUUM ANALYZE {Table}, custom_field_values", cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
