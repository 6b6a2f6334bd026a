namespace Architecture.Tests.Schema;

/// <summary>A rule for a database; its query names each thing that it looked at, and what is wrong with it or null.</summary>
/// <param name="Name">What is looked at.</param>
/// <param name="Query">Takes @role, @global and @across.</param>
/// <param name="AlwaysFinds">False where a database may have nothing of the kind.</param>
internal sealed record SchemaCheck(string Name, string Query, bool AlwaysFinds = true)
{
    /// <summary>The tables that must be a tenant's. Partitions are among them, for they can be read by their own name.</summary>
    private const string Tables = """
        WITH ours AS (
            SELECT oid, nspname FROM pg_namespace
            WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND nspname NOT LIKE 'pg\_temp%' AND nspname NOT LIKE 'pg\_toast\_temp%'
        ), tables AS (
            SELECT c.oid, c.oid::regclass::text AS name, c.relname, c.relrowsecurity, c.relforcerowsecurity,
                (SELECT attnum FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS tenant
            FROM pg_class c JOIN ours ON ours.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND NOT c.relname = ANY (@global)
        )
        """;

    public static readonly IReadOnlyList<SchemaCheck> All =
    [
        new("tenant columns", $"""
            {Tables}
            SELECT name, CASE WHEN NOT EXISTS (
                SELECT FROM pg_attribute a WHERE a.attrelid = tables.oid AND a.attnum = tenant AND a.attnotnull AND a.atttypid = 'uuid'::regtype)
                THEN 'has no tenant_id uuid NOT NULL' END FROM tables
            """),
        new("row-level security", $"""
            {Tables}
            SELECT name, CASE WHEN NOT relrowsecurity THEN 'is not under row-level security'
                WHEN NOT relforcerowsecurity THEN 'does not force row-level security upon its owner'
                WHEN NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = tables.oid AND p.polpermissive AND p.polcmd = '*'
                    AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL)
                THEN 'has no policy with USING and WITH CHECK for all commands' END FROM tables
            """),
        // Permissive policies add up, so that one careless policy opens the table: each must say the tenant and nothing less.
        new("policies", $"""
            {Tables}
            SELECT format('policy %s on %s', p.polname, name), CASE
                WHEN p.polroles <> ARRAY[0::oid] THEN 'is for some roles only'
                WHEN p.polcmd <> '*' THEN 'is for one command only'
                WHEN NOT coalesce(pg_get_expr(p.polqual, p.polrelid) = ANY (texts), false) THEN 'does not read the tenant''s rows only: ' || coalesce(pg_get_expr(p.polqual, p.polrelid), 'no USING')
                WHEN NOT coalesce(pg_get_expr(p.polwithcheck, p.polrelid) = ANY (texts), false) THEN 'does not write the tenant''s rows only: ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'no WITH CHECK')
                END
            FROM tables JOIN pg_policy p ON p.polrelid = tables.oid AND p.polpermissive
            CROSS JOIN LATERAL (SELECT ARRAY[
                '(tenant_id = ( SELECT platform.current_tenant() AS current_tenant))',
                CASE WHEN relname = ANY (@across) THEN '((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR ( SELECT platform.is_relay() AS is_relay))' END] AS texts) AS accepted
            """),
        new("unique indexes", $"""
            {Tables}
            SELECT i.indexrelid::regclass::text, CASE WHEN i.indkey[0] IS DISTINCT FROM tenant THEN format('of %s does not begin with the tenant', name) END
            FROM tables JOIN pg_index i ON i.indrelid = tables.oid WHERE i.indisunique OR i.indisexclusion
            """),
        new("foreign keys", $"""
            {Tables}
            SELECT format('%s of %s', k.conname, tables.name), CASE WHEN k.conkey[1] IS DISTINCT FROM tables.tenant THEN 'does not begin with the tenant'
                WHEN target.oid IS NOT NULL AND k.confkey[1] IS DISTINCT FROM target.tenant THEN 'does not point at the tenant' END
            FROM tables JOIN pg_constraint k ON k.conrelid = tables.oid AND k.contype = 'f' LEFT JOIN tables AS target ON target.oid = k.confrelid
            """, AlwaysFinds: false),
        new("functions", $"""
            {Tables}
            SELECT p.oid::regprocedure::text, CASE WHEN p.prosecdef THEN 'is SECURITY DEFINER: it runs with its owner''s rights' END
            FROM pg_proc p JOIN ours ON ours.oid = p.pronamespace
            """),
        new("views", $"""
            {Tables}
            SELECT c.oid::regclass::text, CASE WHEN c.relkind = 'm' THEN 'is a materialized view: policies do not reach its copy'
                WHEN c.relkind = 'f' THEN 'is a foreign table: policies do not reach it'
                WHEN NOT coalesce(c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false) THEN 'is a view without security_invoker: it reads with its owner''s rights' END
            FROM pg_class c JOIN ours ON ours.oid = c.relnamespace WHERE c.relkind IN ('v', 'm', 'f')
            """, AlwaysFinds: false),
        // TRUNCATE and REFERENCES ask no policy, and whoever may create in a schema owns what is created.
        new("rights on tables", $"""
            {Tables}
            SELECT name, CASE WHEN has_table_privilege(@role, tables.oid, 'TRUNCATE') THEN 'may be truncated by the application'
                WHEN has_table_privilege(@role, tables.oid, 'REFERENCES') THEN 'may be referred to by the application''s own tables'
                WHEN has_table_privilege(@role, tables.oid, 'TRIGGER') THEN 'may get triggers from the application' END FROM tables
            """),
        new("rights on global tables", """
            SELECT c.oid::regclass::text, CASE WHEN has_table_privilege(@role, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') THEN 'is shared by all tenants, and the application may write it' END
            FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relname = ANY (@global)
            """),
        new("rights on schemas", $"""
            {Tables}
            SELECT nspname::text, CASE WHEN has_schema_privilege(@role, oid, 'CREATE') THEN 'lets the application create in it' END FROM ours
            """),
        new("the application's role", $"""
            {Tables}
            SELECT rolname::text, CASE WHEN rolsuper THEN 'is a superuser' WHEN rolbypassrls THEN 'has BYPASSRLS' WHEN rolcreaterole THEN 'may create roles'
                WHEN EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) THEN 'is a member of another role'
                WHEN EXISTS (SELECT FROM pg_class WHERE relowner = r.oid) THEN 'owns tables'
                WHEN EXISTS (SELECT FROM pg_proc WHERE proowner = r.oid) THEN 'owns functions'
                WHEN EXISTS (SELECT FROM pg_namespace WHERE nspowner = r.oid) THEN 'owns schemas'
                WHEN EXISTS (SELECT FROM pg_database WHERE datdba = r.oid) THEN 'owns databases' END
            FROM pg_roles r WHERE rolname = @role
            """),
    ];
}
