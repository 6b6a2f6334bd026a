using System.Runtime.InteropServices;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Health;

/// <summary>
/// Ends the process in daprd's order: first nothing is brought to the apps any more; then, where an app wants that, the API serves
/// for a while longer; then the host stops.
/// </summary>
internal sealed partial class Shutdown(SidecarApps apps, AppProbe probe, IHostApplicationLifetime lifetime, ILogger<Shutdown> logger)
    : IHostLifetime, IDisposable
{
    private readonly CancellationTokenSource _inputs = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _begun;

    /// <summary>Cancelled when nothing is to be brought to the apps any more.</summary>
    public CancellationToken InputsStopping => _inputs.Token;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Begin();
            }));
        }

        lifetime.ApplicationStopping.Register(_inputs.Cancel);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A second time ends the longer service at once.</summary>
    public void Begin()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 1)
            lifetime.StopApplication();
        else
            _ = Stop();
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _inputs.Dispose();
    }

    private async Task Stop()
    {
        var blocking = apps.All.Where(app => app.Options.BlockShutdown is { } duration && duration > TimeSpan.Zero).ToArray();
        if (blocking.Length > 0)
        {
            await _inputs.CancelAsync();
            await Task.WhenAll(blocking.Select(Block));
        }

        lifetime.StopApplication();
    }

    private async Task Block(SidecarApp app)
    {
        Log.Blocking(logger, app.Id, app.Options.BlockShutdown!.Value.TotalSeconds);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        limit.CancelAfter(app.Options.BlockShutdown.Value);
        try
        {
            await (app.Channel is { } channel ? probe.WaitUntilDown(app, channel, limit.Token) : Task.Delay(Timeout.Infinite, limit.Token));
            Log.Unhealthy(logger, app.Id);
        }
        catch (OperationCanceledException)
        {
            Log.Expired(logger, app.Id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "App {App}: blocking graceful shutdown for {Seconds} s or until the app reports unhealthy")]
        public static partial void Blocking(ILogger logger, string app, double seconds);

        [LoggerMessage(LogLevel.Information, "App {App} reported unhealthy, entering shutdown")]
        public static partial void Unhealthy(ILogger logger, string app);

        [LoggerMessage(LogLevel.Information, "App {App}: block shutdown period expired, entering shutdown")]
        public static partial void Expired(ILogger logger, string app);
    }
}
