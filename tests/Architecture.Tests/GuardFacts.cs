using Architecture.Tests.Schema;
using Npgsql;
using Platform.Testing;
using Xunit;

namespace Architecture.Tests;

/// <summary>What the guard of <see cref="TenancyFacts"/> would say of a careless migration, in a throwaway clone of a service's database.</summary>
public sealed class GuardFacts
{
    private const string Careful = """
        CREATE TABLE sample (tenant_id uuid NOT NULL, id uuid NOT NULL, parent_id uuid, code text, PRIMARY KEY (tenant_id, id));
        ALTER TABLE sample ENABLE ROW LEVEL SECURITY;
        ALTER TABLE sample FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant_isolation ON sample USING (tenant_id = (SELECT platform.current_tenant())) WITH CHECK (tenant_id = (SELECT platform.current_tenant()));
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CREATE TABLE forgotten (id uuid PRIMARY KEY, name text)", "forgotten has no tenant_id uuid NOT NULL.")]
    [InlineData("CREATE TABLE forgotten (id uuid PRIMARY KEY, name text)", "forgotten is not under row-level security.")]
    [InlineData("CREATE TABLE forgotten (id uuid PRIMARY KEY, name text)", "forgotten_pkey of forgotten does not begin with the tenant.")]
    [InlineData("CREATE SCHEMA side; CREATE TABLE side.forgotten (id uuid)", "side.forgotten has no tenant_id uuid NOT NULL.")]
    [InlineData("ALTER TABLE sample ALTER tenant_id TYPE text", "sample has no tenant_id uuid NOT NULL.", false)]
    [InlineData("ALTER TABLE sample DISABLE ROW LEVEL SECURITY", "sample is not under row-level security.")]
    [InlineData("ALTER TABLE sample NO FORCE ROW LEVEL SECURITY", "sample does not force row-level security upon its owner.")]
    [InlineData("DROP POLICY tenant_isolation ON sample", "sample has no policy with USING and WITH CHECK for all commands.")]
    [InlineData("CREATE POLICY open ON sample USING (true)", "policy open on sample does not read the tenant's rows only: true.")]
    [InlineData("ALTER POLICY tenant_isolation ON sample WITH CHECK (true)", "policy tenant_isolation on sample does not write the tenant's rows only: true.")]
    [InlineData("CREATE POLICY reading ON sample FOR SELECT USING (tenant_id = (SELECT platform.current_tenant()))", "policy reading on sample is for one command only.")]
    [InlineData("CREATE POLICY few ON sample TO ROLE_OF_THE_APPLICATION USING (true) WITH CHECK (true)", "policy few on sample is for some roles only.")]
    [InlineData("ALTER POLICY tenant_isolation ON sample USING (tenant_id = (SELECT platform.current_tenant()) OR (SELECT platform.is_relay()))", "policy tenant_isolation on sample does not read the tenant's rows only: ((tenant_id = ( SELECT platform.current_tenant() AS current_tenant)) OR ( SELECT platform.is_relay() AS is_relay)).")]
    [InlineData("CREATE UNIQUE INDEX ux_code ON sample (code)", "ux_code of sample does not begin with the tenant.")]
    [InlineData("CREATE UNIQUE INDEX ux_code ON sample (lower(code), tenant_id)", "ux_code of sample does not begin with the tenant.")]
    [InlineData("ALTER TABLE sample ADD UNIQUE (id); ALTER TABLE sample ADD CONSTRAINT fk_parent FOREIGN KEY (parent_id) REFERENCES sample (id)", "fk_parent of sample does not begin with the tenant.")]
    [InlineData("CREATE VIEW everything AS SELECT * FROM sample", "everything is a view without security_invoker: it reads with its owner's rights.")]
    [InlineData("CREATE MATERIALIZED VIEW copy AS SELECT * FROM sample", "copy is a materialized view: policies do not reach its copy.")]
    [InlineData("CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM sample'", "peek() is SECURITY DEFINER: it runs with its owner's rights.")]
    [InlineData("GRANT TRUNCATE ON sample TO ROLE_OF_THE_APPLICATION", "sample may be truncated by the application.")]
    [InlineData("GRANT ALL ON sample TO PUBLIC", "sample may be truncated by the application.")]
    [InlineData("GRANT INSERT ON __ef_migrations_history TO ROLE_OF_THE_APPLICATION", "__ef_migrations_history is shared by all tenants, and the application may write it.")]
    [InlineData("GRANT CREATE ON SCHEMA public TO ROLE_OF_THE_APPLICATION", "public lets the application create in it.")]
    [InlineData("ALTER TABLE sample OWNER TO ROLE_OF_THE_APPLICATION", "ROLE_OF_THE_APPLICATION owns tables.")]
    public async Task A_careless_change_is_named(string change, string finding, bool careful = true)
    {
        await using var database = await ServiceDatabase.CloneAsync(ServiceDatabase.All[0]);
        var role = new NpgsqlConnectionStringBuilder(database.Application).Username!;
        await database.ExecuteAsync(careful ? Careful : "CREATE TABLE sample (tenant_id uuid, id uuid)");
        await database.ExecuteAsync(change.Replace("ROLE_OF_THE_APPLICATION", role, StringComparison.Ordinal));
        var report = await SchemaGuard.InspectAsync(database, Token);
        Assert.Contains(finding.Replace("ROLE_OF_THE_APPLICATION", role, StringComparison.Ordinal), report.Findings);
    }

    [Fact]
    public async Task A_careful_table_passes()
    {
        await using var database = await ServiceDatabase.CloneAsync(ServiceDatabase.All[0]);
        await database.ExecuteAsync(Careful);
        Assert.Empty((await SchemaGuard.InspectAsync(database, Token)).Findings);
    }

    [Fact]
    public async Task A_view_that_reads_for_everybody_shows_what_the_guard_would_have_stopped()
    {
        await using var database = await ServiceDatabase.CloneAsync(ServiceDatabase.All[0]);
        await database.ExecuteAsync(Careful);
        await SampleRows.AddAsync(database, TestTenants.Acme);
        await database.ExecuteAsync($"CREATE VIEW everything AS SELECT * FROM sample; GRANT SELECT ON everything TO {new NpgsqlConnectionStringBuilder(database.Application).Username}");
        Assert.Equal(1, (await SampleRows.CountAsync(database, null, Token))["everything"]);
    }
}
