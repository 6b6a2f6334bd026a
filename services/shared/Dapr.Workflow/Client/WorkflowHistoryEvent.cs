namespace Dapr.Workflow.Client;

/// <summary>One event of a workflow's history.</summary>
/// <param name="EventId">The number that the workflow gave to what it scheduled; -1 for everything else.</param>
/// <param name="EventType">What happened.</param>
/// <param name="Timestamp">When, in UTC.</param>
public sealed record WorkflowHistoryEvent(int EventId, WorkflowHistoryEventType EventType, DateTime Timestamp);

/// <summary>What happened to a workflow.</summary>
public enum WorkflowHistoryEventType
{
    /// <summary>Something that this version does not know.</summary>
    Unknown = 0,

    /// <summary>The instance was created.</summary>
    ExecutionStarted = 1,

    /// <summary>The instance ended.</summary>
    ExecutionCompleted = 2,

    /// <summary>Termination was asked for.</summary>
    ExecutionTerminated = 3,

    /// <summary>An activity was called.</summary>
    TaskScheduled = 4,

    /// <summary>An activity returned.</summary>
    TaskCompleted = 5,

    /// <summary>An activity failed.</summary>
    TaskFailed = 6,

    /// <summary>A child workflow was called.</summary>
    SubOrchestrationInstanceCreated = 7,

    /// <summary>A child workflow returned.</summary>
    SubOrchestrationInstanceCompleted = 8,

    /// <summary>A child workflow failed.</summary>
    SubOrchestrationInstanceFailed = 9,

    /// <summary>A timer was set.</summary>
    TimerCreated = 10,

    /// <summary>A timer elapsed.</summary>
    TimerFired = 11,

    /// <summary>A step began.</summary>
    OrchestratorStarted = 12,

    /// <summary>A step ended.</summary>
    OrchestratorCompleted = 13,

    /// <summary>An event was sent to another workflow.</summary>
    EventSent = 14,

    /// <summary>An event arrived.</summary>
    EventRaised = 15,

    /// <summary>Unused.</summary>
    GenericEvent = 16,

    /// <summary>Unused.</summary>
    HistoryState = 17,

    /// <summary>The instance started over.</summary>
    ContinueAsNew = 18,

    /// <summary>The instance was paused.</summary>
    ExecutionSuspended = 19,

    /// <summary>The instance went on.</summary>
    ExecutionResumed = 20,

    /// <summary>No worker had code that fits the history.</summary>
    ExecutionStalled = 21,
}
