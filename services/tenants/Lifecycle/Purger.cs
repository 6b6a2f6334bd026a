using Microsoft.Extensions.Options;
using Platform.Tenancy;

namespace Platform.Tenants.Lifecycle;

/// <summary>Deletes companies whose grace period has ended.</summary>
internal sealed partial class Purger(
    IServiceScopeFactory scopes, PurgeQueue queue, IOptions<LifecycleOptions> options, TimeProvider time, ILogger<Purger> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        PurgeAsync, token => Task.Delay(options.Value.Poll, time, token), failure => LogFailed(logger, failure.Message), stoppingToken);

    private async Task PurgeAsync(Guid tenant, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "purge");
        if (await PurgeTenant.DueAsync(scope.ServiceProvider, cancellationToken))
            LogPurged(logger, tenant);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "All that company {Tenant} had is deleted")]
    private static partial void LogPurged(ILogger logger, Guid tenant);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A company could not be deleted ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);
}
