using Platform.Tenancy;

namespace Platform.Tenants.Shares;

/// <summary>
/// Has each service give back what it holds of a limit that was set anew, and say what it has: what was given under another limit
/// is void then, and with its next record the service asks again.
/// </summary>
internal sealed partial class ShareCollector(IServiceScopeFactory scopes, ShareQueue queue, ShareSignal signal, ILogger<ShareCollector> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        (due, token) => CollectAsync(due.Tenant, due.Resource, due.Service, token), token => signal.WaitAsync(Poll, token), failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task CollectAsync(Guid tenant, string resource, string service, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "limits");
        await scope.ServiceProvider.GetRequiredService<ShareLedger>().GatherAsync(resource, share => share.Service == service, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A service could not be asked what it has of a limit ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
