using Npgsql;
using Platform.Pipelines.V1;

namespace Platform.Benchmarks.Crm;

/// <summary>Puts the records of a company into the tables of the services, many in a statement, through the triggers that every write goes through.</summary>
internal static class CrmRows
{
    private const int Batch = 100_000;

    /// <summary>The same for every company. Its board has the open deals; the other one has those that are closed.</summary>
    public static Pipeline Sales { get; } = Of(1, isDefault: true);

    public static Pipeline Renewals { get; } = Of(2, isDefault: false);

    public static Guid Person(int number) => IdOf(0, number);

    public static Guid Company(int number) => IdOf(1, number);

    public static async Task FillContactsAsync(NpgsqlDataSource source, Guid tenant, CrmSize size, CancellationToken cancellationToken)
    {
        await EachAsync(source, size.Companies, """
            INSERT INTO companies (tenant_id, id, name, email, phone, website, tax_number, custom_fields, create_time, update_time)
            SELECT $1, {company:i}, 'Company ' || i, 'office' || i || '@bench.example', '+49 40 ' || i, '', '', '{}', {time:i}, {time:i} FROM generate_series($2, $3) AS i
            """, tenant, cancellationToken);
        await EachAsync(source, size.People, $$"""
            INSERT INTO people (tenant_id, id, first_name, last_name, email, phone, job_title, language, company_id, custom_fields, create_time, update_time)
            SELECT $1, {person:i}, 'First ' || i % 1009, 'Last ' || i % 19997, 'p' || i || '@bench.example', '+49 30 ' || i, 'Buyer ' || i % 90, '', {company:(i % {{size.Companies}} + 1)}, '{}', {time:i}, {time:i}
            FROM generate_series($2, $3) AS i
            """, tenant, cancellationToken);
        await EachAsync(source, size.Activities, $$"""
            INSERT INTO activities (tenant_id, id, kind, subject, body, source_type, source_id, status, priority, duration_minutes, participant_emails, participant_person_ids, participant_user_ids, custom_fields,
                person_id, company_id, occur_time, due_time, create_time, update_time)
            SELECT $1, {activity:i}, (ARRAY['Note', 'Call', 'Task'])[i % 3 + 1], 'Subject ' || i, 'What was said', '', '', CASE WHEN i % 3 = 2 THEN CASE WHEN i % 30 = 2 THEN 'Open' ELSE 'Done' END ELSE 'Unspecified' END, 'Unspecified', 0,
                '{}', '{}', '{}', '{}', {person:(i % {{size.People}} + 1)}, CASE WHEN i % 50 = 0 THEN {company:1} END, {time:i}, CASE WHEN i % 3 = 2 THEN {time:i} END, {time:i}, {time:i}
            FROM generate_series($2, $3) AS i
            """, tenant, cancellationToken);
    }

    public static async Task FillDealsAsync(NpgsqlDataSource source, Guid tenant, CrmSize size, CancellationToken cancellationToken)
    {
        var (board, stages) = (Math.Min(CrmSize.Board, size.Deals), $"ARRAY[{string.Join(", ", Sales.Stages.Take(3).Select(stage => $"'{stage.Id}'"))}]::uuid[]");
        await EachAsync(source, size.Deals, $$"""
            INSERT INTO deals (tenant_id, id, name, company_id, person_id, status, currency, amount, amount_mode, changes, probability, close_date, close_time, pipeline_id, stage_id, stage_change_time, forecast_category,
                has_own_forecast, has_own_probability, next_step, lost_reason, flag_code, flag_reason, reporting_currency, reporting_rate, line_items, competitors, team, splits, custom_fields, create_time, update_time)
            SELECT $1, {deal:i}, 'Deal ' || i, {company:(i % {{size.Companies}} + 1)}, {person:(i % {{size.People}} + 1)}, CASE WHEN i <= {{board}} THEN 'Open' WHEN i % 3 = 0 THEN 'Lost' ELSE 'Won' END, 'EUR', i % 5000, 'Lines', 2, 50,
                (DATE '2026-01-01' + i % 360), CASE WHEN i > {{board}} THEN {time:i} END, CASE WHEN i <= {{board}} THEN '{{Sales.Id}}'::uuid ELSE '{{Renewals.Id}}'::uuid END,
                CASE WHEN i <= {{board}} THEN ({{stages}})[i % 3 + 1] WHEN i % 3 = 0 THEN '{{Renewals.Stages[4].Id}}'::uuid ELSE '{{Renewals.Stages[3].Id}}'::uuid END, {time:i}, 'Pipeline',
                false, false, '', '', '', '', 'EUR', 1, '[]', '[]', '[]', '[]', '{}', {time:i}, {time:i}
            FROM generate_series($2, $3) AS i
            """, tenant, cancellationToken);
        // Each came into the first stage, and went on from there.
        foreach (var number in (int[])[1, 2])
        {
            await EachAsync(source, size.Deals, $$"""
                INSERT INTO deal_changes (tenant_id, id, deal_id, number, actor, actor_kind, on_behalf_of, pipeline_id, stage_id, status, currency, amount, probability, forecast_category, reporting_currency, reporting_rate,
                    from_pipeline_id, from_stage_id, from_status, from_currency, from_amount, from_probability, from_forecast_category, from_reporting_currency, create_time, update_time)
                SELECT $1, {change:(i * 2 + {{number}})}, {deal:i}, {{number}}, '', 'System', '', pipeline_id, CASE WHEN {{number}} = 2 THEN stage_id WHEN i <= {{board}} THEN '{{Sales.Stages[0].Id}}'::uuid ELSE '{{Renewals.Stages[0].Id}}'::uuid END,
                    CASE WHEN {{number}} = 2 THEN status ELSE 'Open' END, 'EUR', amount, 50, 'Pipeline', 'EUR', 1,
                    CASE WHEN {{number}} = 2 THEN pipeline_id END, CASE WHEN {{number}} = 2 THEN CASE WHEN i <= {{board}} THEN '{{Sales.Stages[0].Id}}'::uuid ELSE '{{Renewals.Stages[0].Id}}'::uuid END END,
                    CASE WHEN {{number}} = 2 THEN 'Open' ELSE 'Unspecified' END, CASE WHEN {{number}} = 2 THEN 'EUR' ELSE '' END, CASE WHEN {{number}} = 2 THEN amount ELSE 0 END, 0, 'Pipeline', '',
                    create_time + ({{number}} - 1) * interval '1 hour', create_time
                FROM generate_series($2, $3) AS i JOIN deals ON deals.tenant_id = $1 AND deals.id = {deal:i}
                """, tenant, cancellationToken);
        }
    }

    /// <summary>What a company that is used for years has by autovacuum.</summary>
    public static async Task SettleAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("VACUUM ANALYZE");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Guid IdOf(int kind, int number) => new($"01900000-0000-7000-800{kind}-{number:x12}");

    private static async Task EachAsync(NpgsqlDataSource source, int rows, string sql, Guid tenant, CancellationToken cancellationToken)
    {
        var statement = Written(sql);
        for (var from = 1; from <= rows; from += Batch)
        {
            await using var command = source.CreateCommand(statement);
            command.Parameters.Add(new() { Value = tenant });
            command.Parameters.Add(new() { Value = from });
            command.Parameters.Add(new() { Value = Math.Min(rows, from + Batch - 1) });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // {person:i} is the id of the i-th person, {time:i} a moment of the year before.
    private static string Written(string sql)
    {
        string[] kinds = ["person", "company", "deal", "activity", "change"];
        for (var kind = 0; kind < kinds.Length; kind++)
            sql = System.Text.RegularExpressions.Regex.Replace(sql, $@"\{{{kinds[kind]}:((?:[^{{}}])+)\}}", $"('01900000-0000-7000-800{kind}-' || lpad(to_hex($1), 12, '0'))::uuid");
        return System.Text.RegularExpressions.Regex.Replace(sql, @"\{time:i\}", "(date_trunc('day', now()) - i % 300 * interval '1 day' - i % 86399 * interval '1 second')");
    }

    private static Pipeline Of(int number, bool isDefault)
    {
        (string Name, StageKind Kind)[] stages = [("First", StageKind.Open), ("Second", StageKind.Open), ("Third", StageKind.Open), ("Won", StageKind.Won), ("Lost", StageKind.Lost)];
        return new Pipeline
        {
            Id = $"{IdOf(9, number * 100)}",
            Name = $"Pipeline {number}",
            IsDefault = isDefault,
            Stages = { stages.Select((stage, place) => new Stage { Id = $"{IdOf(9, (number * 100) + place + 1)}", Name = stage.Name, Kind = stage.Kind, Probability = 50, ForecastCategory = ForecastCategory.Pipeline }) },
        };
    }
}
