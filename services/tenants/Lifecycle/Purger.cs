using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Tenancy;

namespace Platform.Tenants.Lifecycle;

/// <summary>Deletes companies whose grace period has ended.</summary>
internal sealed partial class Purger(
    IServiceScopeFactory scopes, PurgeQueue queue, IOptions<LifecycleOptions> options, TimeProvider time, ILogger<Purger> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Poll, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await queue.ClaimAsync(stoppingToken) is { } tenant)
                    await PurgeAsync(tenant, stoppingToken);
            }
            catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException or TimeoutException && !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, failure.Message);
            }
        }
    }

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
