using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Control;
using Platform.LocalHost.Display;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Processes;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.CommandLine;

/// <summary>Starts everything and runs until Ctrl-C, SIGTERM, the end of its terminal, or <c>down</c>.</summary>
internal static class UpCommand
{
    public static Task<int> RunAsync(LocalApplicationBuilder builder, StackOnDemand stack, CancellationToken cancellationToken) =>
        RunAsync(builder, stack, static (_, token) => UntilStoppedAsync(token), cancellationToken);

    /// <summary>Starts everything, does a piece of work, and stops everything.</summary>
    public static async Task<int> RunAsync(
        LocalApplicationBuilder builder, StackOnDemand stack, Func<IReadOnlyList<ResourceView>, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        // Before anything else: the first statement of the program's main thread, which the kernel ties the death signal to.
        ParentDeath.FollowDotNetRun();
        await using var host = new StackHost(builder, stack);
        if (!host.TryTake())
            return await AlreadyRunningAsync(builder, cancellationToken);

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            var made = await host.OpenAsync(() => stopping.Cancel(), stopping.Token);
            return await StartAndWorkAsync(builder, made, host.Dashboard, work, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            await StopAsync(host, stack);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    private static async Task<int> StartAndWorkAsync(
        LocalApplicationBuilder builder, Stack stack, Uri? dashboard, Func<IReadOnlyList<ResourceView>, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        if (dashboard is not null)
            Terminal.Line($"Dashboard: {dashboard}");
        MissingValues.Tell(stack);
        await MissingValues.AskAsync(builder, cancellationToken);
        await using (var progress = Progress.Follow(stack))
            await stack.StartAsync(cancellationToken);
        Welcome.Show(builder, stack, dashboard);
        using var changes = ChangeLines.Follow(stack);
        return await work([.. stack.Runners.Select(runner => ResourceView.Of(runner))], cancellationToken);
    }

    private static async Task<int> UntilStoppedAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }

    private static async Task StopAsync(StackHost host, StackOnDemand stack)
    {
        if (stack.Made is null)
            return;
        Terminal.Line("Stopping…");
        await host.DisposeAsync();
        Terminal.Line("Everything has stopped.");
    }

    private static async Task<int> AlreadyRunningAsync(LocalApplicationBuilder builder, CancellationToken cancellationToken)
    {
        Terminal.Line($"The instance '{builder.Instance.Name}' is running already:");
        return await PsCommand.RunAsync(builder.Instance, json: false, cancellationToken);
    }
}
