namespace Dapr.Workflow;

/// <summary>What every workflow is to the worker. Derive from <see cref="Workflow{TInput, TOutput}"/> instead of implementing it.</summary>
public interface IWorkflow
{
    /// <summary>The type that the input is deserialized to.</summary>
    Type InputType { get; }

    /// <summary>The type of the output.</summary>
    Type OutputType { get; }

    /// <summary>Runs the workflow from its beginning; earlier results are replayed.</summary>
    Task<object?> RunAsync(WorkflowContext context, object? input);
}
