using System.Net.Http.Json;
using Grpc.Core;
using Platform.Finance.V1;
using Platform.Testing;
using Xunit;
using static Finance.Tests.Samples;
using Client = Platform.Finance.V1.CreditNotesService.CreditNotesServiceClient;

namespace Finance.Tests.CreditNotes;

public sealed class CreditNoteFacts(FinanceFixture finance) : IClassFixture<FinanceFixture>
{
    [Fact]
    public async Task A_credit_note_mirrors_its_invoice_and_closes_it()
    {
        var tenant = await finance.AddTenantAsync();
        var draft = new Invoice(Invoice(Line("3", "2.99", "4"), Line(unitPrice: "10", rate: "0", category: "Z"))) { TaxRounding = TaxRounding.PerLine };
        var invoice = await finance.InvoicesOf(tenant).IssueAsync((await finance.InvoicesOf(tenant).CreateAsync(draft)).Id);
        var note = await finance.CreditNotesOf(tenant).CreditAsync(invoice.Id, "Returned");

        Assert.Equal(("CN-2026-000001", invoice.Id, invoice.Number, "Returned"), (note.Number, note.InvoiceId, note.InvoiceNumber, note.Reason));
        Assert.Equal((invoice.Seller, invoice.Buyer, invoice.Currency), (note.Seller, note.Buyer, note.Currency));
        Assert.Equal((invoice.NetTotal, invoice.TaxTotal, invoice.Total), (note.NetTotal, note.TaxTotal, note.Total));
        Assert.Equal(invoice.Lines, note.Lines);
        Assert.Equal(invoice.TaxSubtotals, note.TaxSubtotals);
        Assert.Equal(note, await finance.CreditNotesOf(tenant).GetCreditNoteAsync(new GetCreditNoteRequest { Id = note.Id }, cancellationToken: Token));

        var credited = await finance.InvoicesOf(tenant).GetAsync(invoice.Id);
        Assert.Equal((InvoiceStatus.Credited, note.Id, "0.00"), (credited.Status, credited.CreditNoteId, credited.AmountDue.Amount));
        Assert.Equal((invoice.Number, invoice.Total, invoice.Lines), (credited.Number, credited.Total, credited.Lines));
        Assert.Equal(1, await finance.PublishedAsync(invoice.Id, nameof(CreditNoteIssued)));
    }

    [Fact]
    public async Task Twenty_parallel_calls_credit_an_invoice_once()
    {
        var tenant = await finance.AddTenantAsync();
        var invoice = await finance.InvoicesOf(tenant).IssueNewAsync();
        var client = finance.CreditNotesOf(tenant);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.CreditAsync(invoice.Id, $"Reason {i}")));
        Assert.Single(answers.Distinct());
        Assert.Equal(1, await finance.PublishedAsync(invoice.Id, nameof(CreditNoteIssued)));
        var list = await client.ListCreditNotesAsync(new ListCreditNotesRequest { InvoiceId = invoice.Id }, cancellationToken: Token);
        Assert.Equal(answers[0], Assert.Single(list.CreditNotes));
        var second = await finance.InvoicesOf(tenant).IssueNewAsync();
        Assert.Equal("CN-2026-000002", (await client.CreditAsync(second.Id)).Number);
        Assert.Equal(2, (await client.ListCreditNotesAsync(new ListCreditNotesRequest(), cancellationToken: Token)).CreditNotes.Count);
    }

    [Fact]
    public async Task A_draft_has_nothing_to_credit()
    {
        var draft = await finance.InvoicesOf(TestTenants.Acme).CreateAsync(Invoice(Line()));
        await RefusedAsync(StatusCode.FailedPrecondition, "INVOICE_NOT_ISSUED", () => finance.CreditNotesOf(TestTenants.Acme).CreditAsync(draft.Id));
        await RefusedAsync(StatusCode.InvalidArgument, "invoiceId", () => finance.CreditNotesOf(TestTenants.Acme).CreditAsync("INV-2026-000001"));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        var invoice = await finance.InvoicesOf(TestTenants.Acme).IssueNewAsync();
        var note = await finance.CreditNotesOf(TestTenants.Acme).CreditAsync(invoice.Id);
        var globex = finance.CreditNotesOf(TestTenants.Globex);
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => globex.GetCreditNoteAsync(new GetCreditNoteRequest { Id = note.Id }, cancellationToken: Token).ResponseAsync);
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => globex.CreditAsync(invoice.Id));
        Assert.Empty((await globex.ListCreditNotesAsync(new ListCreditNotesRequest { InvoiceId = invoice.Id }, cancellationToken: Token)).CreditNotes);
    }

    [Fact]
    public async Task Rest_and_permissions_are_as_everywhere()
    {
        var invoice = await finance.InvoicesOf(TestTenants.Acme).IssueNewAsync();
        using var rest = finance.RestFor(TestTenants.Acme, All);
        using var created = await rest.PostAsJsonAsync("/api/v1/finance/credit-notes", new { invoiceId = invoice.Id, reason = "Returned" }, Token);
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync(Token));

        var reader = new Client(finance.GrpcFor(TestTenants.Acme, "finance.read"));
        var writer = new Client(finance.GrpcFor(TestTenants.Acme, "finance.write"));
        await RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", () => reader.CreditAsync(invoice.Id));
        await RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", () => writer.GetCreditNoteAsync(new GetCreditNoteRequest(), cancellationToken: Token).ResponseAsync);
        await RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", () => writer.ListCreditNotesAsync(new ListCreditNotesRequest(), cancellationToken: Token).ResponseAsync);
    }
}
