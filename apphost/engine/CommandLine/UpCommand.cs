using System.Runtime.InteropServices;
using Platform.LocalHost.Control;
using Platform.LocalHost.Display;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Processes;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.CommandLine;

/// <summary>Starts everything and runs until Ctrl-C, SIGTERM, the end of its terminal, or <c>down</c>.</summary>
internal static class UpCommand
{
    public static Task<int> RunAsync(LocalApplicationBuilder builder, Lazy<Stack> stack, CancellationToken cancellationToken) =>
        RunAsync(builder, stack, static (_, token) => UntilStoppedAsync(token), cancellationToken);

    /// <summary>Starts everything, does a piece of work, and stops everything.</summary>
    public static async Task<int> RunAsync(
        LocalApplicationBuilder builder, Lazy<Stack> stack, Func<IReadOnlyList<ResourceView>, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        // Before anything else: the first statement of the program's main thread, which the kernel ties the death signal to.
        ParentDeath.FollowDotNetRun();
        using var instanceLock = InstanceLock.TryTake(builder.Instance);
        if (instanceLock is null)
            return await AlreadyRunningAsync(builder, cancellationToken);

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            await using var control = await ControlServer.StartAsync(builder.Instance, stack.Value, () => stopping.Cancel());
            return await StartAndWorkAsync(builder, stack.Value, work, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            await StopAsync(stack);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    private static async Task<int> StartAndWorkAsync(
        LocalApplicationBuilder builder, Stack stack, Func<IReadOnlyList<ResourceView>, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        await using (var progress = Progress.Follow(stack))
            await stack.StartAsync(cancellationToken);
        Welcome.Show(builder, stack);
        using var changes = ChangeLines.Follow(stack);
        return await work([.. stack.Runners.Select(runner => ResourceView.Of(runner.State))], cancellationToken);
    }

    private static async Task<int> UntilStoppedAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }

    private static async Task StopAsync(Lazy<Stack> stack)
    {
        if (!stack.IsValueCreated)
            return;
        Terminal.Line("Stopping…");
        await stack.Value.StopAsync();
        Terminal.Line("Everything has stopped.");
    }

    private static async Task<int> AlreadyRunningAsync(LocalApplicationBuilder builder, CancellationToken cancellationToken)
    {
        Terminal.Line($"The instance '{builder.Instance.Name}' is running already:");
        return await PsCommand.RunAsync(builder.Instance, json: false, cancellationToken);
    }
}
