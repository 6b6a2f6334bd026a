using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Tenancy.Placements;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Levels = Platform.Tenants.V1.PlacementLevel;
using PlacementLevel = Platform.Tenancy.Placements.PlacementLevel;
using PlacementsService = Platform.Tenants.V1.PlacementsService;

namespace Contacts.Tests.Placements;

public sealed class MoveFacts(MovableContacts contacts) : IClassFixture<MovableContacts>
{
    private static readonly CreatePersonRequest Somebody = new() { Person = new Person { LastName = "Somebody" } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tenant_moves_there_and_back_under_load_and_loses_no_row_no_event_and_no_order()
    {
        var tenant = Guid.CreateVersion7();
        await using var others = new Workload(contacts, Guid.CreateVersion7(), writers: 2);
        await using var load = new Workload(contacts, tenant, writers: 24);
        await load.MoreCallsAsync(400);
        PlacementLevel[] journey = [PlacementLevel.Schema, PlacementLevel.Shared, PlacementLevel.Schema];
        foreach (var level in journey)
        {
            var others0 = others.Calls;
            var steps = await contacts.MoveAsync(tenant, level, cancellationToken: Token);
            var compared = Assert.Single(steps, step => step.Step == "switch");
            Assert.True(compared.Tables.Single(table => table.Table == "people").Rows > 0);
            Assert.True(others.Calls > others0, "The other tenant stood still.");
            await load.MoreCallsAsync(200);
        }

        await load.StopAsync();
        await others.StopAsync();
        await load.NothingIsLostAsync();
        await others.NothingIsLostAsync();
        await load.EveryEventCameInOrderAsync();
        await others.EveryEventCameInOrderAsync();
        Assert.Equal(0, await contacts.RowsAsync("public.people", tenant));
        Assert.Equal(0, await contacts.RowsAsync("public.outbox_messages", tenant));
        Assert.True(await contacts.RowsAsync($"{Places.SchemaOf(tenant)}.people", tenant) > 0);
    }

    [Theory]
    [InlineData("prepare")]
    [InlineData("copy")]
    [InlineData("switch")]
    public async Task A_killed_mover_leaves_the_old_place_or_the_new_one_and_can_go_on(string step)
    {
        var tenant = Guid.CreateVersion7();
        await using var load = new Workload(contacts, tenant, writers: 4);
        await load.MoreCallsAsync(50);
        Task KillAt(MoveProgress progress) => progress.Step == step ? contacts.KillMoverAsync() : Task.CompletedTask;
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => contacts.MoveAsync(tenant, PlacementLevel.Schema, KillAt, Token));
        await load.MoreCallsAsync(50);
        var moved = await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM platform.placements WHERE tenant_id = '{tenant}' AND schema_name IS NOT NULL");
        Assert.Equal(step == "switch" ? 1 : 0, moved);
        await contacts.MoveAsync(tenant, PlacementLevel.Schema, cancellationToken: Token);
        await load.MoreCallsAsync(50);
        await load.StopAsync();
        await load.NothingIsLostAsync();
        await load.EveryEventCameInOrderAsync();
        Assert.Equal(0, await contacts.RowsAsync("public.people", tenant));
    }

    [Fact]
    public async Task Only_the_tenant_itself_waits_for_the_last_step()
    {
        var tenant = Guid.CreateVersion7();
        await contacts.People(tenant).CreatePersonAsync(Somebody, cancellationToken: Token);
        Task<List<MoveProgress>> move;
        await using (await contacts.HoldTransactionAsync(tenant))
        {
            move = contacts.MoveAsync(tenant, PlacementLevel.Schema, cancellationToken: Token);
            await Eventually.HoldsAsync(contacts.MoverWaitsAsync);
            await contacts.People(TestTenants.Globex).CreatePersonAsync(Somebody, cancellationToken: Token);
            Assert.False(move.IsCompleted);
        }

        Assert.Contains(await move, step => step.Step == "switch");
        Assert.Single((await contacts.People(tenant).ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People);
    }

    [Fact]
    public async Task A_schema_of_its_own_is_under_row_level_security_all_the_same()
    {
        var tenant = Guid.CreateVersion7();
        await contacts.People(tenant).CreatePersonAsync(Somebody, cancellationToken: Token);
        await contacts.MoveAsync(tenant, PlacementLevel.Schema, cancellationToken: Token);
        var schema = Places.SchemaOf(tenant);
        Assert.Equal(1, await CountAsync(tenant, schema));
        Assert.Equal(0, await CountAsync(TestTenants.Globex, schema));
        Assert.Equal(0, await contacts.Database.QueryAsync<long>($"""
            SELECT count(*) FROM pg_class WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'r'
                AND relname <> '__ef_migrations_history' AND NOT (relrowsecurity AND relforcerowsecurity)
            """));
        Assert.Equal(
            await ShapeAsync("public"),
            await ShapeAsync(schema));
    }

    [Fact]
    public async Task A_restart_brings_a_schema_of_its_own_up_to_date()
    {
        var tenant = Guid.CreateVersion7();
        await contacts.People(tenant).CreatePersonAsync(Somebody, cancellationToken: Token);
        await contacts.MoveAsync(tenant, PlacementLevel.Schema, cancellationToken: Token);
        await contacts.RestartAsync();
        Assert.Single((await contacts.People(tenant).ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People);
    }

    [Fact]
    public async Task A_tenant_is_moved_once_at_a_time()
    {
        var tenant = Guid.CreateVersion7();
        await contacts.People(tenant).CreatePersonAsync(Somebody, cancellationToken: Token);
        MoveRefusedException? refused = null;
        await contacts.MoveAsync(tenant, PlacementLevel.Schema, async progress =>
        {
            if (progress.Step == "copy")
                refused = await Assert.ThrowsAsync<MoveRefusedException>(() => contacts.MoveAsync(tenant, PlacementLevel.Schema, cancellationToken: Token));
        }, Token);
        Assert.Equal("MOVE_RUNNING", refused?.Code);
    }

    [Fact]
    public async Task An_operator_moves_the_tenant_it_names_and_sees_counts_and_hashes()
    {
        var tenant = Guid.CreateVersion7();
        await contacts.People(tenant).CreatePersonAsync(Somebody, cancellationToken: Token);
        var steps = await OperateAsync(TestTokens.ForService("tenants.operate"), tenant, Levels.Schema);
        Assert.Equal(["prepare", "copy", "switch", "clean"], steps.Select(step => step.Step).Where(step => step != "catch-up"));
        var people = steps.Single(step => step.Step == "switch").Tables.Single(table => table.Table == "people");
        Assert.Equal(1, people.Rows);
        Assert.NotEqual("0", people.Hash);
        Assert.Empty(await OperateAsync(TestTokens.ForService("tenants.operate"), tenant, Levels.Schema));
    }

    [Fact]
    public async Task Nobody_else_moves_a_tenant()
    {
        await RefusedAsync(StatusCode.PermissionDenied, TestTokens.ForPerson(TestTenants.Acme, Guid.CreateVersion7(), "tenants.operate"), Levels.Schema);
        await RefusedAsync(StatusCode.PermissionDenied, TestTokens.ForService("tenants.read"), Levels.Schema);
        await RefusedAsync(StatusCode.InvalidArgument, TestTokens.ForService("tenants.operate"), Levels.Unspecified);
    }

    private async Task RefusedAsync(StatusCode status, string token, Levels level) =>
        Assert.Equal(status, (await Assert.ThrowsAsync<RpcException>(() => OperateAsync(token, TestTenants.Acme, level))).StatusCode);

    private async Task<List<MoveTenantResponse>> OperateAsync(string token, Guid tenant, Levels level)
    {
        var placements = new PlacementsService.PlacementsServiceClient(contacts.Grpc(token, ("x-tenant-id", $"{tenant}")));
        using var call = placements.MoveTenant(new MoveTenantRequest { Level = level }, cancellationToken: Token);
        return await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);
    }

    private async Task<long> CountAsync(Guid tenant, string schema)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(contacts.Database.Application);
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new Npgsql.NpgsqlBatchCommand($"CALL platform.set_tenant('{tenant}')"));
        batch.BatchCommands.Add(new Npgsql.NpgsqlBatchCommand($"SELECT count(*) FROM {schema}.people"));
        return (long)(await batch.ExecuteScalarAsync(Token))!;
    }

    // Columns, keys, references, checks, policies and triggers of all tables, without the name of the schema.
    private Task<string> ShapeAsync(string schema) => contacts.Database.QueryAsync<string>($"""
        SELECT replace(string_agg(line, E'\n' ORDER BY line), '{schema}.', '') FROM (
            SELECT format('%s.%s %s %s', relname, attname, format_type(atttypid, atttypmod), attnotnull) AS line
                FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
            UNION ALL SELECT format('%s %s %s', c.relname, conname, pg_get_constraintdef(k.oid))
                FROM pg_constraint k JOIN pg_class c ON c.oid = conrelid WHERE relnamespace = '{schema}'::regnamespace
            UNION ALL SELECT format('%s %s', indexname, indexdef) FROM pg_indexes WHERE schemaname = '{schema}'
            UNION ALL SELECT format('%s %s %s %s', tablename, policyname, qual, with_check) FROM pg_policies WHERE schemaname = '{schema}'
        ) AS lines
        """);
}
