using Dapr.Workflow;
using Platform.Automation.Processes;
using Platform.Automation.V1;

namespace Platform.Automation.QuoteToCash;

internal sealed record EndProcessInput(QuoteToCashInput Process, ProcessStatus Status, string Error);

/// <summary>Writes the outcome and announces it, once.</summary>
internal sealed class EndProcessActivity(StepRunner steps, TimeProvider time) : WorkflowActivity<EndProcessInput, bool>
{
    public override Task<bool> RunAsync(WorkflowActivityContext context, EndProcessInput input) => steps.InScopeAsync(input.Process.TenantId, "end", async services =>
    {
        var db = services.GetRequiredService<AutomationDbContext>();
        var now = time.GetUtcNow();
        var process = await ProcessRows.FindOrStartAsync(db, QuoteToCashInput.ProcessType, QuoteToCashInput.SubjectType, input.Process.DealId, now);
        if (!process.End(input.Status, input.Error, now))
            return false;
        db.Publish(process.Id, new ProcessEnded
        {
            ProcessId = process.Id.ToString(),
            Type = process.Type,
            SubjectType = process.SubjectType,
            SubjectId = process.SubjectId.ToString(),
            Outcome = input.Status.ToString().ToLowerInvariant(),
            Error = input.Error,
        });
        await db.SaveChangesAsync();
        return true;
    }, input.Process.CausedBy);
}
