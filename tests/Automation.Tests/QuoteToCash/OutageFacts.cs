using Automation.Tests.Harness;
using Platform.Automation.V1;
using Xunit;

namespace Automation.Tests.QuoteToCash;

public sealed class OutageFacts(ImpatientFixture automation) : IClassFixture<ImpatientFixture>
{
    [Fact]
    public async Task A_service_that_stays_away_stops_the_process_for_a_person()
    {
        var deal = automation.World.WonDeal("customer.example");
        automation.World.Interrupt("IssueInvoice", times: 2);
        await automation.WinAsync(deal);
        var process = await automation.UntilEndedAsync(deal);
        Assert.Equal((ProcessStatus.Failed, "issue-invoice: UNAVAILABLE: The service is away."), (process.Status, process.Error));
        Assert.Equal((StepStatus.Failed, 2), process.Steps.Where(step => step.Name == "issue-invoice").Select(step => (step.Status, step.Attempts)).Single());
        Assert.Equal("INVOICE_PROCESS_STOPPED", deal.FlagCode);
    }

    [Fact]
    public async Task A_deal_that_cannot_even_be_flagged_leaves_a_failed_process()
    {
        var deal = automation.World.WonDeal("customer.example");
        automation.World.Interrupt("CreateInvoice", times: 2);
        automation.World.Interrupt("FlagDeal", times: 2);
        await automation.WinAsync(deal);
        Assert.Equal(ProcessStatus.Failed, (await automation.UntilEndedAsync(deal)).Status);
    }
}
