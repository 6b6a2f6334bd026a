using Dapr.Common.Serialization;
using Platform.DurableTask;

namespace Dapr.Workflow;

/// <summary>A workflow instance at the moment of the query.</summary>
public sealed class WorkflowState
{
    private readonly Platform.DurableTask.WorkflowState? _state;
    private readonly IDaprSerializer _serializer;

    internal WorkflowState(GetInstanceResponse response, IDaprSerializer serializer)
    {
        _state = response.Exists ? response.WorkflowState : null;
        _serializer = serializer;
    }

    /// <summary>The workflow's registered name.</summary>
    public string? WorkflowName => _state?.Name;

    /// <summary>Whether there is an instance of the id.</summary>
    public bool Exists => _state is not null;

    /// <summary>Whether it has begun and is neither finished nor paused.</summary>
    public bool IsWorkflowRunning => _state?.WorkflowStatus == OrchestrationStatus.Running;

    /// <summary>Whether it has ended in any way that an engine knows today.</summary>
    public bool IsWorkflowCompleted =>
        RuntimeStatus is WorkflowRuntimeStatus.Completed or WorkflowRuntimeStatus.Failed or WorkflowRuntimeStatus.Terminated;

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset CreatedAt => _state?.CreatedTimestamp?.ToDateTimeOffset() ?? default;

    /// <summary>When something happened to it last.</summary>
    public DateTimeOffset LastUpdatedAt => _state?.LastUpdatedTimestamp?.ToDateTimeOffset() ?? default;

    /// <summary>Where it stands.</summary>
    public WorkflowRuntimeStatus RuntimeStatus =>
        _state is { WorkflowStatus: var status } && Enum.IsDefined((WorkflowRuntimeStatus)(int)status)
            ? (WorkflowRuntimeStatus)(int)status
            : WorkflowRuntimeStatus.Unknown;

    /// <summary>Why it failed, if it did.</summary>
    public WorkflowTaskFailureDetails? FailureDetails => _state?.FailureDetails.ToPublic();

    /// <summary>The input.</summary>
    public T? ReadInputAs<T>() => Read<T>(_state?.Input);

    /// <summary>The output, where there is one.</summary>
    public T? ReadOutputAs<T>() => Read<T>(_state?.Output);

    /// <summary>The custom status, where there is one.</summary>
    public T? ReadCustomStatusAs<T>() => Read<T>(_state?.CustomStatus);

    private T? Read<T>(string? data) => string.IsNullOrEmpty(data) ? default : _serializer.Deserialize<T>(data);
}
