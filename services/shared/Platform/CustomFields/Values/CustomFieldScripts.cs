namespace Platform.CustomFields.Values;

/// <summary>What PostgreSQL does by itself: every write of a record, whoever makes it, keeps the values beside it.</summary>
public static class CustomFieldScripts
{
    /// <summary>The constraint that a value breaks which another record has; the column is the field's key.</summary>
    public const string Unique = "custom_field_unique";

    /// <summary>The functions; they may be made again.</summary>
    internal const string Bootstrap = """

        CREATE OR REPLACE FUNCTION platform.custom_field_number(number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
            AS $$ SELECT CASE WHEN number ~ '^-?[0-9]{1,16}(\.[0-9]{1,10})?$' THEN to_char(number::numeric + 10000000000000000, 'FM00000000000000000.0000000000') END $$;
        CREATE OR REPLACE FUNCTION platform.custom_field_key(value jsonb, kind text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT CASE
                WHEN value IS NULL OR value = 'null'::jsonb OR value = '""'::jsonb THEN NULL
                WHEN kind = 'Number' THEN CASE WHEN jsonb_typeof(value) = 'number' THEN platform.custom_field_number(value #>> '{}') END
                WHEN kind = 'Decimal' THEN CASE WHEN jsonb_typeof(value) = 'string' THEN platform.custom_field_number(value #>> '{}') END
                WHEN kind = 'Money' THEN platform.custom_field_number(value ->> 'amount') || ' ' || (value ->> 'currency')
                WHEN jsonb_typeof(value) <> 'string' THEN NULL
                WHEN kind IN ('Date', 'Instant', 'SingleChoice', 'User', 'Relation') THEN value #>> '{}'
                WHEN octet_length(value #>> '{}') > 1000 THEN left(lower((value #>> '{}') COLLATE "C"), 200) || md5(lower((value #>> '{}') COLLATE "C"))
                ELSE lower((value #>> '{}') COLLATE "C") END $$;
        CREATE OR REPLACE FUNCTION platform.custom_field_ids(value jsonb) RETURNS uuid[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT ARRAY(SELECT item::uuid FROM jsonb_array_elements_text(CASE jsonb_typeof(value) WHEN 'array' THEN value WHEN 'string' THEN jsonb_build_array(value) ELSE '[]' END) AS item
                WHERE item ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$') $$;
        CREATE OR REPLACE FUNCTION platform.keep_custom_field_values() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE defined record; kept text; kind_of_record text := TG_ARGV[0];
        BEGIN
            IF TG_OP = 'DELETE' THEN
                DELETE FROM custom_field_values WHERE tenant_id = OLD.tenant_id AND record_id = OLD.id
                    AND resource = CASE WHEN kind_of_record LIKE '%.*' THEN left(kind_of_record, -1) || (to_jsonb(OLD) ->> 'object_key') ELSE kind_of_record END;
                RETURN NULL;
            END IF;
            IF kind_of_record LIKE '%.*' THEN
                kind_of_record := left(kind_of_record, -1) || NEW.object_key;
            END IF;
            FOR defined IN SELECT field_key, kind, is_unique FROM custom_field_indexes
                WHERE tenant_id = NEW.tenant_id AND resource = kind_of_record AND state IN ('Building', 'Ready')
            LOOP
                IF TG_OP = 'UPDATE' AND OLD.custom_fields -> defined.field_key IS NOT DISTINCT FROM NEW.custom_fields -> defined.field_key THEN
                    CONTINUE;
                END IF;
                kept := platform.custom_field_key(NEW.custom_fields -> defined.field_key, defined.kind);
                IF kept IS NULL THEN
                    DELETE FROM custom_field_values
                    WHERE tenant_id = NEW.tenant_id AND resource = kind_of_record AND record_id = NEW.id AND field_key = defined.field_key;
                    CONTINUE;
                END IF;
                BEGIN
                    INSERT INTO custom_field_values (tenant_id, resource, record_id, field_key, sort_key, is_unique)
                    VALUES (NEW.tenant_id, kind_of_record, NEW.id, defined.field_key, kept, defined.is_unique)
                    ON CONFLICT (tenant_id, resource, record_id, field_key) DO UPDATE SET sort_key = EXCLUDED.sort_key, is_unique = EXCLUDED.is_unique;
                EXCEPTION WHEN unique_violation THEN
                    RAISE EXCEPTION 'another record has this value' USING ERRCODE = 'unique_violation', CONSTRAINT = 'custom_field_unique', COLUMN = defined.field_key;
                END;
            END LOOP;
            RETURN NULL;
        END $$;

        """;

    /// <summary>For the migration of a table that has custom fields: its values are kept from then on.</summary>
    /// <param name="table">The table.</param>
    /// <param name="resource">The kind of record: <c>deals.deal</c>; <c>records.*</c> where each row names its own in <c>object_key</c>.</param>
    public static string CreateTrigger(string table, string resource) =>
        $"CREATE TRIGGER keep_custom_field_values AFTER INSERT OR DELETE OR UPDATE OF custom_fields ON {table} FOR EACH ROW EXECUTE FUNCTION platform.keep_custom_field_values('{resource}');";

    /// <summary>Takes the trigger away again.</summary>
    public static string DropTrigger(string table) => $"DROP TRIGGER keep_custom_field_values ON {table};";
}
