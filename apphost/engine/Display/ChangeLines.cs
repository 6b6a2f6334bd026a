using Platform.LocalHost.Running;

namespace Platform.LocalHost.Display;

/// <summary>One line for each change of a resource's state.</summary>
internal sealed class ChangeLines : IDisposable
{
    private readonly Stack _stack;

    private ChangeLines(Stack stack)
    {
        _stack = stack;
        stack.Board.Changed += OnChanged;
    }

    public static ChangeLines Follow(Stack stack) => new(stack);

    /// <summary>Null for changes that say nothing new, such as another second of waiting.</summary>
    public static string? Describe(ResourceSnapshot now, ResourceSnapshot? before)
    {
        if (now.State == before?.State && now.Healthy == before.Healthy)
            return null;
        return now switch
        {
            { State: ResourceState.Running, Healthy: true } => $"  {now.Name}: healthy",
            { State: ResourceState.Running, Healthy: false } => $"  {now.Name}: {now.Detail}",
            { State: ResourceState.Running or ResourceState.NotStarted } => null,
            { State: ResourceState.Exited, ExitCode: { } code } => $"  {now.Name}: exited with code {code}",
            { State: ResourceState.FailedToStart } => $"  {now.Name}: did not start",
            _ => $"  {now.Name}: {now.Detail ?? now.State.ToString().ToLowerInvariant()}",
        };
    }

    public void Dispose() => _stack.Board.Changed -= OnChanged;

    private static void OnChanged(ResourceSnapshot now, ResourceSnapshot? before)
    {
        if (now.State is not ResourceState.Stopping && Describe(now, before) is { } line)
            Terminal.Line(line);
    }
}
