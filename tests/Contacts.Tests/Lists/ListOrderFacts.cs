using System.Diagnostics;
using System.Text.Json;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Lists;

/// <summary>A page of a list costs as much as its rows: each ordinary order goes along an index that begins with the company.</summary>
public sealed class ListOrderFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly (string Table, string Order, string Index)[] Orders =
    [
        .. ((string[])["people", "leads", "companies"]).SelectMany(table => ((string[])["create_time", "update_time"]).Select(column => (table, column, $"ix_{table}_tenant_id_{column}_id"))),
        ("people", "last_name", "ix_people_order_last_name"), ("leads", "score", "ix_leads_tenant_id_score_id"), ("leads", "last_name", "ix_leads_order_last_name"), ("companies", "name", "ix_companies_order_name"),
    ];

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Lists_go_along_an_index_of_their_order() => CheckAsync(20_000);

    [Fact]
    [Trait("category", "long")]
    public Task So_do_lists_of_two_hundred_thousand() => CheckAsync(200_000);

    private async Task CheckAsync(int rows)
    {
        foreach (var (table, name, other) in ((string, string, string)[])[("people", "last_name", "first_name, email, phone, job_title, language"), ("leads", "last_name", "first_name, email, phone, job_title, company_name, source"), ("companies", "name", "email, phone, website, tax_number")])
        {
            var (more, values) = table == "leads" ? (", status, score", ", 'New', i % 100") : ("", "");
            await contacts.Database.ExecuteAsync(
                $"""
                INSERT INTO {table} (tenant_id, id, {name}, {other}, custom_fields, create_time, update_time{more})
                SELECT '{_tenant}', gen_random_uuid(), 'Name ' || i, {string.Join(", ", other.Split(',').Select(_ => "''"))}, '{"{}"}', now() - i * interval '1 second', now() - i * interval '2 seconds'{values} FROM generate_series(1, {rows}) AS i
                """);
            await contacts.Database.ExecuteAsync($"ANALYZE {table}");
        }

        foreach (var direction in (string[])["", " desc"])
        {
            var before = await ScansAsync();
            foreach (var (table, order, _) in Orders)
            {
                var started = Stopwatch.GetTimestamp();
                await ListAsync(table, order + direction);
                TestContext.Current.SendDiagnosticMessage("{0} of {1} by {2}{3}: {4:0} ms", table, rows, order, direction, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            // The server tells what it counted some seconds later: it is waited for once for all.
            await Eventually.HoldsAsync(
                async () =>
                {
                    var after = await ScansAsync();
                    return Orders.All(order => after[order.Index] > before[order.Index]);
                },
                TimeSpan.FromSeconds(30));
        }
    }

    private async Task<Dictionary<string, long>> ScansAsync() => JsonSerializer.Deserialize<Dictionary<string, long>>(
        await contacts.Database.QueryAsync<string>("SELECT json_object_agg(indexrelname, idx_scan)::text FROM pg_stat_user_indexes"))!;

    // And the page behind the first.
    private async Task ListAsync(string table, string order)
    {
        var token = "";
        for (var page = 0; page < 2; page++)
        {
            token = table switch
            {
                "people" => (await contacts.People(_tenant).ListPeopleAsync(new ListPeopleRequest { OrderBy = order, PageToken = token }, cancellationToken: Token)).NextPageToken,
                "leads" => (await contacts.Leads(_tenant).ListLeadsAsync(new ListLeadsRequest { OrderBy = order, PageToken = token }, cancellationToken: Token)).NextPageToken,
                _ => (await contacts.Companies(_tenant).ListCompaniesAsync(new ListCompaniesRequest { OrderBy = order, PageToken = token }, cancellationToken: Token)).NextPageToken,
            };
        }
    }
}
