using Platform.Tenancy;

namespace Platform.Search.Rebuilding;

/// <summary>Goes on with rebuilds, some pages of one tenant at a time, so that a small company does not wait for a large one.</summary>
internal sealed partial class RebuildWorker(IServiceScopeFactory scopes, RebuildQueue queue, RebuildSignal signal, ILogger<RebuildWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        (due, token) => DoAsync(due.Tenant, due.Rebuild, token), token => signal.WaitAsync(Poll, token), failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task DoAsync(Guid tenant, Guid rebuild, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "search-rebuild");
        await scope.ServiceProvider.GetRequiredService<RunRebuild>().RunAsync(rebuild, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A rebuild of an index could not go on ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
