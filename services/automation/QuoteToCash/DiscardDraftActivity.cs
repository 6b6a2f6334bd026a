using Dapr.Workflow;
using Platform.Automation.Processes;
using Platform.Finance.V1;

namespace Platform.Automation.QuoteToCash;

/// <summary>Undoes a draft that could not be issued.</summary>
internal sealed class DiscardDraftActivity(StepRunner steps) : WorkflowActivity<StepInput, StepOutcome>
{
    public override Task<StepOutcome> RunAsync(WorkflowActivityContext context, StepInput input) =>
        steps.RunAsync(input.Process.Step("discard-draft", compensation: true), async services =>
        {
            await services.GetRequiredService<InvoicesService.InvoicesServiceClient>().DeleteInvoiceAsync(new DeleteInvoiceRequest { Id = input.InvoiceId });
            return StepOutcome.Made("invoice", input.InvoiceId);
        });
}
