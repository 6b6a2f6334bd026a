using Platform.DurableTask;
using Kind = Platform.DurableTask.WorkflowAction.WorkflowActionTypeOneofCase;

namespace Platform.Sidecar.Workflow.Core;

/// <summary>A turn that the connected worker's code cannot run: nothing is taken over, and the instance waits for another worker.</summary>
internal sealed record Stall(StalledReason Reason, string Description)
{
    public static Stall? Find(InstanceState state, WorkflowResponse response)
    {
        if (response.Actions.Any(action => action.WorkflowActionTypeCase == Kind.WorkflowVersionNotAvailable))
            return new Stall(StalledReason.VersionNotAvailable, $"no version of workflow '{state.Started?.Name}' fits");
        return Patches.Fit(state, response)
            ? null
            : new Stall(StalledReason.PatchMismatch, "the worker's patches do not continue those of the history");
    }

    public Decisions Apply(InstanceState state, DateTimeOffset now)
    {
        if (!state.IsStalled || state.History[^1].ExecutionStalled.Description != Description)
        {
            var entry = HistoryEvents.New(now);
            entry.ExecutionStalled = new ExecutionStalledEvent { Reason = Reason, Description = Description };
            state.History.Add(entry);
        }

        return new Decisions { Stalled = true };
    }
}
