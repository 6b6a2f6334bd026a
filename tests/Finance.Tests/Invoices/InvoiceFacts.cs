using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Common.V1;
using Platform.Finance.V1;
using Platform.Testing;
using Xunit;
using static Finance.Tests.Samples;
using Client = Platform.Finance.V1.InvoicesService.InvoicesServiceClient;

namespace Finance.Tests.Invoices;

public sealed class InvoiceFacts(FinanceFixture finance) : IClassFixture<FinanceFixture>
{
    private Client Acme => finance.InvoicesOf(TestTenants.Acme);

    private Client Globex => finance.InvoicesOf(TestTenants.Globex);

    [Fact]
    public async Task A_draft_has_totals_and_no_number()
    {
        var draft = await Acme.CreateAsync(Invoice(Line("2", "9.99"), Line(unitPrice: "5", rate: "7")));
        Assert.Equal(draft, await Acme.GetAsync(draft.Id));
        Assert.Equal(("", "", InvoiceStatus.Draft), (draft.Number, draft.IssueDate, draft.Status));
        Assert.Equal(("24.98", "4.15", "29.13", "29.13"), (draft.NetTotal.Amount, draft.TaxTotal.Amount, draft.Total.Amount, draft.AmountDue.Amount));
        Assert.Equal([("7", "5.00", "0.35"), ("19", "19.98", "3.80")], draft.TaxSubtotals.Select(group => (group.Rate, group.Taxable.Amount, group.Tax.Amount)));
        Assert.Equal([1, 2], draft.Lines.Select(line => line.Position));
        Assert.Equal(TaxRounding.PerDocument, draft.TaxRounding);
    }

    // Whoever looks at a customer, or takes an import of customers back, asks for these.
    [Fact]
    public async Task What_a_customer_was_invoiced_is_found_by_an_index()
    {
        foreach (var column in (string[])["buyer_company_id", "buyer_person_id"])
            Assert.True(await finance.Database.QueryAsync<bool>($"SELECT EXISTS (SELECT FROM pg_indexes WHERE tablename = 'invoices' AND indexdef ~ '\\(tenant_id, {column}[,)]')"), column);
    }

    [Fact]
    public async Task A_source_is_invoiced_once()
    {
        var invoice = Invoice(Line());
        (invoice.SourceType, invoice.SourceId) = ("deal", Guid.NewGuid().ToString());
        var client = Acme;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.CreateAsync(invoice)));
        Assert.Single(answers.Distinct());
        Assert.Equal(answers[0], await Acme.CreateAsync(new Invoice(invoice) { Buyer = new Party { Name = "Somebody else" } }));
        var list = await Acme.ListInvoicesAsync(new ListInvoicesRequest { SourceType = "deal", SourceId = invoice.SourceId }, cancellationToken: Token);
        Assert.Equal(answers[0], Assert.Single(list.Invoices));
        Assert.NotEqual(answers[0].Id, (await Globex.CreateAsync(invoice)).Id);
    }

    [Fact]
    public async Task Custom_fields_of_a_draft_are_replaced_and_frozen_at_issue()
    {
        var invoice = Invoice(Line());
        invoice.CustomFields = Struct.Parser.ParseJson("""{"region":"north","size":4}""");
        var draft = await Acme.CreateAsync(invoice);
        Assert.Equal(invoice.CustomFields, draft.CustomFields);
        var change = new Invoice(draft) { CustomFields = Struct.Parser.ParseJson("""{"region":"south"}""") };
        draft = await Acme.UpdateInvoiceAsync(new UpdateInvoiceRequest { Invoice = change }, cancellationToken: Token);
        Assert.Equal(change.CustomFields, draft.CustomFields);
        Assert.Equal(draft.CustomFields, (await Acme.IssueAsync(draft.Id)).CustomFields);
        var found = await Acme.ListInvoicesAsync(new ListInvoicesRequest { Filter = $"custom_fields.region = south AND id = {draft.Id}", OrderBy = "custom_fields.region" }, cancellationToken: Token);
        Assert.Equal(change.CustomFields, Assert.Single(found.Invoices).CustomFields);
        change.CustomFields.Fields["nothing"] = Value.ForNumber(1);
        await RefusedAsync(StatusCode.InvalidArgument, "invoice.customFields.nothing", () => Acme.CreateAsync(new Invoice(change) { Id = "" }));
    }

    [Fact]
    public async Task A_draft_is_replaced_and_deleted()
    {
        var draft = await Acme.CreateAsync(Invoice(Line()));
        var change = new Invoice(draft) { Buyer = new Party { Name = "Other Ltd" }, DueDate = "2099-01-31" };
        change.Lines.Clear();
        change.Lines.Add(Line("3", "10"));
        var updated = await Acme.UpdateInvoiceAsync(new UpdateInvoiceRequest { Invoice = change }, cancellationToken: Token);
        Assert.Equal(("Other Ltd", "2099-01-31", "35.70"), (updated.Buyer.Name, updated.DueDate, updated.Total.Amount));
        Assert.Equal(updated, await Acme.GetAsync(draft.Id));
        await RefusedAsync(StatusCode.Aborted, "STALE_ETAG", () => Acme.UpdateInvoiceAsync(new UpdateInvoiceRequest { Invoice = change }, cancellationToken: Token).ResponseAsync);
        var dollars = new Invoice(Invoice(Line(currency: "USD"))) { Id = draft.Id };
        await RefusedAsync(StatusCode.InvalidArgument, "invoice.currency", () => Acme.UpdateInvoiceAsync(new UpdateInvoiceRequest { Invoice = dollars }, cancellationToken: Token).ResponseAsync);

        await RefusedAsync(StatusCode.Aborted, "STALE_ETAG", () => DeleteAsync(draft.Id, draft.Etag));
        await DeleteAsync(draft.Id, updated.Etag);
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => Acme.GetAsync(draft.Id));
    }

    [Fact]
    public async Task An_issued_invoice_is_not_changed()
    {
        var issued = await Acme.IssueNewAsync();
        await RefusedAsync(StatusCode.FailedPrecondition, "INVOICE_ISSUED", () => Acme.UpdateInvoiceAsync(new UpdateInvoiceRequest { Invoice = issued }, cancellationToken: Token).ResponseAsync);
        await RefusedAsync(StatusCode.FailedPrecondition, "INVOICE_ISSUED", () => DeleteAsync(issued.Id, issued.Etag));
        Assert.Equal(issued, await Acme.GetAsync(issued.Id));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        var id = (await Acme.IssueNewAsync()).Id;
        Func<Task>[] calls =
        [
            () => Globex.GetAsync(id),
            () => Globex.UpdateInvoiceAsync(new UpdateInvoiceRequest { Invoice = new Invoice(Invoice(Line())) { Id = id } }, cancellationToken: Token).ResponseAsync,
            () => Globex.DeleteInvoiceAsync(new DeleteInvoiceRequest { Id = id }, cancellationToken: Token).ResponseAsync,
            () => Globex.IssueAsync(id),
            () => finance.CreditNotesOf(TestTenants.Globex).CreditAsync(id),
        ];
        foreach (var call in calls)
            await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", call);
        var list = await Globex.ListInvoicesAsync(new ListInvoicesRequest { PageSize = 200 }, cancellationToken: Token);
        Assert.DoesNotContain(list.Invoices, invoice => invoice.Id == id);
    }

    [Fact]
    public async Task Lists_are_filtered_and_paged()
    {
        var client = finance.InvoicesOf(await finance.AddTenantAsync());
        var company = Guid.CreateVersion7().ToString();
        var draft = await client.CreateAsync(new Invoice(Invoice(Line())) { BuyerCompanyId = company });
        var issued = await client.IssueNewAsync();
        Assert.Equal([issued.Id, draft.Id], await ListAsync(client, new ListInvoicesRequest { PageSize = 1 }));
        Assert.Equal([issued.Id], await ListAsync(client, new ListInvoicesRequest { Status = InvoiceStatus.Issued }));
        Assert.Equal([draft.Id], await ListAsync(client, new ListInvoicesRequest { BuyerCompanyId = company }));
        await RefusedAsync(StatusCode.InvalidArgument, "pageSize", () => ListAsync(client, new ListInvoicesRequest { PageSize = 201 }));
    }

    [Fact]
    public async Task Lists_speak_the_filter_language()
    {
        var client = finance.InvoicesOf(await finance.AddTenantAsync());
        var draft = await client.CreateAsync(Invoice(Line(unitPrice: "900")));
        var small = await client.IssueNewAsync(Line(unitPrice: "10"));
        var large = await client.IssueNewAsync(Line(unitPrice: "500"));

        Assert.Equal([large.Id, small.Id], await ListAsync(client, new ListInvoicesRequest { Filter = "number:*", OrderBy = "number desc", PageSize = 1 }));
        Assert.Equal([draft.Id, large.Id], await ListAsync(client, new ListInvoicesRequest { Filter = "total > 100", OrderBy = "total desc", PageSize = 1 }));
        Assert.Equal([small.Id, large.Id, draft.Id], await ListAsync(client, new ListInvoicesRequest { OrderBy = "due_date, total", PageSize = 1 }));
        Assert.Equal([draft.Id], await ListAsync(client, new ListInvoicesRequest { Filter = "due_date = null" }));
        Assert.Empty(await ListAsync(client, new ListInvoicesRequest { Filter = "status = INVOICE_STATUS_ISSUED AND due_date < today() AND amount_due > 0" }));
        await RefusedAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => ListAsync(client, new ListInvoicesRequest { Filter = "total > many" }));
    }

    public static TheoryData<string, Action<Invoice>> Wrong => new()
    {
        { "invoice.buyer", invoice => invoice.Buyer = null },
        { "invoice.buyer.name", invoice => invoice.Buyer.Name = "" },
        { "invoice.buyer.address.country", invoice => invoice.Buyer.Address = new Address { Country = "Germany" } },
        { "invoice.buyer.email", invoice => invoice.Buyer.Email = "nobody" },
        { "invoice.currency", invoice => invoice.Currency = "EURO" },
        { "invoice.sourceId", invoice => invoice.SourceType = "deal" },
        { "invoice.dueDate", invoice => invoice.DueDate = "2026-02-30" },
        { "invoice.buyerCompanyId", invoice => invoice.BuyerCompanyId = "acme" },
        { "invoice.lines[0]", invoice => invoice.Lines[0].UnitPrice.Currency = "USD" },
        { "invoice.lines[0].quantity", invoice => invoice.Lines[0].Quantity = "-1" },
        { "invoice.lines[0].taxRate", invoice => invoice.Lines[0].TaxCategory = "Z" },
        { "invoice.lines[0].taxRate", invoice => invoice.Lines[0].TaxRate = "0" },
        { "invoice.lines", invoice => invoice.Lines.Add(Line(rate: "0", category: "O")) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_field_is_named(string field, Action<Invoice> spoil)
    {
        var invoice = Invoice(Line());
        spoil(invoice);
        await RefusedAsync(StatusCode.InvalidArgument, field, () => Acme.CreateAsync(invoice));
    }

    [Fact]
    public async Task Rest_speaks_the_same_contract()
    {
        using var client = finance.RestFor(TestTenants.Acme, All);
        var body = new
        {
            currency = "EUR",
            buyer = new { name = "Buyer Ltd" },
            lines = new[] { new { description = "Hours", quantity = "1.5", unit = "HUR", unitPrice = new { currency = "EUR", amount = "80" }, taxRate = "19" } },
        };
        using var created = await client.PostAsJsonAsync("/api/v1/finance/invoices", body, Token);
        var text = await created.Content.ReadAsStringAsync(Token);
        Assert.True(created.IsSuccessStatusCode, text);
        var id = JsonDocument.Parse(text).RootElement.GetProperty("id").GetString();
        using var issued = await client.PostAsJsonAsync($"/api/v1/finance/invoices/{id}:issue", new { }, Token);
        var invoice = JsonDocument.Parse(await issued.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal("142.80", invoice.GetProperty("total").GetProperty("amount").GetString());
        using var gone = await client.DeleteAsync(new Uri($"/api/v1/finance/invoices/{id}", UriKind.Relative), Token);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (gone.StatusCode, gone.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Every_call_needs_its_permission()
    {
        var reader = new Client(finance.GrpcFor(TestTenants.Acme, "finance.read"));
        var writer = new Client(finance.GrpcFor(TestTenants.Acme, "finance.write"));
        var id = Guid.CreateVersion7().ToString();
        Func<Task>[] calls =
        [
            () => writer.GetAsync(id),
            () => writer.ListInvoicesAsync(new ListInvoicesRequest(), cancellationToken: Token).ResponseAsync,
            () => reader.CreateAsync(Invoice(Line())),
            () => reader.UpdateInvoiceAsync(new UpdateInvoiceRequest(), cancellationToken: Token).ResponseAsync,
            () => reader.DeleteInvoiceAsync(new DeleteInvoiceRequest { Id = id }, cancellationToken: Token).ResponseAsync,
            () => reader.IssueAsync(id),
        ];
        foreach (var call in calls)
            await RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", call);
    }

    [Fact]
    public async Task A_service_account_acts_in_the_tenant_that_it_names()
    {
        var token = TestTokens.ForService("finance.write");
        var nowhere = new Client(finance.Grpc(token));
        await RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", () => nowhere.CreateAsync(Invoice(Line())));
        var automation = new Client(finance.Grpc(token, ("x-tenant-id", TestTenants.Acme.ToString())));
        var issued = await automation.IssueNewAsync();
        Assert.Equal(issued, await Acme.GetAsync(issued.Id));
    }

    private async Task DeleteAsync(string id, string etag) => await Acme.DeleteInvoiceAsync(new DeleteInvoiceRequest { Id = id, Etag = etag }, cancellationToken: Token);

    private static async Task<List<string>> ListAsync(Client client, ListInvoicesRequest request)
    {
        var seen = new List<string>();
        do
        {
            var page = await client.ListInvoicesAsync(request, cancellationToken: Token);
            seen.AddRange(page.Invoices.Select(invoice => invoice.Id));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return seen;
    }
}
