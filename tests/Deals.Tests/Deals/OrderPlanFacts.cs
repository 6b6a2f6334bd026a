using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Platform.Deals;
using Platform.Deals.Deals;
using Platform.Deals.V1;
using Platform.Filtering;
using Platform.Paging;
using Platform.Tenancy;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Deals;

/// <summary>Lists of deals in their ordinary orders are read along an index, however many there are.</summary>
public sealed class OrderPlanFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private static readonly string[] Orders = ["create_time", "update_time", "close_date", "name", "amount"];

    private readonly Guid _tenant = Guid.CreateVersion7();

    [Fact]
    public Task Every_ordinary_order_is_read_along_an_index() => AreReadAlongAnIndexAsync(20_000);

    [Fact]
    [Trait("category", "long")]
    public Task So_it_is_with_two_hundred_thousand_deals() => AreReadAlongAnIndexAsync(200_000);

    // Whoever looks at a customer, or takes an import of customers back, asks for these.
    [Fact]
    public async Task What_a_customer_has_is_found_by_an_index()
    {
        foreach (var (table, column) in ((string, string)[])[("deals", "company_id"), ("deals", "person_id"), ("quotes", "company_id"), ("quotes", "person_id")])
            Assert.True(await deals.Database.QueryAsync<bool>($"SELECT EXISTS (SELECT FROM pg_indexes WHERE tablename = '{table}' AND indexdef ~ '\\(tenant_id, {column}[,)]')"), $"{table} by {column}");
    }

    private async Task AreReadAlongAnIndexAsync(int count)
    {
        await AddManyAsync(count);
        foreach (var order in Orders.SelectMany(order => new[] { order, $"{order} desc" }))
        {
            var started = Stopwatch.GetTimestamp();
            var page = await new Client(deals.GrpcFor(_tenant, All)).ListDealsAsync(new ListDealsRequest { OrderBy = order }, cancellationToken: Token);
            TestContext.Current.SendDiagnosticMessage("{0} deals by {1}: {2:0.0} ms", count, order, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Assert.NotEmpty(page.NextPageToken);
            var plan = await PlanAsync(order);
            Assert.True(plan.Contains(order.StartsWith("amount", StringComparison.Ordinal) ? "ix_deals_reported_order" : order.StartsWith("name", StringComparison.Ordinal) ? "ix_deals_name_order" : $"ix_deals_tenant_id_{order.Split(' ')[0]}_id", StringComparison.Ordinal)
                && !plan.Contains("Sort", StringComparison.Ordinal), $"{order}: {plan}");
        }
    }

    // The statement of the list itself.
    private async Task<string> PlanAsync(string order)
    {
        await using var scope = deals.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(_tenant, "test");
        var db = scope.ServiceProvider.GetRequiredService<DealsDbContext>();
        var bound = OrderBy.Parse(order).Value!.Bind(DealFields.Schema, fields: null).Value!;
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await using var command = OrderedPages.Sort(db.Deals.AsQueryable(), bound).AsNoTracking().Take(51).CreateDbCommand();
        (command.CommandText, command.Transaction) = ($"EXPLAIN {command.CommandText}", transaction.GetDbTransaction());
        var plan = new StringBuilder();
        await using var reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
            plan.AppendLine(reader.GetString(0));
        return plan.ToString();
    }

    // Beside those of another company, and with statistics of all rows, not of some that are taken at random.
    private async Task AddManyAsync(int count)
    {
        var client = new Client(deals.GrpcFor(_tenant, All));
        var deal = await client.CreateAsync(Deal(Line()));
        var columns = await deals.Database.QueryAsync<string>(
            "SELECT string_agg(column_name, ', ') FROM information_schema.columns WHERE table_name = 'deals' AND is_generated = 'NEVER' AND column_name NOT IN ('tenant_id', 'id', 'name', 'amount', 'create_time', 'update_time', 'close_date')");
        await deals.Database.ExecuteAsync($"""
            INSERT INTO deals (tenant_id, id, name, amount, create_time, update_time, close_date, {columns})
            SELECT CASE WHEN i % 5 = 0 THEN '{Guid.CreateVersion7()}'::uuid ELSE tenant_id END, gen_random_uuid(), md5(i::text), i % 9973, now() - make_interval(secs => i * 7 % 100003), now() - make_interval(secs => i * 11 % 100003),
                CASE WHEN i % 10 > 0 THEN current_date + (i * 13 % 1009) END, {columns}
            FROM deals, generate_series(1, {count}) AS i WHERE id = '{deal.Id}';
            SET default_statistics_target = 1000; ANALYZE deals; RESET default_statistics_target
            """);
    }
}
