using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow;

/// <summary>What an activity knows about the call that it serves.</summary>
public abstract class WorkflowActivityContext
{
    /// <summary>The activity's registered name.</summary>
    public abstract TaskIdentifier Identifier { get; }

    /// <summary>The same for every attempt of one call: a key for idempotent work.</summary>
    public abstract string TaskExecutionKey { get; }

    /// <summary>The calling workflow's instance.</summary>
    public abstract string InstanceId { get; }
}
