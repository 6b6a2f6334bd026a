using System.Text.Json.Nodes;
using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Finance.V1;
using Platform.Testing;
using Xunit;
using static Finance.Tests.Samples;

namespace Finance.Tests.Invoices;

public sealed class InvoiceFieldFacts(FinanceFixture finance) : IClassFixture<FinanceFixture>
{
    [Fact]
    public async Task Custom_fields_of_invoices_hold_at_the_door_and_what_is_wrong_is_said_in_Russian()
    {
        var tenant = await finance.AddTenantAsync();
        using var rest = finance.RestFor(tenant, All);
        var door = new FieldDoor(rest, "finance.invoice", "invoice", "/api/v1/finance/invoices", _ => new JsonObject { ["currency"] = "EUR", ["buyer"] = new JsonObject { ["name"] = "Buyer Ltd" } });
        await finance.DeliverAsync(tenant, new FieldsChanged { Version = finance.Fields.Set(tenant, [.. door.Fields]), Field = door.Fields.Single(field => field.Unique) });
        var faults = await door.FaultsAsync(Token);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task Some_fields_of_a_draft_are_changed_and_the_others_stay()
    {
        var tenant = await finance.AddTenantAsync();
        var invoices = finance.InvoicesOf(tenant);
        var draft = await invoices.CreateAsync(Invoice(Line()));
        var due = await invoices.PatchInvoiceAsync(new PatchInvoiceRequest { Invoice = new Invoice { Id = draft.Id, Etag = draft.Etag, DueDate = "2030-01-31" } }, cancellationToken: Token);
        Assert.Equal(("2030-01-31", draft.Total, draft.Buyer), (due.DueDate, due.Total, due.Buyer));
        await RefusedAsync(StatusCode.Aborted, "STALE_ETAG", () => invoices.PatchInvoiceAsync(new PatchInvoiceRequest { Invoice = draft }, cancellationToken: Token).ResponseAsync);
        await RefusedAsync(StatusCode.InvalidArgument, "invoice.lines[0]", () => invoices.PatchInvoiceAsync(
            new PatchInvoiceRequest { Invoice = new Invoice { Id = draft.Id, Currency = "USD" } }, cancellationToken: Token).ResponseAsync);
        var cleared = await invoices.PatchInvoiceAsync(new PatchInvoiceRequest { Invoice = new Invoice { Id = draft.Id }, UpdateMask = new() { Paths = { "due_date" } } }, cancellationToken: Token);
        Assert.Equal(("", 1), (cleared.DueDate, cleared.Lines.Count));
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => finance.InvoicesOf(TestTenants.Globex).PatchInvoiceAsync(new PatchInvoiceRequest { Invoice = new Invoice { Id = draft.Id } }, cancellationToken: Token).ResponseAsync);
        await invoices.IssueAsync(draft.Id);
        await RefusedAsync(StatusCode.FailedPrecondition, "INVOICE_ISSUED", () => invoices.PatchInvoiceAsync(
            new PatchInvoiceRequest { Invoice = new Invoice { Id = draft.Id, DueDate = "2030-02-28" } }, cancellationToken: Token).ResponseAsync);
        Assert.Equal(2, await finance.PublishedAsync(draft.Id, "InvoiceUpdated"));
    }
}
