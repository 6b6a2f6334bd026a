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
    public Task A_tenant_moves_there_and_back_under_load_and_loses_no_row_no_event_and_no_order() => MovesAsync(writers: 8);

    [Fact]
    [Trait("category", "long")]
    public Task It_does_so_under_a_load_that_takes_the_whole_machine() => MovesAsync(writers: 24);

    private async Task MovesAsync(int writers)
    {
        var tenant = Guid.CreateVersion7();
        await using var others = new Workload(contacts, Guid.CreateVersion7(), writers: 2);
        await using var load = new Workload(contacts, tenant, writers);
        await load.MoreCallsAsync(200);
        PlacementLevel[] journey = [PlacementLevel.Schema, PlacementLevel.Database, PlacementLevel.Shared, PlacementLevel.Database, PlacementLevel.Schema];
        foreach (var level in journey)
        {
            var others0 = others.Calls;
            var steps = await contacts.MoveAsync(tenant, level, cancellationToken: Token);
            var compared = Assert.Single(steps, step => step.Step == "switch");
            Assert.True(compared.Tables.Single(table => table.Table == "people").Rows > 0);
            Assert.True(others.Calls > others0, $"The other tenant stood still: {others.Fault?.ToString() ?? $"{level}"}.");
            await load.MoreCallsAsync(60);
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
    [InlineData(PlacementLevel.Schema)]
    [InlineData(PlacementLevel.Database)]
    public async Task Events_that_wait_keep_their_lanes_and_their_order(PlacementLevel level)
    {
        var tenant = Guid.CreateVersion7();
        await contacts.People(tenant).CreatePersonAsync(Somebody, cancellationToken: Token);
        await contacts.Database.ExecuteAsync($"""
            INSERT INTO outbox_messages (tenant_id, event_id, topic, type, aggregate_id, data, create_time, attempts, next_attempt_time, caused_by, is_bulk)
            SELECT '{tenant}', gen_random_uuid(), 'contacts', 'kept', '{tenant}', number::text, now(), 0, now() + interval '1 day', '', number % 3 = 0
            FROM generate_series(1, 30) AS number
            """);
        await contacts.MoveAsync(tenant, level, cancellationToken: Token);
        const string Kept = "SELECT string_agg(CASE WHEN is_bulk THEN 'bulk ' ELSE '' END || data, ', ' ORDER BY id) FROM {0}.outbox_messages WHERE type = 'kept' AND tenant_id = '{1}'";
        var found = level == PlacementLevel.Schema
            ? await contacts.Database.QueryAsync<string>(string.Format(null, Kept, Places.SchemaOf(tenant), tenant))
            : await contacts.InDatabaseAsync<string>(await contacts.DatabaseOfAsync(tenant), string.Format(null, Kept, "public", tenant));
        Assert.Equal(string.Join(", ", Enumerable.Range(1, 30).Select(number => number % 3 == 0 ? $"bulk {number}" : $"{number}")), found);
    }

    [Theory]
    [InlineData("copy", PlacementLevel.Database)]
    [InlineData("switch", PlacementLevel.Schema)]
    public Task A_killed_mover_leaves_the_old_place_or_the_new_one_and_can_go_on(string step, PlacementLevel level) => IsKilledAsync(step, level);

    [Theory]
    [Trait("category", "long")]
    [InlineData("prepare", PlacementLevel.Schema)]
    [InlineData("copy", PlacementLevel.Schema)]
    [InlineData("prepare", PlacementLevel.Database)]
    [InlineData("switch", PlacementLevel.Database)]
    public Task So_does_one_that_is_killed_at_any_other_step(string step, PlacementLevel level) => IsKilledAsync(step, level);

    private async Task IsKilledAsync(string step, PlacementLevel level)
    {
        var tenant = Guid.CreateVersion7();
        await using var load = new Workload(contacts, tenant, writers: 4);
        await load.MoreCallsAsync(50);
        Task KillAt(MoveProgress progress) => progress.Step == step ? contacts.KillMoverAsync() : Task.CompletedTask;
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => contacts.MoveAsync(tenant, level, KillAt, Token));
        await load.MoreCallsAsync(50);
        var moved = await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM platform.placements WHERE tenant_id = '{tenant}' AND num_nonnulls(schema_name, database_name) > 0");
        Assert.Equal(step == "switch" ? 1 : 0, moved);
        await contacts.MoveAsync(tenant, level, cancellationToken: Token);
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
    public async Task A_database_of_its_own_is_under_row_level_security_all_the_same_and_only_its_service_comes_in()
    {
        var tenant = Guid.CreateVersion7();
        await contacts.People(tenant).CreatePersonAsync(Somebody, cancellationToken: Token);
        await contacts.MoveAsync(tenant, PlacementLevel.Database, cancellationToken: Token);
        var database = await contacts.DatabaseOfAsync(tenant);
        Assert.Equal(1, await CountAsync(tenant, "public", database));
        Assert.Equal(0, await CountAsync(TestTenants.Globex, "public", database));
        Assert.Equal(await ShapeAsync("public"), await ShapeAsync("public", database));
        Assert.False(await contacts.Database.QueryAsync<bool>($"SELECT has_database_privilege('public', '{database}', 'CONNECT')"));
    }

    [Theory]
    [InlineData(PlacementLevel.Schema)]
    [InlineData(PlacementLevel.Database)]
    public async Task A_restart_brings_a_place_of_its_own_up_to_date(PlacementLevel level)
    {
        var tenant = Guid.CreateVersion7();
        await contacts.People(tenant).CreatePersonAsync(Somebody, cancellationToken: Token);
        await contacts.MoveAsync(tenant, level, cancellationToken: Token);
        await contacts.RestartAsync();
        Assert.Single((await contacts.People(tenant).ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People);
    }

    [Fact]
    public async Task Where_a_dead_mover_left_it_unsaid_the_service_finds_out_by_asking()
    {
        var tenant = Guid.CreateVersion7();
        await contacts.People(tenant).CreatePersonAsync(Somebody, cancellationToken: Token);
        await contacts.MoveAsync(tenant, PlacementLevel.Database, cancellationToken: Token);
        var database = await contacts.DatabaseOfAsync(tenant);
        await contacts.InDatabaseAsync(database, $"UPDATE platform.placements SET confirmed = false WHERE tenant_id = '{tenant}'");
        await contacts.People(tenant).CreatePersonAsync(Somebody, cancellationToken: Token);
        Assert.Equal(2, (await contacts.People(tenant).ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People.Count);
        Assert.Equal(2, await CountAsync(tenant, "public", database));
    }

    [Theory]
    [InlineData(PlacementLevel.Schema)]
    [InlineData(PlacementLevel.Database)]
    public async Task A_company_that_is_gone_leaves_no_place_behind(PlacementLevel level)
    {
        var tenant = Guid.CreateVersion7();
        await contacts.People(tenant).CreatePersonAsync(Somebody, cancellationToken: Token);
        await contacts.MoveAsync(tenant, level, cancellationToken: Token);
        var place = level == PlacementLevel.Database ? await contacts.DatabaseOfAsync(tenant) : Places.SchemaOf(tenant);
        Assert.Equal("SUCCESS", await contacts.DeliverAsync(tenant, new TenantPurged()));
        Assert.Equal("SUCCESS", await contacts.DeliverAsync(tenant, new TenantPurged()));
        Assert.False(await contacts.Database.QueryAsync<bool>(
            $"SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = '{place}') OR EXISTS (SELECT FROM pg_database WHERE datname = '{place}')"));
        Assert.Equal(0, await contacts.RowsAsync("platform.placements", tenant));
        Assert.Equal(0, await contacts.RowsAsync("people", tenant));
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
        Assert.Equal((3, 0, 1), await ReturnAsync(tenant, round: 3));
        var steps = await OperateAsync(TestTokens.ForService("tenants.operate"), tenant, Levels.Schema);
        Assert.Equal(["prepare", "copy", "switch", "clean"], steps.Select(step => step.Step).Where(step => step != "catch-up"));
        var people = steps.Single(step => step.Step == "switch").Tables.Single(table => table.Table == "people");
        Assert.Equal(1, people.Rows);
        Assert.NotEqual("0", people.Hash);
        Assert.Empty(await OperateAsync(TestTokens.ForService("tenants.operate"), tenant, Levels.Schema));
        // Its share of a limit moved with it: an older word changes nothing there either.
        Assert.Equal((3, 0, 1), await ReturnAsync(tenant, round: 2));
    }

    [Fact]
    public async Task Nobody_else_moves_a_tenant()
    {
        await RefusedAsync(StatusCode.PermissionDenied, TestTokens.ForPerson(TestTenants.Acme, Guid.CreateVersion7(), "tenants.operate"), Levels.Schema);
        await RefusedAsync(StatusCode.PermissionDenied, TestTokens.ForService("tenants.read"), Levels.Schema);
        await RefusedAsync(StatusCode.InvalidArgument, TestTokens.ForService("tenants.operate"), Levels.Unspecified);
    }

    private async Task<(long Round, long Share, long Used)> ReturnAsync(Guid tenant, long round)
    {
        var usage = new UsageService.UsageServiceClient(contacts.Grpc(TestTokens.ForService("tenants.provision"), ("x-tenant-id", $"{tenant}")));
        var answer = await usage.ReturnShareAsync(new ReturnShareRequest { Resource = "rows", Round = round }, cancellationToken: Token);
        return (answer.Round, answer.Share, answer.Used);
    }

    private async Task RefusedAsync(StatusCode status, string token, Levels level) =>
        Assert.Equal(status, (await Assert.ThrowsAsync<RpcException>(() => OperateAsync(token, TestTenants.Acme, level))).StatusCode);

    private async Task<List<MoveTenantResponse>> OperateAsync(string token, Guid tenant, Levels level)
    {
        var placements = new PlacementsService.PlacementsServiceClient(contacts.Grpc(token, ("x-tenant-id", $"{tenant}")));
        using var call = placements.MoveTenant(new MoveTenantRequest { Level = level }, cancellationToken: Token);
        return await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);
    }

    private async Task<long> CountAsync(Guid tenant, string schema, string? database = null)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(MovableContacts.In(contacts.Database.Application, database));
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new Npgsql.NpgsqlBatchCommand($"CALL platform.set_tenant('{tenant}')"));
        batch.BatchCommands.Add(new Npgsql.NpgsqlBatchCommand($"SELECT count(*) FROM {schema}.people"));
        return (long)(await batch.ExecuteScalarAsync(Token))!;
    }

    // Columns, keys, references, checks, policies and triggers of all tables, without the name of the schema.
    private Task<string> ShapeAsync(string schema, string? database = null) => contacts.InDatabaseAsync<string>(database, $"""
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
