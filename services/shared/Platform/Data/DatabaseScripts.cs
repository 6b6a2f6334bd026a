using System.Text.RegularExpressions;
using Platform.Auditing;
using Platform.CustomFields.Values;
using Platform.Tenancy.Placements;

namespace Platform.Data;

/// <summary>What the owner runs around the migrations. Every script may run again.</summary>
internal static partial class DatabaseScripts
{
    /// <summary>
    /// The functions that policies call. The tenant comes from a setting that is local to the transaction; unset or empty means
    /// null, and null equals no row's tenant. The setting of the relay opens outbox, inbox and idempotency keys
    /// only. Their bodies are kept parsed, as they become part of every plan.
    /// </summary>
    public const string Bootstrap = """
        CREATE SCHEMA IF NOT EXISTS platform;
        CREATE OR REPLACE FUNCTION platform.current_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
            RETURN nullif(current_setting('platform.tenant_id', true), '')::uuid;
        CREATE OR REPLACE FUNCTION platform.is_relay() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
            RETURN coalesce(current_setting('platform.relay', true), '') = 'on';
        CREATE OR REPLACE FUNCTION platform.is_purge(tenant uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
            AS $$ SELECT coalesce(current_setting('platform.purge', true), '') = tenant::text $$;
        CREATE OR REPLACE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
        CREATE OR REPLACE FUNCTION platform.await_seal() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN INSERT INTO audit_unsealed (tenant_id, entry_id, content_hash) SELECT tenant_id, id, content_hash FROM written; RETURN NULL; END $$;

        """ + CustomFieldScripts.Bootstrap + PlacementScripts.Bootstrap;

    /// <summary>Null for a role that row-level security binds, otherwise what is wrong with it.</summary>
    public const string UnsafeRole = """
        SELECT CASE WHEN rolsuper THEN 'is a superuser' WHEN rolbypassrls THEN 'has BYPASSRLS'
                    WHEN EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relkind IN ('r', 'p')) THEN 'owns tables' END
        FROM pg_roles WHERE rolname = current_user
        """;

    public static string CreateRole(string role, string password) => $"""
        DO $role$ BEGIN
            CREATE ROLE {Name(role)} LOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $role$;
        ALTER ROLE {Name(role)} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}';
        """;

    public static string Grant(string role, string schema = Places.Shared) => $"""
        GRANT USAGE ON SCHEMA {schema}, platform TO {Name(role)};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {Name(role)};
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {Name(role)};
        REVOKE INSERT, UPDATE, DELETE ON TABLE {schema}.__ef_migrations_history FROM {Name(role)};
        {RevokeChanges(role)}
        """;

    /// <summary>In a tenant's own database: the role may come in, and confirm that the tenant lives there.</summary>
    public static string GrantDatabase(string role, string database) => $"""
        REVOKE CONNECT ON DATABASE "{database}" FROM PUBLIC;
        GRANT CONNECT ON DATABASE "{database}" TO {Name(role)};
        GRANT UPDATE (confirmed) ON platform.placements TO {Name(role)};
        """;

    /// <summary>Inserting and reading is all that the role may do with rows that are never changed.</summary>
    public static string RevokeChanges(string role) => $"""
        DO $revoke$ DECLARE appended regclass; BEGIN
            FOR appended IN SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = '{AppendOnly.Trigger}' LOOP
                EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON TABLE %s FROM {Name(role)}', appended);
            END LOOP;
        END $revoke$;
        """;

    private static string Name(string role) =>
        RoleName().IsMatch(role) ? role : throw new InvalidOperationException($"'{role}' is no plain role name: use lower-case letters, digits and _.");

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$")]
    private static partial Regex RoleName();
}
