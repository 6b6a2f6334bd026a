using Platform.DurableTask;

namespace Dapr.Workflow.Worker.Replay;

/// <summary>Which changes of the code this execution runs with: a new one only from a point that no history lies behind.</summary>
internal sealed class PatchLedger
{
    private readonly HashSet<string> _inHistory = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _answers = new(StringComparer.Ordinal);

    /// <summary>The changes in force, in the order in which the code asked, as often as it asked.</summary>
    public List<string> InForce { get; } = [];

    public void Record(WorkflowVersion? version)
    {
        if (version is not null)
            _inHistory.UnionWith(version.Patches);
    }

    public bool IsPatched(string name, bool replaying)
    {
        if (!_answers.TryGetValue(name, out var answer))
            _answers.Add(name, answer = _inHistory.Contains(name) || !replaying);
        if (answer)
            InForce.Add(name);
        return answer;
    }
}
