using Dapr.Workflow;
using Platform.Automation.Processes;
using Platform.Automation.V1;

namespace Platform.Automation.Signups;

/// <summary>
/// From a filled form to a company whose administrator has a mail: organization, administrator, membership, tenant, storage, demo
/// data, mail. What cannot be done is undone, the last first.
/// </summary>
internal sealed class SignupWorkflow : Workflow<SignupInput, string>
{
    private const string Broken = "SIGNUP_FAILED";

    // Undoing, and writing down how it ended, matter more than time: as long as a day.
    private static readonly WorkflowTaskOptions Patient = new(new WorkflowRetryPolicy(
        maxNumberOfAttempts: 3000, firstRetryInterval: TimeSpan.FromMilliseconds(500), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(30)));

    public override async Task<string> RunAsync(WorkflowContext context, SignupInput input)
    {
        var undo = new Stack<string>();
        var (step, reason) = await JoinAsync(context, new SignupStep(input), undo);
        return reason.Length == 0
            ? await EndAsync(context, input, ProcessStatus.Completed, "")
            : await CompensateAsync(context, step, undo, reason);
    }

    // An activity is undone whenever it was begun: what is thrown in the end may have been done all the same.
    private static async Task<(SignupStep Step, string Reason)> JoinAsync(WorkflowContext context, SignupStep step, Stack<string> undo)
    {
        undo.Push(nameof(RemoveOrganizationActivity));
        var organization = await TryAsync<CreateOrganizationActivity>(context, step);
        if (!organization.Succeeded)
            return (step, organization.Error);
        step = step with { OrganizationId = organization.ResultId };
        undo.Push(nameof(RemoveAdministratorActivity));
        var administrator = await TryAsync<CreateAdministratorActivity>(context, step);
        if (!administrator.Succeeded)
            return (step, administrator.Error);
        step = step with { UserId = administrator.ResultId };
        var member = await TryAsync<JoinOrganizationActivity>(context, step);
        if (!member.Succeeded)
            return (step, member.Error);
        undo.Push(nameof(RemoveTenantActivity));
        return (step, await SettleInAsync(context, step));
    }

    private static async Task<string> SettleInAsync(WorkflowContext context, SignupStep step)
    {
        var tenant = await TryAsync<CreateTenantActivity>(context, step);
        if (!tenant.Succeeded)
            return tenant.Error;
        var storage = await TryAsync<CheckStorageActivity>(context, step);
        if (!storage.Succeeded)
            return storage.Error;
        // A company without the examples is a company all the same; the step shows why they are missing.
        await TryAsync<LoadDemoDataActivity>(context, step);
        var mail = await TryAsync<SendWelcomeActivity>(context, step);
        return mail.Succeeded ? "" : mail.Error;
    }

    private static async Task<string> CompensateAsync(WorkflowContext context, SignupStep step, Stack<string> undo, string reason)
    {
        try
        {
            foreach (var activity in undo)
            {
                var undone = await context.CallActivityAsync<StepOutcome>(activity, step, Patient);
                if (!undone.Succeeded)
                    return await EndAsync(context, step.Process, ProcessStatus.Failed, reason);
            }
        }
        catch (WorkflowTaskFailedException)
        {
            return await EndAsync(context, step.Process, ProcessStatus.Failed, reason);
        }

        return await EndAsync(context, step.Process, ProcessStatus.Compensated, reason);
    }

    private static async Task<StepOutcome> TryAsync<TActivity>(WorkflowContext context, SignupStep step)
    {
        try
        {
            return await context.CallActivityAsync<StepOutcome>(typeof(TActivity).Name, step, Persistent(step.Process));
        }
        catch (WorkflowTaskFailedException)
        {
            return StepOutcome.Refused(Broken);
        }
    }

    private static async Task<string> EndAsync(WorkflowContext context, SignupInput input, ProcessStatus status, string error)
    {
        await context.CallActivityAsync<bool>(nameof(EndSignupActivity), new EndSignupInput(input, status, error), Patient);
        return status.ToString();
    }

    private static WorkflowTaskOptions Persistent(SignupInput process) => new(new WorkflowRetryPolicy(
        process.StepAttempts, firstRetryInterval: TimeSpan.FromMilliseconds(500), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(10)));
}
