using Automation.Tests.Harness;
using Dapr.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Platform.Automation.V1;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Automation.Tests.QuoteToCash;

public sealed class SuspensionFacts(AutomationFixture automation) : IClassFixture<AutomationFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sagas_of_a_suspended_company_pause_and_go_on_with_what_happened_meanwhile()
    {
        var waiting = automation.World.WonDeal("slow.example");
        await automation.WinAsync(waiting);
        await automation.UntilAsync(waiting, process => process.Steps.Any(step => step.Name == "send-email-1" && step.ResultId.Length > 0));
        await TellAsync(TenantState.Suspended);
        await TellAsync(TenantState.Suspended);
        await Eventually.HoldsAsync(async () => await StatusAsync(waiting) == WorkflowRuntimeStatus.Suspended);

        // Word of the e-mail comes, and another deal is won: neither moves anything, however long it takes.
        await automation.SendSlowEmailAsync(waiting);
        var (seller, won) = (Guid.CreateVersion7(), automation.World.WonDeal("customer.example"));
        await automation.WinAsync(won, causedBy: seller);
        Assert.Equal(ProcessStatus.Running, (await automation.UntilAsync(won, _ => true)).Status);
        Assert.Null(await StatusAsync(won));
        Assert.Equal(WorkflowRuntimeStatus.Suspended, await StatusAsync(waiting));
        Assert.Equal(0, automation.World.Count("CreateInvoice", won.Id));

        await TellAsync(TenantState.Active);
        Assert.Equal(ProcessStatus.Completed, (await automation.UntilEndedAsync(waiting)).Status);
        Assert.Equal(ProcessStatus.Completed, (await automation.UntilEndedAsync(won)).Status);
        Assert.Single(automation.World.EmailsOf(waiting));
        Assert.Contains(automation.World.Calls, call => call.Id == won.Id && call.OnBehalfOf == $"{seller}");
        await TellAsync(TenantState.Active);
    }

    private async Task TellAsync(TenantState state) =>
        Assert.Equal("SUCCESS", await automation.DeliverAsync(TestTenants.Acme, new TenantStateChanged { Tenant = new Tenant { Id = $"{TestTenants.Acme}", State = state } }));

    private async Task<WorkflowRuntimeStatus?> StatusAsync(Deal deal)
    {
        var client = automation.Services.GetRequiredService<DaprWorkflowClient>();
        var state = await client.GetWorkflowStateAsync($"quote-to-cash-{TestTenants.Acme}-{deal.Id}", getInputsAndOutputs: false, Token);
        return state.Exists ? state.RuntimeStatus : null;
    }
}
