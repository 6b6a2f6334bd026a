using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow;

/// <summary>
/// One step of a workflow that may do anything: call services, read clocks. It runs at least once and may run again when the process
/// dies before its result is recorded, so make it idempotent.
/// </summary>
/// <typeparam name="TInput">What the workflow hands over; JSON.</typeparam>
/// <typeparam name="TOutput">What the workflow gets back; JSON.</typeparam>
public abstract class WorkflowActivity<TInput, TOutput> : IWorkflowActivity
{
    /// <inheritdoc/>
    Type IWorkflowActivity.InputType => typeof(TInput);

    /// <inheritdoc/>
    Type IWorkflowActivity.OutputType => typeof(TOutput);

    /// <summary>Runs the activity with an untyped input.</summary>
    public async Task<object?> RunAsync(WorkflowActivityContext context, object? input) => await RunAsync(context, (TInput)input!);

    /// <summary>The work.</summary>
    public abstract Task<TOutput> RunAsync(WorkflowActivityContext context, TInput input);
}
