namespace Platform.Contacts.Duplicates;

/// <summary>
/// Keeps the <see cref="MatchPoint"/>s of people and companies. A table, and no column with an index of its own: no index of arrays is used where
/// rows are kept apart by row-level security. Rows without another e-mail or phone, which most are, cost nothing.
/// </summary>
internal static class MatchPointScripts
{
    private static readonly (string Table, string Resource)[] Tables = [("people", "contacts.person"), ("companies", "contacts.company")];

    private const string Functions = """
        CREATE OR REPLACE FUNCTION platform.match_points_of(emails jsonb, phones jsonb) RETURNS TABLE (field text, key text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT found.field, found.key FROM (
                SELECT 'email' AS field, nullif(lower(email.item->>'address'), '') AS key
                FROM jsonb_array_elements(CASE jsonb_typeof(emails) WHEN 'array' THEN emails ELSE '[]' END) AS email (item)
                UNION
                SELECT 'phone', platform.phone_key(form.written)
                FROM jsonb_array_elements(CASE jsonb_typeof(phones) WHEN 'array' THEN phones ELSE '[]' END) AS phone (item)
                    CROSS JOIN LATERAL unnest(ARRAY[phone.item->>'number', phone.item->>'e164']) AS form (written)) AS found
            WHERE found.key IS NOT NULL $$;
        CREATE OR REPLACE FUNCTION platform.keep_match_points() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                DELETE FROM match_points WHERE tenant_id = OLD.tenant_id AND record_id = OLD.id AND resource = TG_ARGV[0];
            END IF;
            IF TG_OP <> 'DELETE' THEN
                INSERT INTO match_points (tenant_id, resource, field, key, record_id)
                SELECT NEW.tenant_id, TG_ARGV[0], point.field, point.key, NEW.id FROM platform.match_points_of(NEW.other_emails, NEW.other_phones) AS point
                ON CONFLICT DO NOTHING;
            END IF;
            RETURN NULL;
        END $$;
        """;

    /// <summary>The functions and the triggers.</summary>
    public static string Up => Functions + string.Concat(Tables.Select(table => Begin(table.Table, table.Resource)));

    /// <summary>Takes the triggers away again.</summary>
    public static string Down => string.Concat(Tables.SelectMany(table => ((string[])["new", "changed", "gone"]).Select(what => $"DROP TRIGGER IF EXISTS keep_{what}_match_points ON {table.Table};\n")));

    private static string Begin(string table, string resource) => $"""

        CREATE TRIGGER keep_new_match_points AFTER INSERT ON {table} FOR EACH ROW WHEN ({Has("NEW")}) EXECUTE FUNCTION platform.keep_match_points('{resource}');
        CREATE TRIGGER keep_changed_match_points AFTER UPDATE OF other_emails, other_phones ON {table} FOR EACH ROW
            WHEN (OLD.other_emails IS DISTINCT FROM NEW.other_emails OR OLD.other_phones IS DISTINCT FROM NEW.other_phones) EXECUTE FUNCTION platform.keep_match_points('{resource}');
        CREATE TRIGGER keep_gone_match_points AFTER DELETE ON {table} FOR EACH ROW WHEN ({Has("OLD")}) EXECUTE FUNCTION platform.keep_match_points('{resource}');
        """;

    private static string Has(string row) => $"{row}.other_emails <> '[]' OR {row}.other_phones <> '[]'";
}
