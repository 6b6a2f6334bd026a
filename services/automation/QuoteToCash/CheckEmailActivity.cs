using Dapr.Workflow;
using Platform.Automation.Processes;
using Platform.Communications.V1;

namespace Platform.Automation.QuoteToCash;

/// <summary>Asks what became of an e-mail of which no word came.</summary>
internal sealed class CheckEmailActivity(StepRunner steps) : WorkflowActivity<StepInput, EmailOutcome>
{
    /// <param name="context">The activity.</param>
    /// <param name="input">Its InvoiceId is the e-mail's id.</param>
    public override Task<EmailOutcome> RunAsync(WorkflowActivityContext context, StepInput input) => steps.InScopeAsync(input.Process.TenantId, "check-email", async services =>
    {
        var email = await services.GetRequiredService<EmailsService.EmailsServiceClient>().GetEmailAsync(new GetEmailRequest { Id = input.InvoiceId });
        return new EmailOutcome(email.Status != EmailStatus.Queued, email.Status == EmailStatus.Sent, email.LastError);
    });
}
