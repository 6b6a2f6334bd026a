using Dapr.Workflow;
using Microsoft.EntityFrameworkCore;
using Platform.Automation.Processes;

namespace Platform.Automation.Signups;

/// <summary>Writes the outcome, and forgets who asked.</summary>
internal sealed class EndSignupActivity(StepRunner steps, TimeProvider time) : WorkflowActivity<EndSignupInput, bool>
{
    public override Task<bool> RunAsync(WorkflowActivityContext context, EndSignupInput input) => steps.InScopeAsync(input.Process.Owner, "end", async services =>
    {
        var db = services.GetRequiredService<AutomationDbContext>();
        var now = time.GetUtcNow();
        var process = await ProcessRows.FindOrStartAsync(db, SignupInput.ProcessType, SignupInput.SubjectType, input.Process.Id, now);
        if (!process.End(input.Status, input.Error, now))
            return false;
        (await db.Signups.SingleAsync(row => row.Id == input.Process.Id)).End(CodeOf(input.Error), now);
        await db.SaveChangesAsync();
        return true;
    });

    // "CODE: what people read"; the door tells the code only.
    private static string CodeOf(string error) => error.Split(':')[0];
}
