using Grpc.Core;
using Platform.Access.V1;
using Platform.Finance.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Finance.Tests.Access;

public sealed class AccessFacts(FinanceFixture finance) : IClassFixture<FinanceFixture>
{
    [Fact]
    public async Task A_credit_note_is_seen_by_those_who_see_its_invoice_and_hides_the_same_fields()
    {
        var client = finance.InvoicesOf(TestTenants.Acme);
        var small = await client.IssueAsync((await client.CreateAsync(Samples.Invoice(Samples.Line()))).Id);
        var large = await client.IssueAsync((await client.CreateAsync(Samples.Invoice(Samples.Line(quantity: "100")))).Id);
        foreach (var invoice in new[] { small, large })
            await finance.CreditNotesOf(TestTenants.Acme).CreateCreditNoteAsync(new CreateCreditNoteRequest { InvoiceId = invoice.Id }, cancellationToken: Samples.Token);

        var fiona = Person(
            Rows("Small ones", PolicyEffect.Allow, "total < 1000", "read"),
            Fields("No totals", ("total", FieldAccess.Hidden)));
        var notes = (await new CreditNotesService.CreditNotesServiceClient(fiona).ListCreditNotesAsync(new ListCreditNotesRequest(), cancellationToken: Samples.Token)).CreditNotes;
        var note = Assert.Single(notes, note => note.InvoiceId == small.Id || note.InvoiceId == large.Id);
        Assert.Equal(small.Id, note.InvoiceId);
        Assert.Null(note.Total);
        Assert.NotNull(note.NetTotal);
        var seen = await new InvoicesService.InvoicesServiceClient(fiona).GetInvoiceAsync(new GetInvoiceRequest { Id = small.Id }, cancellationToken: Samples.Token);
        Assert.Null(seen.Total);
    }

    [Fact]
    public async Task A_replacing_update_keeps_what_its_author_may_not_write()
    {
        var client = finance.InvoicesOf(TestTenants.Acme);
        var draft = Samples.Invoice(Samples.Line());
        draft.DueDate = "2099-12-31";
        var invoice = await client.CreateAsync(draft);
        var fiona = new InvoicesService.InvoicesServiceClient(Person(Fields("Dates are fixed", ("due_date", FieldAccess.ReadOnly))));
        var change = Samples.Invoice(Samples.Line(quantity: "2"));
        change.Id = invoice.Id;
        var changed = await fiona.UpdateInvoiceAsync(new UpdateInvoiceRequest { Invoice = change }, cancellationToken: Samples.Token);
        Assert.Equal(("2099-12-31", "200.00"), (changed.DueDate, changed.NetTotal.Amount));
        change.DueDate = "2098-12-31";
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await fiona.UpdateInvoiceAsync(new UpdateInvoiceRequest { Invoice = change }, cancellationToken: Samples.Token));
        Assert.Contains("invoice.dueDate", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_a_draft_is_for_stays_when_somebody_changes_it_who_may_not_see_that()
    {
        var invoice = await finance.InvoicesOf(TestTenants.Acme).CreateAsync(Samples.Invoice(Samples.Line()));
        var fiona = new InvoicesService.InvoicesServiceClient(Person(Fields("Buyers are secret", ("buyer", FieldAccess.Hidden))));
        var change = Samples.Invoice(Samples.Line(quantity: "2"));
        (change.Id, change.Buyer) = (invoice.Id, null);
        var changed = await fiona.UpdateInvoiceAsync(new UpdateInvoiceRequest { Invoice = change }, cancellationToken: Samples.Token);
        Assert.Equal((null, "200.00"), (changed.Buyer, changed.NetTotal.Amount));

        // A part that is masked is kept, and what is beside it is changed.
        var greta = new InvoicesService.InvoicesServiceClient(Person(Fields("No addresses", ("buyer.email", FieldAccess.Masked))));
        change.Buyer = new Party { Name = "Buyer Renamed" };
        Assert.Equal("Buyer Renamed", (await greta.UpdateInvoiceAsync(new UpdateInvoiceRequest { Invoice = change }, cancellationToken: Samples.Token)).Buyer.Name);
        var stored = await finance.InvoicesOf(TestTenants.Acme).GetInvoiceAsync(new GetInvoiceRequest { Id = invoice.Id }, cancellationToken: Samples.Token);
        Assert.Equal(("Buyer Renamed", "accounts@buyer.example"), (stored.Buyer.Name, stored.Buyer.Email));
        change.Buyer.Email = "thief@example.com";
        await Assert.ThrowsAsync<RpcException>(async () => await greta.UpdateInvoiceAsync(new UpdateInvoiceRequest { Invoice = change }, cancellationToken: Samples.Token));
    }

    [Fact]
    public async Task The_export_has_the_fields_of_its_reader_and_no_lines()
    {
        await finance.InvoicesOf(TestTenants.Acme).CreateAsync(Samples.Invoice(Samples.Line()));
        var id = Guid.CreateVersion7();
        Person(id, Fields("Buyers are secret", ("buyer", FieldAccess.Hidden)));
        using var rest = finance.Rest(TestTokens.ForPerson(TestTenants.Acme, id));
        var lines = (await rest.GetStringAsync(new Uri("/api/v1/finance/invoices:export", UriKind.Relative), Samples.Token)).Split("\r\n");
        Assert.StartsWith("id,number,status,source_type,source_id,seller.name", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("buyer.", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Buyer Ltd", string.Concat(lines), StringComparison.Ordinal);
        Assert.Contains("net_total.amount", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issued_invoice_can_be_shared_though_it_cannot_be_changed()
    {
        var client = finance.InvoicesOf(TestTenants.Acme);
        var invoice = await client.IssueAsync((await client.CreateAsync(Samples.Invoice(Samples.Line()))).Id);
        var id = Guid.CreateVersion7();
        var fiona = new InvoicesService.InvoicesServiceClient(Person(id, Rows("None", PolicyEffect.Allow, "total < 0", "read")));
        var read = new GetInvoiceRequest { Id = invoice.Id };
        await Assert.ThrowsAsync<RpcException>(async () => await fiona.GetInvoiceAsync(read, cancellationToken: Samples.Token));
        await new FinanceAccessService.FinanceAccessServiceClient(finance.GrpcFor(TestTenants.Acme, Samples.All)).ShareRecordAsync(
            new ShareRecordRequest { Resource = "finance.invoice", Id = invoice.Id, Share = new Share { UserId = id.ToString(), Level = ShareLevel.Read } }, cancellationToken: Samples.Token);
        Assert.Equal(invoice.Number, (await fiona.GetInvoiceAsync(read, cancellationToken: Samples.Token)).Number);
    }

    private CallInvoker Person(params AccessPolicy[] policies) => Person(Guid.CreateVersion7(), policies);

    private CallInvoker Person(Guid id, params AccessPolicy[] policies)
    {
        finance.Access.Set(TestTenants.Acme, new Platform.Tenants.V1.Access { UserId = id.ToString(), Permissions = { Samples.All }, Policies = { policies } });
        return finance.Grpc(TestTokens.ForPerson(TestTenants.Acme, id));
    }

    private static AccessPolicy Rows(string name, PolicyEffect effect, string filter, params string[] actions) => new()
    {
        Id = name,
        Name = name,
        Resource = "finance.invoice",
        Specificity = PolicySpecificity.Role,
        Effect = effect,
        Actions = { actions },
        Filter = filter,
    };

    private static AccessPolicy Fields(string name, params (string Path, FieldAccess Access)[] rules) => new()
    {
        Id = name,
        Name = name,
        Resource = "finance.invoice",
        Specificity = PolicySpecificity.Role,
        FieldRules = { rules.Select(rule => new FieldRule { Path = rule.Path, Access = rule.Access }) },
    };
}
