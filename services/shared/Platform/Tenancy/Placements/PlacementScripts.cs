namespace Platform.Tenancy.Placements;

/// <summary>What the owner's scripts say about where tenants live. Every script may run again.</summary>
internal static class PlacementScripts
{
    /// <summary>SQLSTATE of <c>set_tenant</c> where the tenant has a database of its own; the message is its name.</summary>
    public const string LivesElsewhere = "PT001";

    /// <summary>SQLSTATE in a tenant's own database while only the service's knows whether the tenant lives there.</summary>
    public const string Unconfirmed = "PT002";

    /// <summary>
    /// Tables of placements and what every transaction of a tenant begins with (<see cref="TenantStatements"/>, or the procedure, which
    /// is the same in one call). A tenant without a row lives in the
    /// shared schema. The shared lock makes a move wait for the transactions that are under way, and those that come after
    /// wait for its last step. A READ COMMITTED transaction reads the placement behind it; one whose snapshot may be older than
    /// the switch sees the old place as it was, consistently, and so must not write there.
    /// </summary>
    public const string Bootstrap = """
        CREATE TABLE IF NOT EXISTS platform.placements (
            tenant_id uuid PRIMARY KEY, schema_name text, leftover text, epoch bigint NOT NULL DEFAULT 0, update_time timestamptz NOT NULL DEFAULT now());
        ALTER TABLE platform.placements ADD COLUMN IF NOT EXISTS database_name text, ADD COLUMN IF NOT EXISTS leftover_database text,
            ADD COLUMN IF NOT EXISTS confirmed boolean NOT NULL DEFAULT true;
        CREATE INDEX IF NOT EXISTS ix_placements_unconfirmed ON platform.placements (tenant_id) WHERE NOT confirmed;
        ALTER TABLE platform.placements ENABLE ROW LEVEL SECURITY;
        ALTER TABLE platform.placements FORCE ROW LEVEL SECURITY;
        GRANT SELECT ON platform.placements TO PUBLIC;
        DO $policy$ BEGIN
            CREATE POLICY tenant_isolation ON platform.placements
                USING (tenant_id = (SELECT platform.current_tenant()) OR (SELECT platform.is_relay()))
                WITH CHECK (tenant_id = (SELECT platform.current_tenant()) OR (SELECT platform.is_relay()));
        EXCEPTION WHEN duplicate_object THEN NULL;
        END $policy$;

        CREATE OR REPLACE FUNCTION platform.live_in(schema_name text, database_name text, confirmed boolean) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF database_name IS NOT NULL THEN
                RAISE EXCEPTION USING ERRCODE = 'PT001', MESSAGE = database_name;
            ELSIF NOT confirmed THEN
                RAISE EXCEPTION USING ERRCODE = 'PT002', MESSAGE = 'whether the tenant lives here, the database of the service knows';
            ELSIF schema_name IS NOT NULL THEN
                PERFORM set_config('search_path', quote_ident(schema_name), true);
            END IF;
        END $$;

        CREATE OR REPLACE PROCEDURE platform.set_tenant(tenant uuid) LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('transaction_isolation') <> 'read committed' THEN
                PERFORM set_config('transaction_read_only', 'on', true);
            END IF;
            PERFORM set_config('platform.tenant_id', tenant::text, true), pg_advisory_xact_lock_shared(uuid_hash_extended(tenant, 0));
            PERFORM platform.live_in(schema_name, database_name, confirmed) FROM platform.placements WHERE tenant_id = tenant;
        END $$;

        CREATE OR REPLACE FUNCTION platform.enter_place(place text) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT FROM platform.placements WHERE NOT confirmed) THEN
                RAISE EXCEPTION USING ERRCODE = 'PT002', MESSAGE = 'whether the tenant lives here, the database of the service knows';
            END IF;
            PERFORM set_config('search_path', quote_ident(place), true);
        END $$;

        CREATE OR REPLACE FUNCTION platform.is_owner() RETURNS boolean LANGUAGE sql STABLE
            AS $$ SELECT pg_has_role(current_user, (SELECT nspowner FROM pg_namespace WHERE nspname = 'platform'), 'USAGE') $$;
        CREATE OR REPLACE FUNCTION platform.is_moving() RETURNS boolean LANGUAGE sql STABLE
            AS $$ SELECT CASE WHEN current_setting('platform.moving', true) = 'on' THEN platform.is_owner() ELSE false END $$;

        CREATE OR REPLACE FUNCTION platform.places_with(table_name text) RETURNS SETOF text LANGUAGE plpgsql AS $$
        DECLARE place text; found boolean;
        BEGIN
            RETURN NEXT 'public';
            FOR place IN SELECT schema_name FROM platform.placements WHERE schema_name IS NOT NULL ORDER BY 1 LOOP
                EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I)', place, table_name) INTO found;
                IF found THEN RETURN NEXT place; END IF;
            END LOOP;
        END $$;
        """;

    /// <summary>
    /// Lets rows of the schema be moved as they are: references are checked where the copy is complete, at its commit, and
    /// triggers, which guard how rows come to be and change, stand aside for the owner's move and for nobody else.
    /// </summary>
    public static string MakeMovable(string schema) => $"""
        DO $movable$ DECLARE found record; BEGIN
            FOR found IN SELECT conrelid::regclass AS relation, conname FROM pg_constraint
                WHERE contype = 'f' AND NOT condeferrable AND conparentid = 0 AND connamespace = '{schema}'::regnamespace
            LOOP
                EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY IMMEDIATE', found.relation, found.conname);
            END LOOP;
            FOR found IN SELECT replace(pg_get_triggerdef(t.oid), 'CREATE TRIGGER', 'CREATE OR REPLACE TRIGGER') AS definition, tgqual IS NULL AS plain
                FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
                WHERE NOT tgisinternal AND c.relnamespace = '{schema}'::regnamespace AND position('is_moving' IN pg_get_triggerdef(t.oid)) = 0
            LOOP
                EXECUTE CASE WHEN found.plain THEN regexp_replace(found.definition, ' EXECUTE FUNCTION ', ' WHEN (NOT platform.is_moving()) EXECUTE FUNCTION ')
                    ELSE regexp_replace(found.definition, ' WHEN \((.*)\) EXECUTE FUNCTION ', ' WHEN (NOT platform.is_moving() AND (\1)) EXECUTE FUNCTION ') END;
            END LOOP;
        END $movable$;
        """;
}
