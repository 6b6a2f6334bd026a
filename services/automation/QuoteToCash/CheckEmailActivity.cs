using Dapr.Workflow;
using Platform.Automation.Processes;
using Platform.Communications.V1;

namespace Platform.Automation.QuoteToCash;

/// <summary>Asks what became of an e-mail, and settles its step once that is known.</summary>
internal sealed class CheckEmailActivity(StepRunner steps) : WorkflowActivity<StepInput, EmailOutcome>
{
    public override async Task<EmailOutcome> RunAsync(WorkflowActivityContext context, StepInput input)
    {
        var step = input.Process.EmailStep(input.Attempt);
        var email = await steps.InScopeAsync(step.TenantId, step.Step, async services =>
            await services.GetRequiredService<EmailsService.EmailsServiceClient>().GetEmailAsync(new GetEmailRequest { Id = input.EmailId }));
        if (email.Status == EmailStatus.Queued)
            return new EmailOutcome(false, false, "");
        var sent = email.Status == EmailStatus.Sent;
        await steps.SettleAsync(step, sent ? StepOutcome.Made("email", email.Id) : StepOutcome.Refused(email.LastError));
        return new EmailOutcome(true, sent, email.LastError);
    }
}
