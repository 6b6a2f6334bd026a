namespace Dapr.Workflow.Abstractions;

/// <summary>The name that a workflow or an activity is registered under.</summary>
public readonly record struct TaskIdentifier(string Name);
