using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;

namespace Platform.Identity.Hosting;

/// <summary>Wakes Entity Framework up after the start, so that the first person to sign in does not wait for it.</summary>
internal sealed partial class WarmUp(IServiceScopeFactory scopes, Realm realm, IHostApplicationLifetime lifetime, ILogger<WarmUp> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SessionStore>().FindAsync(Guid.Empty.ToString(), stoppingToken);
            await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>()
                .FindByClientIdAsync(realm.Clients.First().Id, stoppingToken);
        }
        catch (Exception exception) when (exception is DbUpdateException or Npgsql.NpgsqlException or InvalidOperationException)
        {
            LogFailed(logger, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not answer after the start: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
