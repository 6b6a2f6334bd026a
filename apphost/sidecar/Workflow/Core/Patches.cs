using Platform.DurableTask;

namespace Platform.Sidecar.Workflow.Core;

/// <summary>Changes of a workflow's code that an execution runs with: recorded with the turn in which the code first asked for them.</summary>
internal static class Patches
{
    /// <summary>Whether the recorded patches are the beginning of those that the worker reports.</summary>
    public static bool Fit(InstanceState state, WorkflowResponse response)
    {
        var recorded = Recorded(state).ToList();
        return recorded.Count == 0 || recorded.SequenceEqual((response.Version?.Patches ?? []).Take(recorded.Count));
    }

    public static void Store(InstanceState state, TurnInput turn, WorkflowResponse response)
    {
        if (response.Version is not { } version)
            return;
        var added = new WorkflowVersion { Patches = { version.Patches.Skip(Recorded(state).Count()) } };
        if (version.HasName)
            added.Name = version.Name;
        turn.Events[0].WorkflowStarted.Version = added;
    }

    private static IEnumerable<string> Recorded(InstanceState state) =>
        state.History.SelectMany(entry => entry.WorkflowStarted?.Version?.Patches ?? []);
}
