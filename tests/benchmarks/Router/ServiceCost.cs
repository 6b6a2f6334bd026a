extern alias contacts;
using contacts::Platform.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Benchmarks.Fields;
using Platform.Contacts.V1;
using Platform.Data;
using Platform.LocalPostgres;
using Platform.Tenancy.Quotas;
using Spectre.Console;

namespace Platform.Benchmarks.Router;

/// <summary>
/// What row-level security and router add to a create and to a list of the contacts service, everything else of it on: its door, the
/// check of the token, policies, custom fields, the outbox and the audit log; with and without in turns, in one run, on one PostgreSQL.
/// </summary>
internal static class ServiceCost
{
    private const int Turns = 9;
    private const int PageSize = 50;
    private static int _sequence;

    public static async Task<int> RunAsync(string postgres, TimeSpan length, CancellationToken cancellationToken)
    {
        Environment.SetEnvironmentVariable(TestPostgres.Variable, postgres);
        await using var routed = new MeasuredContacts();
        await using var plain = new ContactsWithoutRouter();
        await routed.InitializeAsync();
        await plain.InitializeAsync();
        var sides = new[] { await FillAsync(routed, cancellationToken), await FillAsync(plain, cancellationToken) };
        var table = new Table().Border(TableBorder.Rounded).AddColumns("contacts service", "calls at a time", "with, ms", "without, ms", "added", "goal");
        foreach (var (operation, call, goal) in new (string, Func<PeopleService.PeopleServiceClient, CancellationToken, Task>, double)[] { ("create", CreateAsync, .10), ($"list {PageSize}", ListAsync, .05), ($"list {PageSize}, filtered", FilterAsync, .05) })
        {
            foreach (var calls in new[] { 1, 4 })
            {
                var times = await CompareAsync(sides, call, calls, length, cancellationToken);
                table.AddRow(operation, $"{calls}", $"{times[0]:0.000}", $"{times[1]:0.000}", $"{times[0] / times[1] - 1:P1}", $"{goal:P0}");
            }
        }

        AnsiConsole.Write(table);
        return 0;
    }

    private static async Task<PeopleService.PeopleServiceClient> FillAsync(MeasuredContacts service, CancellationToken cancellationToken)
    {
        var tenant = Guid.CreateVersion7();
        await MillionRows.People.FillAsync(service.Database.Owner, tenant, 20_000, cancellationToken);
        return new(service.GrpcFor(tenant, "contacts.read", "contacts.write"));
    }

    private static async Task CreateAsync(PeopleService.PeopleServiceClient client, CancellationToken cancellationToken) => await client.CreatePersonAsync(
        new CreatePersonRequest { Person = new() { FirstName = "Bench", LastName = $"Mark {Interlocked.Increment(ref _sequence)}" } }, cancellationToken: cancellationToken);

    private static async Task ListAsync(PeopleService.PeopleServiceClient client, CancellationToken cancellationToken) =>
        await client.ListPeopleAsync(new ListPeopleRequest { PageSize = PageSize }, cancellationToken: cancellationToken);

    // All of them have this first name.
    private static async Task FilterAsync(PeopleService.PeopleServiceClient client, CancellationToken cancellationToken) =>
        await client.ListPeopleAsync(new ListPeopleRequest { PageSize = PageSize, Filter = "first_name = \"First\"" }, cancellationToken: cancellationToken);

    // The median over the turns of each turn's median.
    private static async Task<double[]> CompareAsync(
        PeopleService.PeopleServiceClient[] sides, Func<PeopleService.PeopleServiceClient, CancellationToken, Task> call, int calls, TimeSpan length, CancellationToken cancellationToken)
    {
        var medians = sides.Select(_ => new List<double>()).ToArray();
        for (var turn = -1; turn < Turns; turn++)
        {
            for (var side = 0; side < sides.Length; side++)
            {
                var loops = await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => LoopAsync(sides[side], call, length, cancellationToken)));
                // The first turn warms up.
                if (turn >= 0)
                    medians[side].Add(Quantiles.Of([.. loops.SelectMany(times => times).Order()], .5));
            }
        }

        return [.. medians.Select(times => Quantiles.Of([.. times.Order()], .5))];
    }

    private static Task<List<double>> LoopAsync(
        PeopleService.PeopleServiceClient client, Func<PeopleService.PeopleServiceClient, CancellationToken, Task> call, TimeSpan length, CancellationToken cancellationToken) => Task.Run(async () =>
    {
        var times = new List<double>();
        for (var started = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(started) < length;)
        {
            var asked = TimeProvider.System.GetTimestamp();
            await call(client, cancellationToken);
            times.Add(TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds);
        }

        return times;
    });
}

/// <summary>The same service on tables whose owner has switched row-level security off, and without the statements that tell the tenant and take it where it lives.</summary>
internal sealed class ContactsWithoutRouter : MeasuredContacts
{
    private const string SwitchOff = """
        DO $$ DECLARE t regclass; BEGIN
            FOR t IN SELECT oid FROM pg_class WHERE relrowsecurity LOOP EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', t); END LOOP;
        END $$
        """;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Database.ExecuteAsync(SwitchOff);
    }

    protected override void Configure(IServiceCollection services)
    {
        foreach (var configuration in services.Where(service => service.ServiceType == typeof(IDbContextOptionsConfiguration<ContactsDbContext>)).ToList())
            services.Remove(configuration);
        services.ConfigureDbContext<ContactsDbContext>((provider, options) => DatabaseSetup.ConfigureModel(options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .AddInterceptors(
                provider.GetRequiredService<WorkSignalInterceptor>(), provider.GetRequiredService<QuotaInterceptor>(), provider.GetRequiredService<PreparedStatements>())));
    }
}
