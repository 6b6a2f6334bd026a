using Automation.Tests.Harness;
using Platform.Automation.V1;
using Platform.Deals.V1;
using Platform.Errors;
using Platform.Finance.V1;
using Platform.Testing;
using Xunit;

namespace Automation.Tests.QuoteToCash;

public sealed class SagaFacts(AutomationFixture automation) : IClassFixture<AutomationFixture>
{
    [Fact]
    public async Task A_won_deal_is_invoiced_mailed_and_told_on_the_timeline()
    {
        var deal = automation.World.WonDeal("customer.example");
        await automation.WinAsync(deal);
        var process = await automation.UntilEndedAsync(deal);
        Assert.Equal((ProcessStatus.Completed, "", "quote-to-cash"), (process.Status, process.Error, process.Type));
        Assert.Equal(["create-invoice", "issue-invoice", "send-email-1", "write-timeline"], process.Steps.Select(step => step.Name));
        Assert.All(process.Steps, step => Assert.Equal((StepStatus.Completed, 1, false), (step.Status, step.Attempts, step.Compensation)));
        Assert.All(process.Steps, step => Assert.True(step.EndTime >= step.StartTime && step.ResultId.Length > 0));

        var invoice = automation.World.InvoiceOf(deal)!;
        Assert.Equal((InvoiceStatus.Issued, "deal", deal.CompanyId, deal.PersonId), (invoice.Status, invoice.SourceType, invoice.BuyerCompanyId, invoice.BuyerPersonId));
        Assert.Equal((automation.World.Companies[deal.CompanyId].Name, automation.World.People[deal.PersonId].Email, "Hamburg"), (invoice.Buyer.Name, invoice.Buyer.Email, invoice.Buyer.Address.City));
        Assert.Equal(("12", "100.07", "19"), (invoice.Lines[0].Quantity, invoice.Lines[0].UnitPrice.Amount, invoice.Lines[0].TaxRate));
        var email = Assert.Single(automation.World.EmailsOf(deal));
        Assert.Equal(("invoice-issued", "ru", invoice.Buyer.Email), (email.Template, email.Language, email.To));
        Assert.Equal(invoice.Number, email.Model.Fields["invoice"].StructValue.Fields["number"].StringValue);
        var entry = automation.World.Timeline[$"invoice:{invoice.Id}"];
        Assert.Equal((deal.CompanyId, deal.PersonId), (entry.CompanyId, entry.PersonId));
        Assert.Empty(deal.FlagCode);
        Assert.Equal(1L, await EndedEventsAsync(process));
    }

    [Fact]
    public async Task Every_call_is_made_by_the_service_account_in_the_tenant_of_the_deal_for_the_person_who_won_it()
    {
        var (deal, seller) = (automation.World.WonDeal("customer.example"), Guid.CreateVersion7());
        await automation.WinAsync(deal, causedBy: seller);
        await automation.UntilEndedAsync(deal);
        string[] ids = [deal.Id, deal.CompanyId, deal.PersonId, automation.World.InvoiceOf(deal)!.Id];
        var calls = automation.World.Calls.Where(call => ids.Contains(call.Id)).ToList();
        Assert.True(calls.Count >= 6);
        Assert.All(calls, call => Assert.Equal((TestTenants.Acme, $"Bearer {AccountHandler.Token}", $"{seller}"), (call.Tenant, call.Authorization, call.OnBehalfOf)));
        var history = await automation.GrpcFor(TestTenants.Acme, AuditHistory.Permission).HistoryAsync("automation.process", (await automation.UntilEndedAsync(deal)).Id, atLeast: 2);
        Assert.All(history, entry => Assert.Equal(("automation", $"{seller}"), (entry.Actor, entry.OnBehalfOf)));
    }

    [Fact]
    public async Task The_same_deal_won_twice_is_one_process()
    {
        var deal = automation.World.WonDeal("customer.example");
        var eventId = Guid.CreateVersion7();
        await Task.WhenAll(automation.WinAsync(deal, eventId), automation.WinAsync(deal, eventId), automation.WinAsync(deal));
        await automation.UntilEndedAsync(deal);
        await automation.WinAsync(deal);
        await automation.UntilEndedAsync(deal);
        Assert.Equal((1, 1), (automation.World.Count("CreateInvoice", deal.Id), automation.World.EmailsOf(deal).Count));
        Assert.Equal(1L, await automation.Database.QueryAsync<long>($"SELECT count(*) FROM processes WHERE subject_id = '{deal.Id}'"));
    }

    [Fact]
    public async Task An_invoice_that_cannot_be_delivered_is_credited_after_three_tries_and_the_deal_flagged()
    {
        var deal = automation.World.WonDeal("nowhere.invalid");
        await automation.WinAsync(deal);
        var process = await automation.UntilEndedAsync(deal);
        Assert.Equal((ProcessStatus.Compensated, "550 No such mailbox"), (process.Status, process.Error));
        Assert.Equal(
            ["create-invoice", "issue-invoice", "send-email-1", "send-email-2", "send-email-3", "credit-invoice", "flag-deal", "write-timeline"],
            process.Steps.Select(step => step.Name));
        Assert.All(process.Steps.Where(step => step.Name.StartsWith("send-email", StringComparison.Ordinal)), step => Assert.Equal((StepStatus.Failed, "550 No such mailbox"), (step.Status, step.Error)));
        Assert.Equal([true, true, true], process.Steps.TakeLast(3).Select(step => step.Compensation));
        Assert.Contains("550", automation.World.CreditNotes[automation.World.InvoiceOf(deal)!.Id].Reason, StringComparison.Ordinal);
        Assert.Equal(("INVOICE_NOT_DELIVERED", "550 No such mailbox"), (deal.FlagCode, deal.FlagReason));
        Assert.Equal(3, automation.World.EmailsOf(deal).Count);
        Assert.Equal(1L, await EndedEventsAsync(process));
    }

    [Fact]
    public async Task A_second_email_that_arrives_is_enough()
    {
        var deal = automation.World.WonDeal("second.example");
        await automation.WinAsync(deal);
        var process = await automation.UntilEndedAsync(deal);
        Assert.Equal(ProcessStatus.Completed, process.Status);
        Assert.Equal([StepStatus.Failed, StepStatus.Completed], process.Steps.Where(step => step.Name.StartsWith("send-email", StringComparison.Ordinal)).Select(step => step.Status));
    }

    [Fact]
    public async Task A_lost_word_of_the_email_is_asked_for()
    {
        var deal = automation.World.WonDeal("silent.example");
        await automation.WinAsync(deal);
        Assert.Equal(ProcessStatus.Completed, (await automation.UntilEndedAsync(deal)).Status);
    }

    [Theory]
    [InlineData("CreateInvoice", "create-invoice")]
    [InlineData("IssueInvoice", "issue-invoice")]
    [InlineData("SendEmail", "send-email-1")]
    [InlineData("CreateActivity", "write-timeline")]
    public async Task A_service_that_is_away_for_a_while_is_waited_for(string method, string step)
    {
        var deal = automation.World.WonDeal("customer.example");
        automation.World.Interrupt(method, times: 2);
        await automation.WinAsync(deal);
        var process = await automation.UntilEndedAsync(deal);
        Assert.Equal(ProcessStatus.Completed, process.Status);
        Assert.Equal((StepStatus.Completed, 3, ""), process.Steps.Where(found => found.Name == step).Select(found => (found.Status, found.Attempts, found.Error)).Single());
        Assert.Single(automation.World.EmailsOf(deal));
    }

    [Fact]
    public async Task A_customer_without_an_email_address_gets_a_credit_note_at_once()
    {
        var deal = automation.World.WonDeal("");
        await automation.WinAsync(deal);
        var process = await automation.UntilEndedAsync(deal);
        Assert.Equal(ProcessStatus.Compensated, process.Status);
        Assert.StartsWith("CUSTOMER_WITHOUT_EMAIL", process.Error, StringComparison.Ordinal);
        Assert.Equal(1, process.Steps.Single(step => step.Name == "send-email-1").Attempts);
        Assert.True(automation.World.CreditNotes.ContainsKey(automation.World.InvoiceOf(deal)!.Id));
        Assert.Equal("INVOICE_NOT_DELIVERED", deal.FlagCode);
    }

    [Fact]
    public async Task A_draft_that_finance_refuses_to_issue_is_discarded()
    {
        var deal = automation.World.WonDeal("customer.example");
        automation.World.Refuse("IssueInvoice", Error.Precondition("LEGAL_ENTITY_MISSING", "Name the legal entity first."));
        await automation.WinAsync(deal);
        var process = await automation.UntilEndedAsync(deal);
        Assert.Equal(ProcessStatus.Compensated, process.Status);
        Assert.Contains("LEGAL_ENTITY_MISSING", process.Error, StringComparison.Ordinal);
        Assert.Equal(["create-invoice", "issue-invoice", "discard-draft", "flag-deal", "write-timeline"], process.Steps.Select(step => step.Name));
        Assert.Null(automation.World.InvoiceOf(deal));
        Assert.Empty(automation.World.EmailsOf(deal));
    }

    [Fact]
    public async Task A_deal_that_finance_refuses_is_flagged_and_nothing_else_is_done()
    {
        var deal = automation.World.WonDeal("customer.example");
        automation.World.Refuse("CreateInvoice", Error.Invalid("invoice.currency", "Unknown currency."));
        await automation.WinAsync(deal);
        var process = await automation.UntilEndedAsync(deal);
        Assert.Equal(ProcessStatus.Compensated, process.Status);
        Assert.Equal(["create-invoice", "flag-deal", "write-timeline"], process.Steps.Select(step => step.Name));
    }

    [Fact]
    public async Task A_compensation_that_is_refused_stops_the_process_for_a_person()
    {
        var deal = automation.World.WonDeal("nowhere.invalid");
        automation.World.Refuse("CreateCreditNote", Error.Precondition("PERIOD_CLOSED", "The period is closed."));
        await automation.WinAsync(deal);
        var process = await automation.UntilEndedAsync(deal);
        Assert.Equal(ProcessStatus.Failed, process.Status);
        Assert.Contains("PERIOD_CLOSED", process.Error, StringComparison.Ordinal);
        Assert.Equal("INVOICE_PROCESS_STOPPED", deal.FlagCode);
    }

    [Fact]
    public async Task A_timeline_that_refuses_its_entry_takes_nothing_back()
    {
        var deal = automation.World.WonDeal("customer.example");
        automation.World.Refuse("CreateActivity", Error.NotFound("person", deal.PersonId));
        await automation.WinAsync(deal);
        var process = await automation.UntilEndedAsync(deal);
        Assert.Equal((ProcessStatus.Completed, StepStatus.Failed), (process.Status, process.Steps[^1].Status));
        Assert.False(automation.World.CreditNotes.ContainsKey(automation.World.InvoiceOf(deal)!.Id));
    }

    [Fact]
    public async Task The_service_restarted_in_the_middle_goes_on_where_it_was()
    {
        var deal = await WonAndMailUnderWayAsync();
        await automation.RestartAsync();
        await automation.SendSlowEmailAsync(deal);
        await IsDoneOnceAsync(deal);
    }

    [Fact]
    public async Task The_sidecar_killed_in_the_middle_goes_on_where_it_was()
    {
        var deal = await WonAndMailUnderWayAsync();
        await automation.Sidecar.KillAsync();
        await automation.Sidecar.StartAsync();
        automation.World.Emails.Values.Single(email => email.To == automation.World.People[deal.PersonId].Email).Status = Platform.Communications.V1.EmailStatus.Sent;
        await IsDoneOnceAsync(deal);
    }

    private async Task<Deal> WonAndMailUnderWayAsync()
    {
        var deal = automation.World.WonDeal("slow.example");
        await automation.WinAsync(deal);
        var process = await automation.UntilAsync(deal, process => process.Steps.Any(step => step.Name == "send-email-1" && step.ResultId.Length > 0));
        Assert.Equal((ProcessStatus.Running, StepStatus.Running), (process.Status, process.Steps[^1].Status));
        return deal;
    }

    private async Task IsDoneOnceAsync(Deal deal)
    {
        var process = await automation.UntilEndedAsync(deal);
        Assert.Equal(ProcessStatus.Completed, process.Status);
        Assert.Equal((1, 1), (automation.World.Count("CreateInvoice", deal.Id), automation.World.EmailsOf(deal).Count));
        Assert.Equal(1L, await EndedEventsAsync(process));
    }

    private Task<long> EndedEventsAsync(Process process) => automation.Database.QueryAsync<long>(
        $"SELECT count(*) FROM outbox_messages WHERE aggregate_id = '{process.Id}' AND type = 'platform.automation.v1.ProcessEnded'");
}
