using System.Globalization;
using Npgsql;
using Platform.Finance.V1;
using Platform.Tenants.V1;
using Xunit;

namespace Finance.Tests.Invoices;

public sealed class ReportingFacts(FinanceFixture finance) : IClassFixture<FinanceFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_issued_invoice_keeps_its_rate_and_its_credit_note_has_it_too()
    {
        var tenant = await finance.AddTenantAsync();
        var invoices = finance.InvoicesOf(tenant);
        finance.Rates.Set(tenant, "USD", "2020-01-01", "0.5");
        var (draft, issued) = (await CreateAsync(invoices, "USD"), await CreateAsync(invoices, "USD"));
        issued = await invoices.IssueAsync(issued.Id);
        Assert.Equal(("0.5", "EUR"), (issued.ReportingRate, issued.ReportingTotal.Currency));
        Assert.Equal(Half(issued.Total.Amount), issued.ReportingTotal.Amount);

        var version = finance.Rates.Set(tenant, "USD", "2020-01-01", "2");
        Assert.Equal("SUCCESS", await finance.DeliverAsync(tenant, new ExchangeRatesChanged { Version = version }));
        Assert.Equal("2", (await invoices.GetAsync(draft.Id)).ReportingRate);
        Assert.Equal(issued, await invoices.GetAsync(issued.Id));

        var note = await finance.CreditNotesOf(tenant).CreateCreditNoteAsync(new CreateCreditNoteRequest { InvoiceId = issued.Id, Reason = "Returned" }, cancellationToken: Token);
        Assert.Equal((issued.ReportingRate, issued.ReportingTotal), (note.ReportingRate, note.ReportingTotal));
        Assert.Equal("0.5", (await invoices.GetAsync(issued.Id)).ReportingRate);
    }

    [Fact]
    public async Task An_invoice_that_is_issued_before_a_rate_is_known_gets_the_first_one()
    {
        var tenant = await finance.AddTenantAsync();
        var invoices = finance.InvoicesOf(tenant);
        var issued = await CreateAsync(invoices, "USD");
        issued = await invoices.IssueAsync(issued.Id);
        Assert.Null(issued.ReportingTotal);
        foreach (var rate in new[] { "0.5", "0.6" })
            Assert.Equal("SUCCESS", await finance.DeliverAsync(tenant, new ExchangeRatesChanged { Version = finance.Rates.Set(tenant, "USD", "2020-01-01", rate) }));
        Assert.Equal("0.5", (await invoices.GetAsync(issued.Id)).ReportingRate);
    }

    [Fact]
    public async Task The_database_keeps_the_rate_of_an_issued_invoice_whoever_writes()
    {
        var tenant = await finance.AddTenantAsync();
        var invoices = finance.InvoicesOf(tenant);
        var issued = await CreateAsync(invoices, "EUR");
        issued = await invoices.IssueAsync(issued.Id);
        Assert.Equal("1", issued.ReportingRate);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => finance.Database.ExecuteAsync($"UPDATE invoices SET reporting_rate = 2 WHERE id = '{issued.Id}'"));
        Assert.Contains("keeps its rate", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_are_compared_and_sorted_in_the_companys_currency()
    {
        var tenant = await finance.AddTenantAsync();
        var invoices = finance.InvoicesOf(tenant);
        finance.Rates.Set(tenant, "USD", "2020-01-01", "0.5");
        var (euros, dollars, unknown) = (await CreateAsync(invoices, "EUR"), await CreateAsync(invoices, "USD"), await CreateAsync(invoices, "GBP"));
        Assert.Equal([euros.Id], await ListAsync(invoices, $"total >= {euros.Total.Amount}", ""));
        Assert.Equal([dollars.Id], await ListAsync(invoices, $"NOT total >= {euros.Total.Amount}", ""));
        Assert.Equal([dollars.Id, euros.Id, unknown.Id], await ListAsync(invoices, "", "total"));
        Assert.Equal(3, (await ListAsync(invoices, $"total.amount >= {euros.Total.Amount}", "")).Count);
    }

    private static async Task<List<string>> ListAsync(InvoicesService.InvoicesServiceClient invoices, string filter, string orderBy) =>
        [.. (await invoices.ListInvoicesAsync(new ListInvoicesRequest { Filter = filter, OrderBy = orderBy }, cancellationToken: Token)).Invoices.Select(invoice => invoice.Id)];

    private static string Half(string amount) =>
        (decimal.Parse(amount, CultureInfo.InvariantCulture) / 2).ToString("F2", CultureInfo.InvariantCulture);

    private static Task<Invoice> CreateAsync(InvoicesService.InvoicesServiceClient invoices, string currency) => invoices.CreateAsync(Samples.Invoice(Samples.Line(currency: currency)));
}
