namespace Dapr.Workflow;

/// <summary>The part of a workflow's context that helpers need.</summary>
public interface IWorkflowContext
{
    /// <summary>Whether the code is passing again over what it did in earlier steps.</summary>
    bool IsReplaying { get; }

    /// <summary>The time of the current step: the same at every replay.</summary>
    DateTime CurrentUtcDateTime { get; }

    /// <summary>Whether this instance runs with the named change of its code: true for new work, false for work begun before the change.</summary>
    bool IsPatched(string patchName);
}
