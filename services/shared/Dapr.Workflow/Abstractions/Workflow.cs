namespace Dapr.Workflow;

/// <summary>
/// A durable process written as code. The code runs again from its beginning at every step and sees the recorded results of what it
/// did before, so it must be deterministic: time, identifiers, waiting and input or output only through <see cref="WorkflowContext"/>.
/// </summary>
/// <typeparam name="TInput">What the workflow is started with; JSON.</typeparam>
/// <typeparam name="TOutput">What it returns; JSON.</typeparam>
public abstract class Workflow<TInput, TOutput> : IWorkflow
{
    /// <inheritdoc/>
    Type IWorkflow.InputType => typeof(TInput);

    /// <inheritdoc/>
    Type IWorkflow.OutputType => typeof(TOutput);

    /// <inheritdoc/>
    async Task<object?> IWorkflow.RunAsync(WorkflowContext context, object? input) => await RunAsync(context, (TInput)input!);

    /// <summary>The process. Await only tasks that the context made, and combinations of them.</summary>
    public abstract Task<TOutput> RunAsync(WorkflowContext context, TInput input);
}
