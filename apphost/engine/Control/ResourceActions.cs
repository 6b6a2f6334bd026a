using Platform.LocalHost.Running;

namespace Platform.LocalHost.Control;

/// <summary>What can be done with one resource while the others run.</summary>
internal static class ResourceActions
{
    public static readonly IReadOnlyList<string> All = ["start", "stop", "restart", "rebuild"];

    /// <summary>Does it, and returns when it is done. Only the end of the stack, or a stop of the resource, breaks it off.</summary>
    /// <exception cref="StackException">There is no such resource, or it did not go well.</exception>
    public static async Task DoAsync(Stack stack, string name, string action)
    {
        try
        {
            await DoAsync(stack, stack.Find(name), action);
        }
        catch (OperationCanceledException)
        {
            throw new StackException($"{name} was stopped before it was healthy.");
        }
    }

    private static async Task DoAsync(Stack stack, Runner runner, string action)
    {
        switch (action)
        {
            case "start":
                await runner.StartAsync(stack.Stopping);
                break;
            case "stop":
                await runner.StopAsync();
                break;
            case "restart":
                await runner.StopAsync();
                await runner.StartAsync(stack.Stopping);
                break;
            case "rebuild":
                await stack.RebuildAsync(runner);
                break;
            default:
                throw new StackException($"There is no action '{action}'. There are: {string.Join(", ", All)}.");
        }
    }
}
