using Google.Protobuf.WellKnownTypes;
using Platform.DurableTask;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;

namespace Platform.Sidecar.Workflow.Core;

/// <summary>An instance as queries show it.</summary>
internal static class InstanceView
{
    public static GetInstanceResponse Describe(this InstanceState state, bool withData)
    {
        if (!state.Exists)
            return new GetInstanceResponse();
        var started = state.Started;
        var completed = state.Completed;
        var view = new WorkflowState
        {
            InstanceId = state.InstanceId,
            Name = started?.Name ?? "",
            Version = started?.Version,
            WorkflowStatus = state.Status,
            ScheduledStartTimestamp = started?.ScheduledStartTimestamp,
            CreatedTimestamp = state.StartedEntry?.Timestamp,
            LastUpdatedTimestamp = (state.History.LastOrDefault() ?? state.Inbox.LastOrDefault())?.Timestamp,
            CompletedTimestamp = completed is null ? null : state.History[^1].Timestamp,
            StartedAt = state.History.Find(entry => entry.EventTypeCase == Entry.WorkflowStarted)?.Timestamp,
            ExecutionId = started?.WorkflowInstance?.ExecutionId,
            ParentInstanceId = started?.ParentInstance?.WorkflowInstance?.InstanceId,
            ParentAppId = started?.ParentInstance is { HasAppID: true } parent ? parent.AppID : null,
        };
        if (started is not null)
            view.Tags.Add(started.Tags);
        if (withData)
            AddData(view, state, completed);
        return new GetInstanceResponse { Exists = true, WorkflowState = view };
    }

    private static void AddData(WorkflowState view, InstanceState state, ExecutionCompletedEvent? completed)
    {
        view.Input = state.Started?.Input;
        view.Output = completed?.Result;
        view.CustomStatus = state.CustomStatus;
        view.FailureDetails = completed?.FailureDetails;
    }
}
