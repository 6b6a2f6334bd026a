using Platform.LocalHost.Instances;
using Platform.LocalHost.Processes;

namespace Platform.LocalHost.Running;

/// <summary>What all runners of a stack share.</summary>
internal sealed class RunContext(Instance instance)
{
    public Instance Instance { get; } = instance;

    public StateBoard Board { get; } = new();

    public ProcessGuard Guard { get; } = new();

    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>How long a resource may take from its start to its first healthy answer.</summary>
    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
