using OpenIddict.Abstractions;
using Platform.Identity.Data;
using Platform.Identity.Events;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;

namespace Platform.Identity.Hosting;

/// <summary>Removes what has run out: once an hour is often enough for rows that nobody reads.</summary>
internal sealed partial class Housekeeping(IServiceScopeFactory scopes, Realm realm, TimeProvider time, ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await SweepAsync(stoppingToken);
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var services = scope.ServiceProvider;
            var before = time.GetUtcNow() - Retention;
            await services.GetRequiredService<SessionStore>().PruneAsync(cancellationToken);
            await EventJournal.PruneAsync(services.GetRequiredService<IdentityDbContext>(), realm, time.GetUtcNow(), cancellationToken);
            await services.GetRequiredService<BruteForceGuard>().PruneAsync(cancellationToken);
            await services.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, cancellationToken);
            await services.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(logger, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired rows were not removed, the next hour tries again: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
