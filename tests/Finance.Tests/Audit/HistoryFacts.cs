using Platform.Audit.V1;
using Platform.Testing;
using Xunit;

namespace Finance.Tests.Audit;

public sealed class HistoryFacts(FinanceFixture finance) : IClassFixture<FinanceFixture>
{
    [Fact]
    public async Task An_invoice_tells_of_its_issue_and_of_the_credit_note_against_it()
    {
        var tenant = await finance.AddTenantAsync();
        var invoice = await finance.InvoicesOf(tenant).IssueNewAsync(Samples.Line());
        var note = await finance.CreditNotesOf(tenant).CreditAsync(invoice.Id);
        var administrator = finance.GrpcFor(tenant, AuditHistory.Permission);
        var history = await administrator.HistoryAsync("finance.invoice", invoice.Id, atLeast: 3);
        Assert.Equal(["create", "issue", "update"], history.Select(entry => entry.Action));
        Assert.Equal(invoice.Number, history[1].After.Fields["number"].StringValue);
        Assert.Equal(("INVOICE_STATUS_DRAFT", "INVOICE_STATUS_ISSUED"), (history[1].Before.Fields["status"].StringValue, history[1].After.Fields["status"].StringValue));
        Assert.Equal(note.Id, history[2].After.Fields["creditNoteId"].StringValue);
        Assert.Equal(["create"], (await administrator.HistoryAsync("finance.credit_note", note.Id)).Select(entry => entry.Action));
        Assert.Equal("Consulting", history[0].After.Fields["lines"].ListValue.Values.Single().StructValue.Fields["description"].StringValue);
    }

    [Fact]
    public async Task A_reaction_to_an_event_names_the_service_and_the_person_who_caused_the_event()
    {
        var (tenant, person) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.Equal("SUCCESS", await finance.DeliverAsync(tenant, new Platform.Tenants.V1.TenantCreated { Tenant = new Platform.Tenants.V1.Tenant(FinanceFixture.Company) { Id = tenant.ToString() } }, causedBy: person));
        var entry = Assert.Single(await finance.GrpcFor(tenant, AuditHistory.Permission).HistoryAsync("finance.finance_settings", tenant.ToString()));
        Assert.Equal(
            (ActorKind.System, "finance", person.ToString(), "event:platform.tenants.v1.TenantCreated", "create"),
            (entry.ActorKind, entry.Actor, entry.OnBehalfOf, entry.Operation, entry.Action));
        Assert.Equal(person.ToString(), await finance.Database.QueryAsync<string>($"SELECT on_behalf_of FROM audit_entries WHERE tenant_id = '{tenant}'"));
    }

    [Fact]
    public async Task An_event_carries_who_caused_it()
    {
        var person = Guid.CreateVersion7();
        var client = new Platform.Finance.V1.InvoicesService.InvoicesServiceClient(finance.Grpc(TestTokens.ForPerson(TestTenants.Acme, person, Samples.All)));
        var invoice = await client.IssueNewAsync(Samples.Line());
        Assert.Equal(person.ToString(), await finance.Database.QueryAsync<string>($"SELECT max(caused_by) FROM outbox_messages WHERE aggregate_id = '{invoice.Id}'"));
    }
}
