using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Platform.Tenancy;
using Platform.Tenants.Lifecycle;

namespace Platform.Tenants.SupportAccess;

/// <summary>Writes down and tells that support access is over, once its time is.</summary>
internal sealed partial class SupportExpirer(
    IServiceScopeFactory scopes, ExpiryQueue queue, IOptions<LifecycleOptions> options, TimeProvider time, ILogger<SupportExpirer> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Work.RunAsync(
        (due, token) => ExpireAsync(due.Tenant, due.Grant, token), token => Task.Delay(options.Value.Poll, time, token),
        failure => LogFailed(logger, failure.GetType().Name), stoppingToken);

    private async Task ExpireAsync(Guid tenant, Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "support-access");
        var db = scope.ServiceProvider.GetRequiredService<TenantsDbContext>();
        var now = time.GetUtcNow();
        if (await db.SupportGrants.SingleOrDefaultAsync(grant => grant.Id == id, cancellationToken) is { } grant && grant.TryExpire(now))
            await db.PublishAsync(grant, now, cancellationToken);
        db.SupportExpiries.RemoveRange(await db.SupportExpiries.Where(expiry => expiry.GrantId == id).ToListAsync(cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of support access could not be written down ({Error}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string error);
}
