namespace Dapr.Workflow.Abstractions;

/// <summary>What every activity is to the worker. Derive from <see cref="WorkflowActivity{TInput, TOutput}"/> instead of implementing it.</summary>
public interface IWorkflowActivity
{
    /// <summary>The type that the input is deserialized to.</summary>
    Type InputType { get; }

    /// <summary>The type of the output.</summary>
    Type OutputType { get; }

    /// <summary>Does the work once.</summary>
    Task<object?> RunAsync(WorkflowActivityContext context, object? input);
}
