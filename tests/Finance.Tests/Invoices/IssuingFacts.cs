using System.Globalization;
using Grpc.Core;
using Platform.Finance.V1;
using Platform.Testing;
using Xunit;
using static Finance.Tests.Samples;

namespace Finance.Tests.Invoices;

public sealed class IssuingFacts(FinanceFixture finance) : IClassFixture<FinanceFixture>, IDisposable
{
    public void Dispose() => finance.Clock.Now = null;

    [Fact]
    public async Task Issuing_gives_number_dates_and_seller_and_is_announced_once()
    {
        var client = finance.InvoicesOf(await finance.AddTenantAsync());
        var draft = await client.CreateAsync(Invoice(Line()));
        var issued = await client.IssueAsync(draft.Id);
        Assert.Equal(("INV-2026-000001", InvoiceStatus.Issued), (issued.Number, issued.Status));
        Assert.Equal((FinanceFixture.Company.LegalName, FinanceFixture.Company.TaxNumber), (issued.Seller.Name, issued.Seller.TaxNumber));
        Assert.Equal(FinanceFixture.Company.Address, issued.Seller.Address);
        Assert.Equal(14, Date(issued.DueDate).DayNumber - Date(issued.IssueDate).DayNumber);
        Assert.Equal(issued, await client.IssueAsync(draft.Id));
        Assert.Equal(issued, await client.GetAsync(draft.Id));
        Assert.Equal(1, await finance.PublishedAsync(draft.Id, nameof(InvoiceIssued)));
        Assert.Equal(issued.Number, await finance.Database.QueryAsync<string>($"SELECT data::json -> 'invoice' ->> 'number' FROM outbox_messages WHERE aggregate_id = '{draft.Id}' AND type = 'platform.finance.v1.InvoiceIssued'"));
    }

    [Fact]
    public async Task Twenty_parallel_calls_issue_an_invoice_once()
    {
        var client = finance.InvoicesOf(await finance.AddTenantAsync());
        var draft = await client.CreateAsync(Invoice(Line()));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.IssueAsync(draft.Id)));
        Assert.Single(answers.Distinct());
        Assert.Equal(1, await finance.PublishedAsync(draft.Id, nameof(InvoiceIssued)));
        Assert.Equal("INV-2026-000002", (await client.IssueNewAsync()).Number);
    }

    [Fact]
    public async Task Sixty_four_writers_leave_no_gap_and_no_duplicate()
    {
        const int Count = 500;
        var tenant = await finance.AddTenantAsync();
        var clients = Enumerable.Range(0, 64).Select(_ => finance.InvoicesOf(tenant)).ToArray();
        var numbers = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = clients.Length, CancellationToken = Token }, async (i, _) =>
        {
            var client = clients[i % clients.Length];
            // A refused issue in between must not cost a number.
            if (i % 10 == 0)
                await RefusedAsync(StatusCode.FailedPrecondition, "INVOICE_WITHOUT_LINES", async () => await client.IssueAsync((await client.CreateAsync(Invoice())).Id));
            numbers.Add((await client.IssueNewAsync()).Number);
        });
        Assert.Equal(Enumerable.Range(1, Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"INV-2026-{i:D6}")), numbers.Order(StringComparer.Ordinal));
        Assert.Equal(Count, await finance.Database.QueryAsync<long>($"SELECT count(DISTINCT number) FROM invoices WHERE tenant_id = '{tenant}'"));
    }

    [Fact]
    public async Task An_issue_that_fails_at_the_last_moment_gives_its_number_back()
    {
        await finance.Database.ExecuteAsync("""
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER fail BEFORE UPDATE ON invoices FOR EACH ROW WHEN (NEW.status = 'Issued' AND NEW.buyer ->> 'name' = 'Unlucky') EXECUTE FUNCTION fail();
            """);
        var client = finance.InvoicesOf(await finance.AddTenantAsync());
        var unlucky = await client.CreateAsync(new Invoice(Invoice(Line())) { Buyer = new Party { Name = "Unlucky" } });
        // A database without resources is an outage, not a fault of the platform.
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => client.IssueAsync(unlucky.Id))).StatusCode);
        Assert.Equal(InvoiceStatus.Draft, (await client.GetAsync(unlucky.Id)).Status);
        Assert.Equal("INV-2026-000001", (await client.IssueNewAsync()).Number);
        Assert.Equal(0, await finance.PublishedAsync(unlucky.Id, nameof(InvoiceIssued)));
    }

    [Fact]
    public async Task A_repeated_call_with_the_same_key_takes_one_number()
    {
        var tenant = await finance.AddTenantAsync();
        var draft = await finance.InvoicesOf(tenant).CreateAsync(Invoice(Line()));
        var token = TestTokens.ForPerson(tenant, Guid.CreateVersion7(), All);
        var client = new InvoicesService.InvoicesServiceClient(finance.Grpc(token, ("idempotency-key", $"{Guid.NewGuid()}")));
        Assert.Equal(await client.IssueAsync(draft.Id), await client.IssueAsync(draft.Id));
        Assert.Equal("INV-2026-000002", (await finance.InvoicesOf(tenant).IssueNewAsync()).Number);
    }

    [Fact]
    public async Task Dates_and_the_fiscal_year_are_those_of_the_sellers_zone()
    {
        var client = finance.InvoicesOf(await finance.AddTenantAsync());
        finance.Clock.Now = new DateTimeOffset(2027, 12, 31, 22, 59, 59, TimeSpan.Zero);
        var last = await client.IssueNewAsync();
        finance.Clock.Now = new DateTimeOffset(2027, 12, 31, 23, 0, 0, TimeSpan.Zero);
        var first = await client.IssueNewAsync();
        Assert.Equal(("INV-2027-000001", "2027-12-31", "2028-01-14"), (last.Number, last.IssueDate, last.DueDate));
        Assert.Equal(("INV-2028-000001", "2028-01-01", "2028-01-15"), (first.Number, first.IssueDate, first.DueDate));
    }

    [Fact]
    public async Task A_later_number_never_has_an_earlier_date()
    {
        var client = finance.InvoicesOf(await finance.AddTenantAsync());
        finance.Clock.Now = new DateTimeOffset(2027, 5, 2, 0, 0, 0, TimeSpan.Zero);
        await client.IssueNewAsync();
        finance.Clock.Now = new DateTimeOffset(2027, 5, 1, 20, 0, 0, TimeSpan.Zero);
        var second = await client.IssueNewAsync();
        Assert.Equal(("INV-2027-000002", "2027-05-02"), (second.Number, second.IssueDate));
    }

    [Fact]
    public async Task What_is_incomplete_is_not_issued()
    {
        var client = finance.InvoicesOf(await finance.AddTenantAsync());
        var empty = await client.CreateAsync(Invoice());
        await RefusedAsync(StatusCode.FailedPrecondition, "INVOICE_WITHOUT_LINES", () => client.IssueAsync(empty.Id));
        var late = await client.CreateAsync(new Invoice(Invoice(Line())) { DueDate = "2020-01-01" });
        await RefusedAsync(StatusCode.FailedPrecondition, "DUE_DATE_PASSED", () => client.IssueAsync(late.Id));

        var stranger = finance.InvoicesOf(Guid.CreateVersion7());
        var draft = await stranger.CreateAsync(Invoice(Line()));
        await RefusedAsync(StatusCode.FailedPrecondition, "SELLER_UNKNOWN", () => stranger.IssueAsync(draft.Id));
        Assert.Equal("INV-2026-000001", (await client.IssueNewAsync()).Number);
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
