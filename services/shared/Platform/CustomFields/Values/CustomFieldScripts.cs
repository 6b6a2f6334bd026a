namespace Platform.CustomFields.Values;

/// <summary>What PostgreSQL does by itself: every write of a record, whoever makes it, keeps the values beside it.</summary>
public static class CustomFieldScripts
{
    /// <summary>The constraint that a value breaks which another record has; the column is the field's key.</summary>
    public const string Unique = "custom_field_unique";

    /// <summary>The functions; they may be made again.</summary>
    internal const string Bootstrap = RollUps.RollUpScripts.Bootstrap + """

        DO $anew$ DECLARE known regclass; BEGIN
            -- An earlier function kept no rows for records without a value: all is kept anew.
            IF (SELECT prosrc FROM pg_proc WHERE oid = to_regproc('platform.keep_custom_field_values')) !~ 'kept := coalesce\(|keep_values_of\(' THEN
                PERFORM set_config('platform.relay', 'on', true);
                FOR known IN SELECT oid::regclass FROM pg_class WHERE relname = 'custom_field_indexes' AND relkind = 'r' LOOP
                    EXECUTE format($update$UPDATE %s SET state = 'Building', cursor = NULL, due_time = now() WHERE state = 'Ready'$update$, known);
                END LOOP;
                PERFORM set_config('platform.relay', '', true);
            END IF;
        END $anew$;
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
        -- The custom fields without what the platform computes, whose keys have a mark.
        CREATE OR REPLACE FUNCTION platform.entered_fields(fields jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
            AS $$ SELECT fields - ARRAY(SELECT key FROM jsonb_object_keys(fields) AS key WHERE key LIKE '%@%') $$;
        -- Whether an amount has another rate in the same currency of the company.
        CREATE OR REPLACE FUNCTION platform.has_other_rates(before jsonb, after jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT before -> '@' IS NOT DISTINCT FROM after -> '@' AND EXISTS (
                SELECT FROM jsonb_each(before) AS rate WHERE rate.key LIKE '@_%' AND jsonb_exists(after, rate.key) AND after -> rate.key <> rate.value) $$;
        CREATE OR REPLACE FUNCTION platform.custom_field_ids(value jsonb) RETURNS uuid[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT ARRAY(SELECT item::uuid FROM jsonb_array_elements_text(CASE jsonb_typeof(value) WHEN 'array' THEN value WHEN 'string' THEN jsonb_build_array(value) ELSE '[]' END) AS item
                WHERE item ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$') $$;
        -- Of a new record nothing was there before: null.
        CREATE OR REPLACE FUNCTION platform.keep_values_of(tenant uuid, kind_of_record text, written_id uuid, before jsonb, after jsonb) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE defined record; kept text;
        BEGIN
            -- First the roll-ups that are not known here: who counts one waits for others while he holds it.
            FOR defined IN SELECT field_key, kind, is_unique FROM custom_field_indexes
                WHERE tenant_id = tenant AND resource = kind_of_record AND state IN ('Building', 'Ready')
                ORDER BY kind = 'RollUp' AND NOT jsonb_exists(after, field_key) DESC, field_key
            LOOP
                IF before IS NOT NULL AND before -> defined.field_key IS NOT DISTINCT FROM after -> defined.field_key THEN
                    CONTINUE;
                END IF;
                IF defined.kind = 'RollUp' THEN
                    -- Who writes without the key does not know the roll-up yet.
                    IF NOT jsonb_exists(after, defined.field_key) THEN
                        PERFORM platform.miss_roll_up_input(tenant, kind_of_record, defined.field_key, written_id);
                    ELSIF platform.is_roll_up_across(defined.field_key, kind_of_record) THEN
                        PERFORM platform.tell_roll_up_input(tenant, defined.field_key, written_id);
                    ELSE
                        PERFORM platform.enter_roll_ups(tenant, kind_of_record);
                        PERFORM platform.keep_roll_up_input(tenant, defined.field_key, written_id, after -> defined.field_key, 0);
                    END IF;
                    CONTINUE;
                END IF;
                kept := coalesce(platform.custom_field_key(after -> defined.field_key, defined.kind), '');
                IF kept = '' AND defined.kind NOT IN ('Number', 'Decimal', 'Date', 'Instant', 'SingleChoice', 'Text', 'Email', 'Phone') THEN
                    -- No list is in their order, so nobody seeks the records that have none.
                    DELETE FROM custom_field_values
                    WHERE tenant_id = tenant AND resource = kind_of_record AND record_id = written_id AND field_key = defined.field_key;
                    CONTINUE;
                END IF;
                IF kept = '' OR NOT defined.is_unique THEN
                    INSERT INTO custom_field_values (tenant_id, resource, record_id, field_key, sort_key, is_unique)
                    VALUES (tenant, kind_of_record, written_id, defined.field_key, kept, false)
                    ON CONFLICT (tenant_id, resource, record_id, field_key) DO UPDATE SET sort_key = EXCLUDED.sort_key, is_unique = false;
                    CONTINUE;
                END IF;
                BEGIN
                    INSERT INTO custom_field_values (tenant_id, resource, record_id, field_key, sort_key, is_unique)
                    VALUES (tenant, kind_of_record, written_id, defined.field_key, kept, true)
                    ON CONFLICT (tenant_id, resource, record_id, field_key) DO UPDATE SET sort_key = EXCLUDED.sort_key, is_unique = true;
                EXCEPTION WHEN unique_violation THEN
                    RAISE EXCEPTION 'another record has this value' USING ERRCODE = 'unique_violation', CONSTRAINT = 'custom_field_unique', COLUMN = defined.field_key;
                END;
            END LOOP;
        END $$;
        -- The records are in the order of their ids. Their range is for PostgreSQL, which may not know how much a company has, and then reads all of it for a list of ids.
        CREATE OR REPLACE FUNCTION platform.forget_values_of(tenant uuid, kind_of_record text, records uuid[]) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE from_id uuid := records[1]; to_id uuid := records[cardinality(records)]; rolled text[]; roll_up_key text; gone_id uuid;
        BEGIN
            DELETE FROM custom_field_values WHERE tenant_id = tenant AND resource = kind_of_record AND record_id BETWEEN from_id AND to_id AND record_id = ANY (records);
            -- What other services tell of stays: nobody would tell it again if the record came back.
            DELETE FROM roll_up_values AS kept WHERE tenant_id = tenant AND record_id BETWEEN from_id AND to_id AND record_id = ANY (records) AND NOT EXISTS (
                SELECT FROM custom_field_indexes AS index WHERE index.tenant_id = tenant AND index.field_key = kept.roll_up AND platform.is_roll_up_across(index.field_key, index.resource));
            rolled := ARRAY(SELECT field_key FROM custom_field_indexes
                WHERE tenant_id = tenant AND resource = kind_of_record AND kind = 'RollUp' AND state IN ('Building', 'Ready') ORDER BY field_key);
            IF cardinality(rolled) = 0 THEN
                RETURN;
            END IF;
            FOREACH gone_id IN ARRAY records LOOP
                FOREACH roll_up_key IN ARRAY rolled LOOP
                    IF platform.is_roll_up_across(roll_up_key, kind_of_record) THEN
                        PERFORM platform.tell_roll_up_input(tenant, roll_up_key, gone_id);
                        CONTINUE;
                    END IF;
                    PERFORM platform.enter_roll_ups(tenant, kind_of_record);
                    PERFORM platform.keep_roll_up_input(tenant, roll_up_key, gone_id, NULL, 0);
                END LOOP;
            END LOOP;
        END $$;
        -- Changes are told row by row, because a statement's rows cannot be had of a column. The others are for tables that have this alone, as before.
        CREATE OR REPLACE FUNCTION platform.keep_custom_field_values() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE kind_of_record text := TG_ARGV[0];
        BEGIN
            IF kind_of_record LIKE '%.*' THEN
                kind_of_record := left(kind_of_record, -1) || CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ->> 'object_key' ELSE to_jsonb(NEW) ->> 'object_key' END;
            END IF;
            IF TG_OP = 'DELETE' THEN
                PERFORM platform.forget_values_of(OLD.tenant_id, kind_of_record, ARRAY[OLD.id]);
            ELSIF TG_OP = 'INSERT' THEN
                PERFORM platform.keep_values_of(NEW.tenant_id, kind_of_record, NEW.id, NULL, NEW.custom_fields);
            ELSE
                PERFORM platform.keep_values_of(NEW.tenant_id, kind_of_record, NEW.id, OLD.custom_fields, NEW.custom_fields);
            END IF;
            RETURN NULL;
        END $$;
        -- Of all that a statement made, those of whose kind something is kept: mostly none.
        CREATE OR REPLACE FUNCTION platform.keep_new_custom_field_values() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE of_table text := TG_ARGV[0]; made record;
        BEGIN
            FOR made IN
                SELECT found.tenant_id, found.id, found.custom_fields, found.kind_of_record FROM (
                    SELECT tenant_id, id, custom_fields, CASE WHEN of_table LIKE '%.*' THEN left(of_table, -1) || (to_jsonb(written) ->> 'object_key') ELSE of_table END AS kind_of_record FROM written) AS found
                WHERE EXISTS (SELECT FROM custom_field_indexes AS index
                    WHERE index.tenant_id = found.tenant_id AND index.resource = found.kind_of_record AND index.state IN ('Building', 'Ready'))
            LOOP
                PERFORM platform.keep_values_of(made.tenant_id, made.kind_of_record, made.id, NULL, made.custom_fields);
            END LOOP;
            RETURN NULL;
        END $$;
        CREATE OR REPLACE FUNCTION platform.forget_custom_field_values() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE of_table text := TG_ARGV[0]; past record;
        BEGIN
            FOR past IN
                SELECT tenant_id, CASE WHEN of_table LIKE '%.*' THEN left(of_table, -1) || (to_jsonb(gone) ->> 'object_key') ELSE of_table END AS kind_of_record, array_agg(id ORDER BY id) AS ids
                FROM gone GROUP BY 1, 2 ORDER BY 1, 2
            LOOP
                PERFORM platform.forget_values_of(past.tenant_id, past.kind_of_record, past.ids);
            END LOOP;
            RETURN NULL;
        END $$;

        """;

    /// <summary>
    /// For the migration of a table that has custom fields: its values are kept from then on. What a statement makes or deletes is seen at
    /// once, since an import makes, and its undo deletes, many rows of which mostly nothing is kept.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="resource">The kind of record: <c>deals.deal</c>; <c>records.*</c> where each row names its own in <c>object_key</c>.</param>
    public static string CreateTrigger(string table, string resource) => $"""
        CREATE TRIGGER keep_custom_field_values AFTER UPDATE OF custom_fields ON {table} FOR EACH ROW EXECUTE FUNCTION platform.keep_custom_field_values('{resource}');
        CREATE TRIGGER keep_new_custom_field_values AFTER INSERT ON {table} REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION platform.keep_new_custom_field_values('{resource}');
        CREATE TRIGGER forget_custom_field_values AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION platform.forget_custom_field_values('{resource}');
        """;

    /// <summary>For the migration of a table that had the trigger when every row was seen alone. A database that is made today has it as it is.</summary>
    public static string RenewTrigger(string table, string resource) => DropTrigger(table) + CreateTrigger(table, resource);

    /// <summary>The trigger as it was, for taking such a migration back.</summary>
    public static string CreateTriggerOfRows(string table, string resource) => DropTrigger(table)
        + $"CREATE TRIGGER keep_custom_field_values AFTER INSERT OR DELETE OR UPDATE OF custom_fields ON {table} FOR EACH ROW EXECUTE FUNCTION platform.keep_custom_field_values('{resource}');";

    /// <summary>Takes the trigger away again.</summary>
    public static string DropTrigger(string table) =>
        string.Concat(((string[])["keep_custom_field_values", "keep_new_custom_field_values", "forget_custom_field_values"]).Select(trigger => $"DROP TRIGGER IF EXISTS {trigger} ON {table};\n"));
}
