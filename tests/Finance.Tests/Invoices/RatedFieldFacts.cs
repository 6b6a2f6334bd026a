using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Finance.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Finance.Tests.Invoices;

/// <summary>Money in custom fields of invoices is compared, sorted and rolled up in the company's currency; an issued invoice keeps the rates of its amounts, and everything else that it says.</summary>
public sealed class RatedFieldFacts(FinanceFixture finance) : IClassFixture<FinanceFixture>
{
    private const string Company = "0190ac3e-0000-7000-8000-00000000c0c0";
    private static readonly Field Bonus = new() { Resource = "finance.invoice", Key = "bonus", Type = FieldType.Money, Label = "Bonus" };
    private static readonly Field Bonuses = RollUp("bonuses", "custom_fields.bonus");
    private static readonly Field Totals = RollUp("totals", "total");

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private InvoicesService.InvoicesServiceClient Invoices => finance.InvoicesOf(_tenant);

    [Fact]
    public async Task Filters_and_orders_follow_a_rate_that_is_corrected_and_an_issued_invoice_keeps_its_own()
    {
        await BeginAsync(Bonus);
        var (dollars, euros, pounds, draft) = (await IssuedAsync("USD", "100"), await IssuedAsync("EUR", "60"), await IssuedAsync("GBP", "5000"), await DraftAsync("USD", "100"));
        Assert.Equal(["bonus"], dollars.CustomFields.Fields.Keys);
        Assert.Equal([euros.Id], await FindAsync("custom_fields.bonus > 55"));
        Assert.Equal([dollars.Id, draft.Id], await FindAsync("custom_fields.bonus = 50", "create_time"));
        Assert.Equal([pounds.Id, euros.Id, draft.Id, dollars.Id], await FindAsync("", "custom_fields.bonus desc, create_time desc"));
        // Without a rate, neither a comparison holds nor its negation.
        Assert.Equal([dollars.Id, draft.Id], await FindAsync("NOT custom_fields.bonus > 55", "create_time"));

        await CorrectAsync("USD", "0.7");
        await CorrectAsync("GBP", "2");
        await CorrectAsync("GBP", "3");
        Assert.Equal([draft.Id], await FindAsync("custom_fields.bonus = 70"));
        Assert.Equal([dollars.Id], await FindAsync("custom_fields.bonus = 50"));
        // Issued before a rate was known, it has the first one.
        Assert.Equal([pounds.Id], await FindAsync("custom_fields.bonus = 10000"));
        Assert.Equal([draft.Id], await FindAsync($"custom_fields.bonus = 70 AND id = {(await Invoices.IssueAsync(draft.Id)).Id}"));
        await finance.CreditNotesOf(_tenant).CreditAsync(dollars.Id);
        Assert.Equal([dollars.Id], await FindAsync("custom_fields.bonus = 50"));
        Assert.Equal(dollars.CustomFields, (await Invoices.GetAsync(dollars.Id)).CustomFields);

        Assert.Equal("SUCCESS", await finance.DeliverAsync(_tenant, new ExchangeRatesChanged { Version = finance.Rates.Reckon(_tenant, "USD") }));
        Assert.Equal([dollars.Id, draft.Id], await FindAsync("custom_fields.bonus = 100", "create_time"));
        using var rest = finance.RestFor(_tenant, Samples.All);
        Assert.DoesNotContain("@bonus", await rest.GetStringAsync(new Uri("/api/v1/finance/invoices:export", UriKind.Relative), Token), StringComparison.Ordinal);
        foreach (var table in new[] { "outbox_messages", "audit_entries" })
            Assert.Equal(0, await finance.Database.QueryAsync<long>($"SELECT count(*) FROM {table} WHERE tenant_id = '{_tenant}' AND {table}::text LIKE '%@bonus%'"));
    }

    [Fact]
    public async Task Issued_invoices_from_before_get_their_rates_once_and_are_rolled_up_while_nothing_that_they_say_changes()
    {
        await BeginAsync(Bonus, Bonuses, Totals);
        var (dollars, draft) = (await IssuedAsync("USD", "100"), await DraftAsync("USD", "300"));
        Assert.Equal((("50", "EUR"), ("150", "EUR")), (await GivenAsync("bonuses", dollars), await GivenAsync("bonuses", draft)));
        Assert.Equal(("119", "EUR"), await GivenAsync("totals", dollars));

        // As a version left it that knew of no rates of theirs.
        await finance.Database.ExecuteAsync(
            $"""
            UPDATE invoices SET custom_fields = custom_fields - '@' - '@bonus' WHERE tenant_id = '{_tenant}';
            UPDATE rate_books SET reported_version = -1 WHERE tenant_id = '{_tenant}';
            """);
        Assert.Empty(await FindAsync("custom_fields.bonus > 0"));
        await CorrectAsync("USD", "0.7");
        Assert.Equal([dollars.Id], await FindAsync("custom_fields.bonus = 70"));
        Assert.Equal((("70", "EUR"), ("210", "EUR")), (await GivenAsync("bonuses", dollars), await GivenAsync("bonuses", draft)));
        await CorrectAsync("USD", "0.2");
        Assert.Equal((("70", "EUR"), ("60", "EUR")), (await GivenAsync("bonuses", dollars), await GivenAsync("bonuses", draft)));

        var now = await Invoices.GetAsync(dollars.Id);
        Assert.Equal(dollars, new Invoice(now) { Etag = dollars.Etag });
        foreach (var change in new[] { "custom_fields || '{\"@bonus\": \"9\"}'", "custom_fields || '{\"note\": \"x\"}'", "custom_fields - 'bonus'", "jsonb_set(custom_fields, '{bonus,amount}', '\"7\"')" })
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => finance.Database.ExecuteAsync($"UPDATE invoices SET custom_fields = {change} WHERE id = '{dollars.Id}'"));
    }

    private static Field RollUp(string key, string value) => new()
    {
        Resource = "contacts.company",
        Key = key,
        Type = FieldType.RollUp,
        Label = key,
        RollUp = new RollUp { Resource = "finance.invoice", Relation = "buyer_company_id", Function = RollUpFunction.Sum, Value = value, InCompanyCurrency = true },
        ResultType = FieldType.Money,
    };

    // A company that has a rate of the dollar, and these fields, which are known here.
    private async Task BeginAsync(params Field[] fields)
    {
        await finance.AddTenantAsync(_tenant);
        var version = finance.Fields.Set(_tenant, fields);
        foreach (var field in fields)
            Assert.Equal("SUCCESS", await finance.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = field }));
        finance.Rates.Set(_tenant, "USD", "2020-01-01", "0.5");
    }

    private async Task<Invoice> DraftAsync(string currency, string bonus)
    {
        var invoice = Samples.Invoice(Samples.Line());
        (invoice.BuyerCompanyId, invoice.CustomFields) = (Company, Struct.Parser.ParseJson($$$"""{"bonus":{"amount":"{{{bonus}}}","currency":"{{{currency}}}"}}"""));
        return await Invoices.CreateAsync(invoice);
    }

    private async Task<Invoice> IssuedAsync(string currency, string bonus) => await Invoices.IssueAsync((await DraftAsync(currency, bonus)).Id);

    private async Task CorrectAsync(string currency, string rate) =>
        Assert.Equal("SUCCESS", await finance.DeliverAsync(_tenant, new ExchangeRatesChanged { Version = finance.Rates.Set(_tenant, currency, "2020-01-01", rate) }));

    private async Task<IEnumerable<string>> FindAsync(string filter, string order = "") =>
        (await Invoices.ListInvoicesAsync(new ListInvoicesRequest { Filter = filter, OrderBy = order }, cancellationToken: Token)).Invoices.Select(invoice => invoice.Id);

    // What the company's service is told last of an invoice, once there is nothing more to tell.
    private async Task<(string Amount, string Currency)> GivenAsync(string rollUp, Invoice invoice)
    {
        await Eventually.HoldsAsync(async () => await finance.Database.QueryAsync<bool>(
            $"""
            SELECT bool_and(state = 'Ready' AND is_told) AND NOT EXISTS (SELECT FROM roll_up_changes WHERE tenant_id = '{_tenant}')
            FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND kind = 'RollUp'
            """), TimeSpan.FromSeconds(60));
        var rows = await finance.Database.QueryAsync<string>(
            $"SELECT coalesce(json_agg(data ORDER BY id), '[]')::text FROM outbox_messages WHERE tenant_id = '{_tenant}' AND type = '{RollUpInputsTold.Descriptor.FullName}'");
        var given = JsonSerializer.Deserialize<string[]>(rows)!.Select(RollUpInputsTold.Parser.ParseJson).Where(told => told.RollUp.Contains($"/{rollUp}@", StringComparison.Ordinal))
            .SelectMany(told => told.Given).Last(given => given.RecordId == invoice.Id);
        Assert.Equal(Company, given.ParentId);
        return (decimal.Parse(given.Number, System.Globalization.CultureInfo.InvariantCulture).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture), given.Word);
    }
}
