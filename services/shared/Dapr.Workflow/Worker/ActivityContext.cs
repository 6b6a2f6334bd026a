using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow.Worker;

internal sealed class ActivityContext(string name, string taskExecutionKey, string instanceId) : WorkflowActivityContext
{
    public override TaskIdentifier Identifier { get; } = new(name);

    public override string TaskExecutionKey { get; } = taskExecutionKey;

    public override string InstanceId { get; } = instanceId;
}
