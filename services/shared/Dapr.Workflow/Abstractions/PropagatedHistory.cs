using System.Diagnostics.CodeAnalysis;

namespace Dapr.Workflow;

/// <summary>What the callers of a workflow did before they called it, nearest last.</summary>
public sealed class PropagatedHistory(IReadOnlyList<PropagatedHistoryEvent> events)
{
    /// <summary>One entry a workflow.</summary>
    public IReadOnlyList<PropagatedHistoryEvent> Events { get; } = events;

    /// <summary>The apps that took part, each once.</summary>
    public IReadOnlyList<string> GetAppIds() => [.. Events.Select(entry => entry.AppId).Distinct(StringComparer.Ordinal)];

    /// <summary>The entries of a workflow name.</summary>
    public IReadOnlyList<PropagatedHistoryEvent> GetEventsByWorkflowName(string name) => [.. Events.Where(entry => entry.Name == name)];

    /// <summary>The nearest entry of a workflow name.</summary>
    public bool TryGetLastWorkflowEventByName(string name, [NotNullWhen(true)] out PropagatedHistoryEvent? result) =>
        (result = Events.LastOrDefault(entry => entry.Name == name)) is not null;

    /// <summary>The entries of an app.</summary>
    public IReadOnlyList<PropagatedHistoryEvent> GetByAppId(string appId) => [.. Events.Where(entry => entry.AppId == appId)];

    /// <summary>The entries of an instance.</summary>
    public IReadOnlyList<PropagatedHistoryEvent> GetByInstanceId(string instanceId) => [.. Events.Where(entry => entry.InstanceId == instanceId)];
}

/// <summary>What one workflow did.</summary>
public sealed class PropagatedHistoryEvent(
    string instanceId,
    string appId,
    string name,
    IReadOnlyList<PropagatedHistoryActivityResult> activities,
    IReadOnlyList<PropagatedHistoryWorkflowResult> childWorkflows)
{
    /// <summary>Its instance.</summary>
    public string InstanceId { get; } = instanceId;

    /// <summary>Its app.</summary>
    public string AppId { get; } = appId;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The activities that it called, in order.</summary>
    public IReadOnlyList<PropagatedHistoryActivityResult> Activities { get; } = activities;

    /// <summary>The child workflows that it called, in order.</summary>
    public IReadOnlyList<PropagatedHistoryWorkflowResult> Workflows { get; } = childWorkflows;

    /// <summary>The calls of an activity.</summary>
    public IReadOnlyList<PropagatedHistoryActivityResult> GetActivitiesByName(string name) => [.. Activities.Where(call => call.Name == name)];

    /// <summary>The last call of an activity.</summary>
    public bool TryGetLastActivityByName(string name, [NotNullWhen(true)] out PropagatedHistoryActivityResult? result) =>
        (result = Activities.LastOrDefault(call => call.Name == name)) is not null;

    /// <summary>The calls of a child workflow.</summary>
    public IReadOnlyList<PropagatedHistoryWorkflowResult> GetWorkflowsByName(string name) => [.. Workflows.Where(call => call.Name == name)];

    /// <summary>The last call of a child workflow.</summary>
    public bool TryGetLastWorkflowByName(string name, [NotNullWhen(true)] out PropagatedHistoryWorkflowResult? result) =>
        (result = Workflows.LastOrDefault(call => call.Name == name)) is not null;
}

/// <summary>How a call ended.</summary>
public enum PropagatedHistoryStatus
{
    /// <summary>It had not ended.</summary>
    Pending = 0,

    /// <summary>It returned.</summary>
    Completed = 1,

    /// <summary>It failed.</summary>
    Failed = 2,
}

/// <summary>One call of an activity.</summary>
public sealed record PropagatedHistoryActivityResult(
    string Name, PropagatedHistoryStatus Status, string? Input, string? Output, WorkflowTaskFailureDetails? FailureDetails);

/// <summary>One call of a child workflow.</summary>
public sealed record PropagatedHistoryWorkflowResult(
    string Name, PropagatedHistoryStatus Status, string? Output, WorkflowTaskFailureDetails? FailureDetails);
