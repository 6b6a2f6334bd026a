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
    // Writing down how it ended needs nothing but this service's own database: as long as a day.
    private static readonly WorkflowTaskOptions Patient = new(new WorkflowRetryPolicy(
        maxNumberOfAttempts: 3000, firstRetryInterval: TimeSpan.FromMilliseconds(500), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(30)));

    public override async Task<string> RunAsync(WorkflowContext context, QuoteToCashInput input)
    {
        try
        {
            return await SellAsync(context, input);
        }
        catch (WorkflowTaskFailedException exception)
        {
            return await StopAsync(context, new StepInput(input, Reason: exception.FailureDetails.ErrorMessage, Flag: DealFlags.Stopped));
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
        // The customer has the invoice: a timeline that refuses its entry changes nothing about that.
        await RunAsync<WriteTimelineActivity>(context, new StepInput(input, draft.ResultId));
        return await EndAsync(context, input, ProcessStatus.Completed, "");
    }

    private static async Task<EmailOutcome> MailAsync(WorkflowContext context, QuoteToCashInput input, string invoiceId)
    {
        var outcome = new EmailOutcome(true, false, "The e-mail was not tried.");
        for (var attempt = 1; attempt <= input.EmailTries && !outcome.Sent; attempt++)
        {
            if (attempt > 1)
                await context.CreateTimer(input.DelayBefore(attempt));
            var accepted = await RunAsync<SendInvoiceActivity>(context, new StepInput(input, invoiceId, attempt));
            if (!accepted.Succeeded)
                return new EmailOutcome(true, false, accepted.Error);
            outcome = await AwaitOutcomeAsync(context, new StepInput(input, invoiceId, attempt, accepted.ResultId));
        }

        return outcome;
    }

    private static async Task<EmailOutcome> AwaitOutcomeAsync(WorkflowContext context, StepInput email)
    {
        while (true)
        {
            await AwaitWordAsync(context, email);
            var outcome = await context.CallActivityAsync<EmailOutcome>(nameof(CheckEmailActivity), email, Persistent(email.Process));
            if (outcome.Known)
                return outcome;
        }
    }

    private static async Task AwaitWordAsync(WorkflowContext context, StepInput email)
    {
        try
        {
            await context.WaitForExternalEventAsync<bool>(QuoteToCashInput.EmailEvent(email.Attempt), email.Process.EmailTimeout);
        }
        catch (TaskCanceledException)
        {
            // No word within the time: it may have been lost, so ask.
        }
    }

    private static async Task<string> CompensateAsync(WorkflowContext context, StepInput undo, string? activity)
    {
        if (activity is not null && await RunAsync(context, activity, undo) is { Succeeded: false } refused)
            return await StopAsync(context, undo with { Flag = DealFlags.Stopped, Reason = $"{undo.Reason} This could not be undone: {refused.Error}" });
        var flagged = await RunAsync<FlagDealActivity>(context, undo);
        await RunAsync<WriteTimelineActivity>(context, undo);
        return flagged.Succeeded
            ? await EndAsync(context, undo.Process, ProcessStatus.Compensated, undo.Reason)
            : await EndAsync(context, undo.Process, ProcessStatus.Failed, $"{undo.Reason} The deal could not be flagged: {flagged.Error}");
    }

    private static async Task<string> StopAsync(WorkflowContext context, StepInput stop)
    {
        try
        {
            await RunAsync<FlagDealActivity>(context, stop);
        }
        catch (WorkflowTaskFailedException)
        {
            // The deal cannot be flagged either; the process says what happened.
        }

        return await EndAsync(context, stop.Process, ProcessStatus.Failed, stop.Reason);
    }

    private static async Task<string> EndAsync(WorkflowContext context, QuoteToCashInput input, ProcessStatus status, string error)
    {
        await context.CallActivityAsync<bool>(nameof(EndProcessActivity), new EndProcessInput(input, status, error), Patient);
        return status.ToString();
    }

    private static Task<StepOutcome> RunAsync<TActivity>(WorkflowContext context, StepInput input) => RunAsync(context, typeof(TActivity).Name, input);

    private static Task<StepOutcome> RunAsync(WorkflowContext context, string activity, StepInput input) =>
        context.CallActivityAsync<StepOutcome>(activity, input, Persistent(input.Process));

    private static WorkflowTaskOptions Persistent(QuoteToCashInput process) => new(new WorkflowRetryPolicy(
        process.StepAttempts, firstRetryInterval: TimeSpan.FromMilliseconds(500), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(10)));
}
