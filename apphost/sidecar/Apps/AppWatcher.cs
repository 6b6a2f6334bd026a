using Platform.Sidecar.Health;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Apps;

/// <summary>Follows the apps going up and down, and runs every <see cref="IAppLifecycle"/> while they are up.</summary>
internal sealed partial class AppWatcher(
    SidecarApps apps, IEnumerable<IAppLifecycle> lifecycles, AppProbe probe, Shutdown shutdown, ILogger<AppWatcher> logger)
    : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Deliveries end while the API still answers: the handlers that are under way need it.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, shutdown.InputsStopping);
        await Task.WhenAll(apps.All.Where(app => app.Channel is not null).Select(app => Watch(app, app.Channel!, stopping.Token)));
    }

    private async Task Watch(SidecarApp app, AppChannel channel, CancellationToken stopping)
    {
        Log.Waiting(logger, app.Id, channel.Protocol, channel.Port);
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await probe.WaitUntilUp(app, channel, stopping);
                await WhileUp(app, channel, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The sidecar stops.
        }
    }

    private async Task WhileUp(SidecarApp app, AppChannel channel, CancellationToken stopping)
    {
        using var down = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        channel.IsUp = true;
        Log.Up(logger, app.Id);
        var running = lifecycles.Select(lifecycle => Run(lifecycle, app, down.Token)).ToArray();
        try
        {
            await probe.WaitUntilDown(app, channel, stopping);
        }
        finally
        {
            channel.IsUp = false;
            await down.CancelAsync();
            await Task.WhenAll(running);
        }

        // From now on nothing is sent there any more.
        Log.Down(logger, app.Id);
    }

    // Nothing that an app or a broker does may end the work for it while it is up.
    private async Task Run(IAppLifecycle lifecycle, SidecarApp app, CancellationToken down)
    {
        while (!down.IsCancellationRequested)
        {
            try
            {
                await lifecycle.RunWhileUp(app, down);
                return;
            }
            catch (OperationCanceledException) when (down.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Log.Failed(logger, error, lifecycle.GetType().Name, app.Id);
                await Task.Delay(PauseAfterFailure, down).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "App {App}: application protocol {Protocol}, waiting on port {Port}")]
        public static partial void Waiting(ILogger logger, string app, AppProtocol protocol, int port);

        [LoggerMessage(LogLevel.Information, "App {App} is up")]
        public static partial void Up(ILogger logger, string app);

        [LoggerMessage(LogLevel.Information, "App {App} is down")]
        public static partial void Down(ILogger logger, string app);

        [LoggerMessage(LogLevel.Error, "{Lifecycle} of app {App} failed and begins anew")]
        public static partial void Failed(ILogger logger, Exception error, string lifecycle, string app);
    }
}
