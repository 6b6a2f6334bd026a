namespace Dapr.Workflow.Worker.Replay;

/// <summary>The workflow's code does not repeat what it did before: it was changed under a running instance, or is not deterministic.</summary>
internal sealed class NonDeterministicWorkflowException(int id, string recorded, string asked) : Exception(
    $"The workflow's code does not fit its history: step {id} was {recorded} before and is {asked} now. "
    + "Workflow code must be deterministic; guard changes with WorkflowContext.IsPatched.");
