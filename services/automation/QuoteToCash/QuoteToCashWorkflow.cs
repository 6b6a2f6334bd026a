using Dapr.Workflow;
using Platform.Automation.Processes;
using Platform.Automation.V1;

namespace Platform.Automation.QuoteToCash;

/// <summary>
/// From a won deal to an invoice that the customer has: create, issue, mail, write the timeline. What cannot be done is
/// undone: a draft is discarded, an issued invoice credited, the deal flagged for a person.
/// </summary>
internal sealed class QuoteToCashWorkflow : Workflow<QuoteToCashInput, string>
{
    // About two minutes in all: longer than any part of the platform takes to come back.
    private static readonly WorkflowTaskOptions Persistent = new(new WorkflowRetryPolicy(
        maxNumberOfAttempts: 16, firstRetryInterval: TimeSpan.FromMilliseconds(500), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(10)));

    public override async Task<string> RunAsync(WorkflowContext context, QuoteToCashInput input)
    {
        try
        {
            return await SellAsync(context, input);
        }
        catch (WorkflowTaskFailedException exception)
        {
            return await FailAsync(context, input, exception.FailureDetails.ErrorMessage);
        }
    }

    private static async Task<string> SellAsync(WorkflowContext context, QuoteToCashInput input)
    {
        var draft = await RunAsync<CreateInvoiceActivity>(context, new StepInput(input));
        if (!draft.Succeeded)
            return await CompensateAsync(context, new StepInput(input, Reason: draft.Error), null);
        var issued = await RunAsync<IssueInvoiceActivity>(context, new StepInput(input, draft.ResultId));
        if (!issued.Succeeded)
            return await CompensateAsync(context, new StepInput(input, draft.ResultId, Reason: issued.Error), nameof(DiscardDraftActivity));
        var mailed = await MailAsync(context, input, draft.ResultId);
        if (!mailed.Sent)
            return await CompensateAsync(context, new StepInput(input, draft.ResultId, Reason: mailed.Error), nameof(CreditInvoiceActivity));
        await RunAsync<WriteTimelineActivity>(context, new StepInput(input, draft.ResultId));
        return await EndAsync(context, input, ProcessStatus.Completed, "");
    }

    private static async Task<EmailOutcome> MailAsync(WorkflowContext context, QuoteToCashInput input, string invoiceId)
    {
        var outcome = new EmailOutcome(true, false, "The e-mail was not tried.");
        for (var attempt = 1; attempt <= input.EmailTries; attempt++)
        {
            if (attempt > 1)
                await context.CreateTimer(input.EmailRetryDelay * Math.Pow(2, attempt - 2));
            var accepted = await RunAsync<SendInvoiceActivity>(context, new StepInput(input, invoiceId, attempt));
            if (!accepted.Succeeded)
                return new EmailOutcome(true, false, accepted.Error);
            outcome = await AwaitOutcomeAsync(context, new StepInput(input, accepted.ResultId, attempt));
            if (outcome.Sent)
                return outcome;
        }

        return outcome;
    }

    private static async Task<EmailOutcome> AwaitOutcomeAsync(WorkflowContext context, StepInput email)
    {
        while (true)
        {
            try
            {
                return (await context.WaitForExternalEventAsync<EmailOutcome>(QuoteToCashInput.EmailEvent(email.Attempt), email.Process.EmailTimeout))!;
            }
            catch (TaskCanceledException)
            {
                // No word within the time: it may have been lost, so ask.
                var outcome = await context.CallActivityAsync<EmailOutcome>(nameof(CheckEmailActivity), email, Persistent);
                if (outcome.Known)
                    return outcome;
            }
        }
    }

    private static async Task<string> CompensateAsync(WorkflowContext context, StepInput undo, string? activity)
    {
        if (activity is not null)
            await context.CallActivityAsync<StepOutcome>(activity, undo, Persistent);
        await RunAsync<FlagDealActivity>(context, undo);
        await RunAsync<WriteTimelineActivity>(context, undo);
        return await EndAsync(context, undo.Process, ProcessStatus.Compensated, undo.Reason);
    }

    private static async Task<string> FailAsync(WorkflowContext context, QuoteToCashInput input, string error)
    {
        try
        {
            await RunAsync<FlagDealActivity>(context, new StepInput(input, Reason: error));
        }
        catch (WorkflowTaskFailedException)
        {
            // The deal cannot be flagged either; the process says what happened.
        }

        return await EndAsync(context, input, ProcessStatus.Failed, error);
    }

    private static async Task<string> EndAsync(WorkflowContext context, QuoteToCashInput input, ProcessStatus status, string error)
    {
        await context.CallActivityAsync<bool>(nameof(EndProcessActivity), new EndProcessInput(input, status, error), Persistent);
        return status.ToString();
    }

    private static Task<StepOutcome> RunAsync<TActivity>(WorkflowContext context, StepInput input) =>
        context.CallActivityAsync<StepOutcome>(typeof(TActivity).Name, input, Persistent);
}
