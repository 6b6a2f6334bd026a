using System.Text.Json;
using Platform.DurableTask;
using Happened = Platform.DurableTask.HistoryEvent.EventTypeOneofCase;

namespace Platform.Dashboard.Workflows;

/// <summary>A step of a workflow.</summary>
internal sealed record Step
{
    /// <summary>Number of the event that began it, by which it can be run again.</summary>
    public required int Id { get; init; }

    /// <summary>What it is: activity, workflow, timer or event.</summary>
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>Null while it is under way.</summary>
    public DateTimeOffset? End { get; init; }

    public string? Input { get; init; }

    public string? Output { get; init; }

    /// <summary>What went wrong: an exception, or an outcome that says of itself that it did not succeed.</summary>
    public string? Error { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>The app that does it, where that is another one.</summary>
    public string? App { get; init; }

    /// <summary>It follows a step that failed for good: what a saga does then undoes what it did.</summary>
    public bool IsCompensation { get; init; }
}

/// <summary>Reads a workflow's history as its steps, in the order in which they began.</summary>
internal static class Timeline
{
    public static IReadOnlyList<Step> Of(IReadOnlyList<HistoryEvent> history)
    {
        var steps = new List<Step>();
        var executions = new Dictionary<string, int>();
        foreach (var entry in history)
            Read(entry, steps, executions);
        // A step that was refused may be tried again; what follows the last try, undoes.
        var failed = steps.FindIndex(step => step.Error is not null && !steps.Any(other => other.Name == step.Name && other.Id > step.Id));
        return failed < 0 ? steps : [.. steps.Select((step, index) => index > failed && step.Kind is not ("timer" or "event") ? step with { IsCompensation = true } : step)];
    }

    private static void Read(HistoryEvent entry, List<Step> steps, Dictionary<string, int> executions)
    {
        var time = entry.Timestamp.ToDateTimeOffset();
        switch (entry.EventTypeCase)
        {
            case Happened.TaskScheduled:
                Begin(entry, time, steps, executions);
                break;
            case Happened.TaskCompleted:
                End(steps, entry.TaskCompleted.TaskScheduledId, time, entry.TaskCompleted.Result, null);
                break;
            case Happened.TaskFailed:
                End(steps, entry.TaskFailed.TaskScheduledId, time, null, entry.TaskFailed.FailureDetails);
                break;
            case Happened.ChildWorkflowInstanceCreated:
                var child = entry.ChildWorkflowInstanceCreated;
                steps.Add(new Step { Id = entry.EventId, Kind = "workflow", Name = child.Name, Start = time, Input = child.Input, App = AppOf(entry) });
                break;
            case Happened.ChildWorkflowInstanceCompleted:
                End(steps, entry.ChildWorkflowInstanceCompleted.TaskScheduledId, time, entry.ChildWorkflowInstanceCompleted.Result, null);
                break;
            case Happened.ChildWorkflowInstanceFailed:
                End(steps, entry.ChildWorkflowInstanceFailed.TaskScheduledId, time, null, entry.ChildWorkflowInstanceFailed.FailureDetails);
                break;
            case Happened.TimerCreated when entry.TimerCreated.OriginCase is TimerCreatedEvent.OriginOneofCase.ActivityRetry or TimerCreatedEvent.OriginOneofCase.ChildWorkflowRetry:
                // The pause before another try of a step belongs to that step.
                break;
            case Happened.TimerCreated:
                steps.Add(new Step { Id = entry.EventId, Kind = "timer", Name = NameOf(entry.TimerCreated), Start = time });
                break;
            case Happened.TimerFired:
                End(steps, entry.TimerFired.TimerId, time, null, null);
                break;
            case Happened.EventRaised:
                var wait = steps.FindIndex(step => step is { Kind: "timer", End: null } && step.Name.Equals(WaitFor(entry.EventRaised.Name), StringComparison.OrdinalIgnoreCase));
                if (wait >= 0)
                    steps[wait] = steps[wait] with { End = time };
                steps.Add(new Step { Id = entry.EventId, Kind = "event", Name = entry.EventRaised.Name, Start = time, End = time, Input = entry.EventRaised.Input });
                break;
            case Happened.ExecutionSuspended:
                steps.Add(new Step { Id = entry.EventId, Kind = "event", Name = "Suspended", Start = time, End = time, Input = entry.ExecutionSuspended.Input });
                break;
            case Happened.ExecutionResumed:
                steps.Add(new Step { Id = entry.EventId, Kind = "event", Name = "Resumed", Start = time, End = time, Input = entry.ExecutionResumed.Input });
                break;
            case Happened.ExecutionTerminated:
                steps.Add(new Step { Id = entry.EventId, Kind = "event", Name = "Terminated", Start = time, End = time, Input = entry.ExecutionTerminated.Input });
                break;
        }
    }

    // Another try has the execution's id of the first one: one step, tried more than once.
    private static void Begin(HistoryEvent entry, DateTimeOffset time, List<Step> steps, Dictionary<string, int> executions)
    {
        var task = entry.TaskScheduled;
        if (task.TaskExecutionId.Length > 0 && executions.TryGetValue(task.TaskExecutionId, out var index))
        {
            steps[index] = steps[index] with { Id = entry.EventId, Attempts = steps[index].Attempts + 1, End = null, Error = null };
            return;
        }

        if (task.TaskExecutionId.Length > 0)
            executions[task.TaskExecutionId] = steps.Count;
        steps.Add(new Step { Id = entry.EventId, Kind = "activity", Name = task.Name, Start = time, Input = task.Input, App = AppOf(entry) });
    }

    private static void End(List<Step> steps, int id, DateTimeOffset time, string? output, TaskFailureDetails? failure)
    {
        var index = steps.FindLastIndex(step => step.Id == id);
        if (index >= 0)
            steps[index] = steps[index] with { End = time, Output = output, Error = failure is null ? Refusal(output) : $"{failure.ErrorType}: {failure.ErrorMessage}" };
    }

    private static string? AppOf(HistoryEvent entry) => entry.Router is { HasTargetAppID: true } router && router.TargetAppID != router.SourceAppID ? router.TargetAppID : null;

    private static string NameOf(TimerCreatedEvent timer) => timer.OriginCase is TimerCreatedEvent.OriginOneofCase.ExternalEvent
        ? WaitFor(timer.ExternalEvent.Name)
        : $"until {Pages.Words.Moment(timer.FireAt.ToDateTimeOffset())}";

    private static string WaitFor(string name) => $"waits for {name}";

    // Steps that may fail as part of the business answer with an outcome instead of an exception.
    private static string? Refusal(string? output)
    {
        if (output is null || !output.StartsWith('{'))
            return null;
        try
        {
            using var json = JsonDocument.Parse(output);
            var fields = json.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value, StringComparer.OrdinalIgnoreCase);
            var error = fields.TryGetValue("error", out var said) && said.ValueKind is JsonValueKind.String ? said.GetString() : "";
            var refused = fields.TryGetValue("succeeded", out var succeeded) && succeeded.ValueKind is JsonValueKind.False;
            return error?.Length > 0 ? error : refused ? "It did not succeed." : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
