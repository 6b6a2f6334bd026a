namespace Platform.Contacts.Segments.Keeping;

/// <summary>What PostgreSQL does by itself: every write of a record that a segment is concerned with, whoever makes it, is noted to be looked at.</summary>
internal static class SegmentScripts
{
    /// <summary>The record has an id, and whoever looks at it finds out what it is.</summary>
    public const string AnyKind = "*";

    /// <summary>The function; it may be made again. A statement that writes many records costs one look for segments.</summary>
    public const string Functions = $$"""
        CREATE OR REPLACE FUNCTION platform.note_for_segments() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO segment_checks (tenant_id, id, resource, record_id, due_time)
            SELECT written.tenant_id, gen_random_uuid(), TG_ARGV[0], written.id, now() FROM (SELECT tenant_id, id FROM written) AS written
            WHERE EXISTS (SELECT FROM segments WHERE segments.tenant_id = written.tenant_id
                AND (TG_ARGV[0] = ANY(segments.watches) OR (TG_OP = 'DELETE' AND segments.resource = TG_ARGV[0])));
            RETURN NULL;
        END $$;
        CREATE OR REPLACE FUNCTION platform.note_roll_ups_for_segments() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO segment_checks (tenant_id, id, resource, record_id, due_time)
            SELECT DISTINCT ON (written.tenant_id, written.record_id) written.tenant_id, gen_random_uuid(), '{{AnyKind}}', written.record_id, now() FROM written
            WHERE EXISTS (SELECT FROM segments WHERE segments.tenant_id = written.tenant_id AND segments.watches <> '{}');
            RETURN NULL;
        END $$;
        """;

    private static readonly (string Table, string Resource, string Function)[] Watched =
    [
        ("people", "contacts.person", "note_for_segments"), ("companies", "contacts.company", "note_for_segments"), ("leads", "contacts.lead", "note_for_segments"),
        ("roll_up_values", AnyKind, "note_roll_ups_for_segments"),
    ];

    private static readonly (string Name, string Event, string Rows)[] Events = [("added", "INSERT", "NEW"), ("changed", "UPDATE", "NEW"), ("deleted", "DELETE", "OLD")];

    /// <summary>The triggers of all tables.</summary>
    public static string CreateTriggers { get; } = string.Join('\n', Watched.SelectMany(watched => Events.Select(write =>
        $"CREATE TRIGGER note_{write.Name}_for_segments AFTER {write.Event} ON {watched.Table} REFERENCING {write.Rows} TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION platform.{watched.Function}('{watched.Resource}');")));

    /// <summary>Takes them away again.</summary>
    public static string DropTriggers { get; } = string.Join('\n', Watched.SelectMany(watched => Events.Select(write => $"DROP TRIGGER note_{write.Name}_for_segments ON {watched.Table};")));
}
