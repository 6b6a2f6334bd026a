using System.Runtime.InteropServices;
using System.Security.Cryptography;
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
    public static Task<int> RunAsync(LocalApplicationBuilder builder, StackOnDemand stack, CancellationToken cancellationToken) =>
        RunAsync(builder, stack, static (_, token) => UntilStoppedAsync(token), cancellationToken);

    /// <summary>Starts everything, does a piece of work, and stops everything.</summary>
    public static async Task<int> RunAsync(
        LocalApplicationBuilder builder, StackOnDemand stack, Func<IReadOnlyList<ResourceView>, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
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
        ControlServer? control = null;
        try
        {
            var made = await stack.AnnouncedAsync(stopping.Token);
            control = await ControlServer.StartAsync(builder.Instance, made, DashboardTokenOf(builder), () => stopping.Cancel());
            return await StartAndWorkAsync(builder, made, control.Dashboard, work, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            control?.Leave();
            await StopAsync(stack);
            // Last, because what stops has still something to tell.
            if (control is not null)
                await control.DisposeAsync();
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
        await using (var progress = Progress.Follow(stack))
            await stack.StartAsync(cancellationToken);
        Welcome.Show(builder, stack, dashboard);
        using var changes = ChangeLines.Follow(stack);
        return await work([.. stack.Runners.Select(runner => ResourceView.Of(runner))], cancellationToken);
    }

    // The same at every start, so that a browser that was let in once stays so.
    private static string? DashboardTokenOf(LocalApplicationBuilder builder) => builder.HasDashboard
        ? builder.Secrets.GetOrAdd("dashboard-token", static () => RandomNumberGenerator.GetHexString(32, lowercase: true))
        : null;

    private static async Task<int> UntilStoppedAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }

    private static async Task StopAsync(StackOnDemand stack)
    {
        if (stack.Made is not { } made)
            return;
        Terminal.Line("Stopping…");
        await made.StopAsync();
        Terminal.Line("Everything has stopped.");
    }

    private static async Task<int> AlreadyRunningAsync(LocalApplicationBuilder builder, CancellationToken cancellationToken)
    {
        Terminal.Line($"The instance '{builder.Instance.Name}' is running already:");
        return await PsCommand.RunAsync(builder.Instance, json: false, cancellationToken);
    }
}
