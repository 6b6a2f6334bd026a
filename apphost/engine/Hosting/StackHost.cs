using System.Security.Cryptography;
using Platform.LocalHost.Control;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Hosting;

/// <summary>What stands around a stack while it runs: the lock of its instance, and the address at which commands and the browser reach it.</summary>
internal sealed class StackHost(LocalApplicationBuilder builder, StackOnDemand stack) : IAsyncDisposable
{
    private InstanceLock? _lock;
    private ControlServer? _control;

    /// <summary>The dashboard's address with its token; null when there is none.</summary>
    public Uri? Dashboard => _control?.Dashboard;

    /// <summary>Makes the instance this program's; false when another one runs it.</summary>
    public bool TryTake() => (_lock ??= InstanceLock.TryTake(builder.Instance)) is not null;

    /// <summary>Makes the stack, after what the AppHost does before the start, and lets others look at it and steer it.</summary>
    /// <param name="stop">Called when somebody asks the stack to stop.</param>
    /// <param name="cancellationToken">Ends what the AppHost does before the start.</param>
    public async Task<Stack> OpenAsync(Action stop, CancellationToken cancellationToken)
    {
        var made = await stack.AnnouncedAsync(cancellationToken);
        _control = await ControlServer.StartAsync(builder.Instance, made, DashboardTokenOf(builder), stop);
        return made;
    }

    /// <summary>Stops the stack, if there is one, and gives up the instance. Safe to call more than once.</summary>
    public async ValueTask DisposeAsync()
    {
        _control?.Leave();
        if (stack.Made is { } made)
            await made.StopAsync();
        // Last, because what stops has still something to tell.
        if (Interlocked.Exchange(ref _control, null) is { } control)
            await control.DisposeAsync();
        Interlocked.Exchange(ref _lock, null)?.Dispose();
    }

    // The same at every start, so that a browser that was let in once stays so.
    private static string? DashboardTokenOf(LocalApplicationBuilder builder) => builder.HasDashboard
        ? builder.Secrets.GetOrAdd("dashboard-token", static () => RandomNumberGenerator.GetHexString(32, lowercase: true))
        : null;
}
