namespace Dapr.Workflow;

/// <summary>An activity or a child workflow failed.</summary>
#pragma warning disable CA1032 // The official type has this one constructor.
public class WorkflowTaskFailedException(string message, WorkflowTaskFailureDetails failureDetails) : Exception(message)
#pragma warning restore CA1032
{
    /// <summary>What went wrong, as the worker reported it.</summary>
    public WorkflowTaskFailureDetails FailureDetails { get; } = failureDetails;
}
