using Dapr.Workflow;
using Platform.Automation.Processes;
using Platform.Deals.V1;

namespace Platform.Automation.QuoteToCash;

/// <summary>Calls a person to the deal.</summary>
internal sealed class FlagDealActivity(StepRunner steps) : WorkflowActivity<StepInput, StepOutcome>
{
    private const int MaxReason = 500;

    public override Task<StepOutcome> RunAsync(WorkflowActivityContext context, StepInput input) =>
        steps.RunAsync(input.Process.Step("flag-deal", compensation: true), async services =>
        {
            var reason = input.Reason.Length > MaxReason ? input.Reason[..MaxReason] : input.Reason;
            var deal = await services.GetRequiredService<DealsService.DealsServiceClient>()
                .FlagDealAsync(new FlagDealRequest { Id = input.Process.DealId.ToString(), Code = input.Flag, Reason = reason });
            return StepOutcome.Made("deal", deal.Id);
        });
}
