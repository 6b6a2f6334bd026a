using Platform.LocalHost.Running;

namespace Platform.LocalHost.Control;

/// <summary>What can be done with one resource while the others run.</summary>
internal static class ResourceActions
{
    public static readonly IReadOnlyList<string> All = ["start", "stop", "restart", "rebuild"];

    /// <summary>Does it, and returns when it is done.</summary>
    /// <exception cref="StackException">There is no such resource, or it did not go well.</exception>
    public static async Task DoAsync(Stack stack, string name, string action, CancellationToken cancellationToken)
    {
        var runner = stack.Find(name);
        switch (action)
        {
            case "start":
                await runner.StartAsync(cancellationToken);
                break;
            case "stop":
                await runner.StopAsync();
                break;
            case "restart":
                await runner.StopAsync();
                await runner.StartAsync(cancellationToken);
                break;
            case "rebuild":
                await stack.RebuildAsync(name, cancellationToken);
                break;
            default:
                throw new StackException($"There is no action '{action}'. There are: {string.Join(", ", All)}.");
        }
    }
}
