namespace Dapr.Workflow;

/// <summary>Where a workflow instance stands.</summary>
public enum WorkflowRuntimeStatus
{
    /// <summary>A state that this version does not know.</summary>
    Unknown = -1,

    /// <summary>It has begun and is not finished.</summary>
    Running = 0,

    /// <summary>It returned.</summary>
    Completed = 1,

    /// <summary>It started over.</summary>
    ContinuedAsNew = 2,

    /// <summary>It ended with an exception.</summary>
    Failed = 3,

    /// <summary>It was cancelled.</summary>
    Canceled = 4,

    /// <summary>It was terminated from outside.</summary>
    Terminated = 5,

    /// <summary>It is accepted and has not begun.</summary>
    Pending = 6,

    /// <summary>It is paused.</summary>
    Suspended = 7,

    /// <summary>It waits for a worker with code that fits its history.</summary>
    Stalled = 8,
}
