namespace Platform.CustomFields.RollUps;

/// <summary>
/// What PostgreSQL does by itself with what records give to roll-ups. Who changes a value holds its row, so that of two at once
/// the second sees what the first has counted.
/// </summary>
internal static class RollUpScripts
{
    /// <summary>The functions; they may be made again.</summary>
    public const string Bootstrap = """
        -- Who writes one record goes beside others who do: all of them change values in one order. Who writes several does not, and is alone.
        CREATE OR REPLACE FUNCTION platform.enter_roll_ups(tenant uuid, counted text) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock_shared(hashtextextended('roll-ups ' || tenant || ' ' || counted, 0));
        END $$;
        CREATE OR REPLACE FUNCTION platform.hold_roll_ups(tenant uuid, counted text) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock(hashtextextended('roll-ups ' || tenant || ' ' || counted, 0));
        END $$;
        CREATE OR REPLACE FUNCTION platform.count_roll_up(tenant uuid, rolled text, parent uuid, added bigint, amount numeric, currency text) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE kept record; least_unit text; most_unit text; value numeric; described text; why text; makes text := split_part(rolled, ':', 1);
        BEGIN
            LOOP
                SELECT contributions, total, unit, is_mixed INTO kept FROM roll_up_values
                    WHERE tenant_id = tenant AND record_id = parent AND roll_up = rolled FOR UPDATE;
                EXIT WHEN FOUND;
                INSERT INTO roll_up_values (tenant_id, record_id, roll_up, contributions, total, unit, is_mixed)
                    SELECT tenant, parent, rolled, count(*), coalesce(sum(number), 0), min(word) FILTER (WHERE number IS NOT NULL),
                        min(word) FILTER (WHERE number IS NOT NULL) IS DISTINCT FROM max(word) FILTER (WHERE number IS NOT NULL)
                    FROM roll_up_inputs WHERE tenant_id = tenant AND roll_up = rolled AND parent_id = parent
                ON CONFLICT DO NOTHING;
                -- What is new is in it already.
                IF FOUND THEN
                    added := 0; amount := 0; currency := NULL;
                END IF;
            END LOOP;
            kept.contributions := kept.contributions + added;
            kept.total := kept.total + amount;
            IF kept.contributions = 0 THEN
                DELETE FROM roll_up_values WHERE tenant_id = tenant AND record_id = parent AND roll_up = rolled;
                RETURN;
            END IF;
            IF kept.is_mixed OR (currency IS NOT NULL AND currency IS DISTINCT FROM kept.unit) THEN
                SELECT min(word), max(word) INTO least_unit, most_unit FROM roll_up_inputs
                    WHERE tenant_id = tenant AND roll_up = rolled AND parent_id = parent AND number IS NOT NULL;
                kept.unit := least_unit;
                kept.is_mixed := least_unit IS DISTINCT FROM most_unit;
            END IF;
            IF makes = 'minimum' THEN
                SELECT number, word INTO value, described FROM roll_up_inputs
                    WHERE tenant_id = tenant AND roll_up = rolled AND parent_id = parent ORDER BY number, word LIMIT 1;
            ELSIF makes = 'maximum' THEN
                SELECT number, word INTO value, described FROM roll_up_inputs
                    WHERE tenant_id = tenant AND roll_up = rolled AND parent_id = parent ORDER BY number DESC, word DESC LIMIT 1;
            ELSIF makes = 'count' THEN
                value := kept.contributions;
            ELSIF makes = 'sum' THEN
                value := kept.total; described := kept.unit;
            ELSE
                value := round(kept.total / kept.contributions, CASE WHEN kept.unit IS NULL THEN 10 ELSE scale(kept.total) END);
                described := kept.unit;
            END IF;
            why := CASE WHEN kept.is_mixed THEN 'CURRENCY_MISMATCH' WHEN abs(value) >= 1000000000000000 THEN 'OUT_OF_RANGE' END;
            IF why IS NOT NULL THEN
                value := NULL; described := NULL;
            END IF;
            UPDATE roll_up_values SET contributions = kept.contributions, total = kept.total, unit = kept.unit, is_mixed = kept.is_mixed,
                number = value, word = described, reason = why,
                sort_key = CASE WHEN value IS NULL THEN described ELSE platform.custom_field_number(trim_scale(value)::text) || coalesce(' ' || described, '') END
                WHERE tenant_id = tenant AND record_id = parent AND roll_up = rolled;
        END $$;
        CREATE OR REPLACE FUNCTION platform.keep_roll_up_input(tenant uuid, rolled text, child uuid, given jsonb, given_version bigint) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE before record; moved record; parent uuid := (given ->> 'p')::uuid; amount numeric := (given ->> 'n')::numeric; described text := given ->> 't';
        BEGIN
            SELECT parent_id, number, word, version, is_unknown INTO before FROM roll_up_inputs
                WHERE tenant_id = tenant AND roll_up = rolled AND child_id = child FOR UPDATE;
            IF before.version > given_version THEN
                RETURN;
            END IF;
            IF parent IS NULL AND given_version = 0 THEN
                DELETE FROM roll_up_inputs WHERE tenant_id = tenant AND roll_up = rolled AND child_id = child;
            ELSE
                INSERT INTO roll_up_inputs AS kept (tenant_id, roll_up, child_id, parent_id, number, word, version, is_unknown)
                    VALUES (tenant, rolled, child, parent, amount, described, given_version, false)
                ON CONFLICT (tenant_id, roll_up, child_id) DO UPDATE SET
                    parent_id = EXCLUDED.parent_id, number = EXCLUDED.number, word = EXCLUDED.word, version = EXCLUDED.version, is_unknown = false
                WHERE (kept.parent_id, kept.number, kept.word, kept.version, kept.is_unknown)
                    IS DISTINCT FROM (EXCLUDED.parent_id, EXCLUDED.number, EXCLUDED.word, EXCLUDED.version, false);
            END IF;
            IF before.parent_id = parent THEN
                IF (before.number, before.word) IS DISTINCT FROM (amount, described) THEN
                    PERFORM platform.count_roll_up(tenant, rolled, parent, 0, coalesce(amount, 0) - coalesce(before.number, 0), CASE WHEN amount IS NOT NULL THEN described END);
                END IF;
                RETURN;
            END IF;
            -- In one order, so that two who move records to and fro do not wait for each other.
            FOR moved IN SELECT * FROM (VALUES
                    (before.parent_id, -1, -coalesce(before.number, 0), NULL::text),
                    (parent, 1, coalesce(amount, 0), CASE WHEN amount IS NOT NULL THEN described END)) AS side (id, added, amount, currency)
                WHERE id IS NOT NULL ORDER BY id
            LOOP
                PERFORM platform.count_roll_up(tenant, rolled, moved.id, moved.added, moved.amount, moved.currency);
            END LOOP;
        END $$;
        -- Whether the records that are counted are kept by another service than those that have the roll-up.
        CREATE OR REPLACE FUNCTION platform.is_roll_up_across(rolled text, counted text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
            AS $$ SELECT split_part(split_part(rolled, ':', 2), '.', 1) <> split_part(counted, '.', 1) $$;
        CREATE OR REPLACE FUNCTION platform.tell_roll_up_input(tenant uuid, rolled text, child uuid) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO roll_up_changes (tenant_id, roll_up, child_id) VALUES (tenant, rolled, child);
            DELETE FROM roll_up_inputs WHERE tenant_id = tenant AND roll_up = rolled AND child_id = child;
        END $$;
        CREATE OR REPLACE FUNCTION platform.miss_roll_up_input(tenant uuid, counted text, rolled text, child uuid) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO roll_up_inputs (tenant_id, roll_up, child_id, version, is_unknown) VALUES (tenant, rolled, child, 0, true)
                ON CONFLICT (tenant_id, roll_up, child_id) DO UPDATE SET is_unknown = true;
            -- Waits for who counts just now, and has him look again.
            UPDATE custom_field_indexes SET due_time = now() WHERE tenant_id = tenant AND resource = counted AND field_key = rolled;
        END $$;

        """;
}
