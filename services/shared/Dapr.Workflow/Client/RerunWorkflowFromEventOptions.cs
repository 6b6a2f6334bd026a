namespace Dapr.Workflow.Client;

/// <summary>How a workflow is run again.</summary>
public sealed class RerunWorkflowFromEventOptions
{
    /// <summary>The new instance's id; null: a random one.</summary>
    public string? NewInstanceId { get; set; }

    /// <summary>The input of the event to run again, where <see cref="OverwriteInput"/> says so.</summary>
    public object? Input { get; set; }

    /// <summary>Whether <see cref="Input"/> replaces the recorded input.</summary>
    public bool OverwriteInput { get; set; }
}
