using Dapr.Workflow;
using Platform.Automation.Processes;
using Platform.Finance.V1;

namespace Platform.Automation.QuoteToCash;

/// <summary>Gives the invoice its number; issuing again changes nothing.</summary>
internal sealed class IssueInvoiceActivity(StepRunner steps) : WorkflowActivity<StepInput, StepOutcome>
{
    public override Task<StepOutcome> RunAsync(WorkflowActivityContext context, StepInput input) => steps.RunAsync(input.Process.Step("issue-invoice"), async services =>
    {
        var invoice = await services.GetRequiredService<InvoicesService.InvoicesServiceClient>().IssueInvoiceAsync(new IssueInvoiceRequest { Id = input.InvoiceId });
        return StepOutcome.Made("invoice-number", invoice.Number);
    });
}
