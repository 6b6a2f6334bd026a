using Dapr.Workflow;
using Microsoft.EntityFrameworkCore;
using Platform.Automation.Processes;

namespace Platform.Automation.Signups;

/// <summary>A step of a sign-up: runs in the scope of the address that signs up, and knows what it told.</summary>
internal abstract class SignupActivity(StepRunner steps, string name, bool isCompensation = false) : WorkflowActivity<SignupStep, StepOutcome>
{
    protected StepRunner Steps { get; } = steps;

    protected string Name { get; } = name;

    public override Task<StepOutcome> RunAsync(WorkflowActivityContext context, SignupStep input) => Steps.RunAsync(input.Process.Step(Name, isCompensation), async services =>
    {
        var signup = await services.GetRequiredService<AutomationDbContext>().Signups.AsNoTracking().SingleAsync(row => row.Id == input.Process.Id);
        return await WorkAsync(input, signup, services);
    });

    protected abstract Task<StepOutcome> WorkAsync(SignupStep step, Signup signup, IServiceProvider services);

    /// <summary>Work in the new company, by the platform itself.</summary>
    protected Task<T> InTenantAsync<T>(SignupStep step, Func<IServiceProvider, Task<T>> work) => Steps.InScopeAsync(step.ToTenantId(), $"signup:{Name}", work);
}
