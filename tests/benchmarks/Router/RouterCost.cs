using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Data;
using Spectre.Console;

namespace Platform.Benchmarks.Router;

/// <summary>What row-level security and router add to the time of a create and of a list, in turns, in one run, on one PostgreSQL.</summary>
internal static class RouterCost
{
    private const string Database = "platform_benchmark_router";
    private const string Role = "platform_benchmark_router_app";
    private const int Turns = 7;

    // The other tenants of the database, and those that have moved.
    private const string Fill = """
        SELECT set_config('platform.tenant_id', '', false);
        INSERT INTO people (tenant_id, id, first_name, last_name, email) SELECT tenant, gen_random_uuid(), 'First', 'Last', 'somebody@seed.example'
            FROM (SELECT gen_random_uuid() AS tenant FROM generate_series(1, 200)) AS tenants, generate_series(1, 100);
        INSERT INTO platform.placements (tenant_id, schema_name) SELECT gen_random_uuid(), 't_' || i FROM generate_series(1, 1000) AS i;
        ANALYZE;
        """;

    public static async Task<int> RunAsync(string postgres, TimeSpan length, CancellationToken cancellationToken)
    {
        var owner = await PrepareAsync(postgres, cancellationToken);
        var application = new NpgsqlConnectionStringBuilder(owner) { Username = Role, Password = "benchmark" }.ConnectionString;
        await using var routed = await RouterService.StartAsync(application, isRouted: true);
        await using var plain = await RouterService.StartAsync(owner, isRouted: false);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("operation", "connections", "with, ms", "without, ms", "added", "goal");
        foreach (var (operation, method, goal) in new[] { ("create", HttpMethod.Post, .10), ("list 50", HttpMethod.Get, .05) })
        {
            foreach (var connections in new[] { 1, 4 })
            {
                var (with, without) = await CompareAsync(new(routed.Address, "/people"), new(plain.Address, "/people"), method, connections, length);
                table.AddRow(operation, $"{connections}", $"{with:0.000}", $"{without:0.000}", $"{with / without - 1:P1}", $"{goal:P0}");
            }
        }

        AnsiConsole.Write(table);
        return 0;
    }

    private static async Task<(double With, double Without)> CompareAsync(Uri routed, Uri plain, HttpMethod method, int connections, TimeSpan length)
    {
        using var ours = new LoadGenerator(routed, () => null);
        using var others = new LoadGenerator(plain, () => null);
        await ours.RunAsync(method, connections, length);
        await others.RunAsync(method, connections, length);
        var (with, without) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < Turns; turn++)
        {
            with.Add((await ours.RunAsync(method, connections, length)).P50);
            without.Add((await others.RunAsync(method, connections, length)).P50);
        }

        return (Quantiles.Of([.. with.Order()], .5), Quantiles.Of([.. without.Order()], .5));
    }

    private static async Task<string> PrepareAsync(string postgres, CancellationToken cancellationToken)
    {
        await using (var server = NpgsqlDataSource.Create(postgres))
        {
            await server.CreateCommand($"DROP DATABASE IF EXISTS {Database} WITH (FORCE)").ExecuteNonQueryAsync(cancellationToken);
            await server.CreateCommand($"CREATE DATABASE {Database}").ExecuteNonQueryAsync(cancellationToken);
        }

        var owner = new NpgsqlConnectionStringBuilder(postgres) { Database = Database, MaxPoolSize = 24 }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(owner);
        await source.CreateCommand(DatabaseScripts.Bootstrap + DatabaseScripts.CreateRole(Role, "benchmark")).ExecuteNonQueryAsync(cancellationToken);
        var options = new DbContextOptionsBuilder<RouterContext>();
        DatabaseSetup.ConfigureModel(options.UseNpgsql(source));
        await using (var context = new RouterContext(options.Options))
            await source.CreateCommand(context.Database.GenerateCreateScript()).ExecuteNonQueryAsync(cancellationToken);
        await source.CreateCommand($"CREATE TABLE {SchemaMigrations.HistoryTable} (migration_id text PRIMARY KEY); {DatabaseScripts.Grant(Role)}").ExecuteNonQueryAsync(cancellationToken);
        await source.CreateCommand(Fill).ExecuteNonQueryAsync(cancellationToken);
        return owner;
    }
}
