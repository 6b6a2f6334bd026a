using Platform.DurableTask;
using Entry = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;
using Wire = Platform.DurableTask.PropagatedHistory;

namespace Dapr.Workflow.Worker.Replay;

/// <summary>Reads the history that a caller passed on.</summary>
internal static class PropagatedHistoryReader
{
    public static PropagatedHistory? Read(Wire? history) =>
        history is null or { Chunks.Count: 0 } ? null : new PropagatedHistory([.. history.Chunks.Select(Read)]);

    private static PropagatedHistoryEvent Read(PropagatedHistoryChunk chunk)
    {
        var events = chunk.RawEvents.Select(raw => HistoryEvent.Parser.ParseFrom(raw)).ToList();
        var answers = events.Where(entry => AnswerTo(entry) is not null).ToLookup(entry => AnswerTo(entry)!.Value);
        var activities = events.Where(entry => entry.EventTypeCase == Entry.TaskScheduled)
            .Select(entry => Activity(entry.TaskScheduled, answers[entry.EventId].FirstOrDefault()));
        var children = events.Where(entry => entry.EventTypeCase == Entry.ChildWorkflowInstanceCreated)
            .Select(entry => Child(entry.ChildWorkflowInstanceCreated, answers[entry.EventId].FirstOrDefault()));
        return new PropagatedHistoryEvent(chunk.InstanceId, chunk.AppId, chunk.WorkflowName, [.. activities], [.. children]);
    }

    private static int? AnswerTo(HistoryEvent entry) => entry.EventTypeCase switch
    {
        Entry.TaskCompleted => entry.TaskCompleted.TaskScheduledId,
        Entry.TaskFailed => entry.TaskFailed.TaskScheduledId,
        Entry.ChildWorkflowInstanceCompleted => entry.ChildWorkflowInstanceCompleted.TaskScheduledId,
        Entry.ChildWorkflowInstanceFailed => entry.ChildWorkflowInstanceFailed.TaskScheduledId,
        _ => null,
    };

    private static PropagatedHistoryActivityResult Activity(TaskScheduledEvent call, HistoryEvent? answer) => new(
        call.Name, StatusOf(answer), call.Input, answer?.TaskCompleted?.Result, answer?.TaskFailed?.FailureDetails.ToPublic());

    private static PropagatedHistoryWorkflowResult Child(ChildWorkflowInstanceCreatedEvent call, HistoryEvent? answer) => new(
        call.Name, StatusOf(answer), answer?.ChildWorkflowInstanceCompleted?.Result,
        answer?.ChildWorkflowInstanceFailed?.FailureDetails.ToPublic());

    private static PropagatedHistoryStatus StatusOf(HistoryEvent? answer) => answer?.EventTypeCase switch
    {
        null => PropagatedHistoryStatus.Pending,
        Entry.TaskCompleted or Entry.ChildWorkflowInstanceCompleted => PropagatedHistoryStatus.Completed,
        _ => PropagatedHistoryStatus.Failed,
    };
}
