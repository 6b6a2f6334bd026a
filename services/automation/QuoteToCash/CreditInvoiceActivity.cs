using Dapr.Workflow;
using Platform.Automation.Processes;
using Platform.Finance.V1;

namespace Platform.Automation.QuoteToCash;

/// <summary>Undoes an issued invoice by the opposite document; finance makes one an invoice.</summary>
internal sealed class CreditInvoiceActivity(StepRunner steps) : WorkflowActivity<StepInput, StepOutcome>
{
    public override Task<StepOutcome> RunAsync(WorkflowActivityContext context, StepInput input) =>
        steps.RunAsync(input.Process.Step("credit-invoice", compensation: true), async services =>
        {
            var note = await services.GetRequiredService<CreditNotesService.CreditNotesServiceClient>()
                .CreateCreditNoteAsync(new CreateCreditNoteRequest { InvoiceId = input.InvoiceId, Reason = $"Not delivered: {input.Reason}" });
            return StepOutcome.Made("credit-note", note.Id);
        });
}
