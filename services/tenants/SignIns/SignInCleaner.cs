using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Data;
using Platform.Tenancy;
using Platform.Tenants.Members;

namespace Platform.Tenants.SignIns;

/// <summary>Once an hour deletes what is too old: entries, devices that nobody uses, notes of browsers.</summary>
internal sealed partial class SignInCleaner(
    IServiceScopeFactory scopes, MemberKeys members, IOptions<SignInOptions> options, TimeProvider time, ILogger<SignInCleaner> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan NoteLifetime = TimeSpan.FromDays(1);

    /// <summary>Deletes what is too old in every company.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in (await members.CompaniesAsync(cancellationToken)).Append(Installation.Id))
        {
            try
            {
                await CleanAsync(tenant, time.GetUtcNow(), cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested && Outages.IsAbsence(failure))
            {
                // Its own database is away: nobody else waits for it.
                LogFailed(logger, failure.GetType().Name);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException or TimeoutException or OperationCanceledException && !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, failure.GetType().Name);
            }
        }
    }

    private async Task CleanAsync(Guid tenant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "sign-ins");
        var db = scope.ServiceProvider.GetRequiredService<TenantsDbContext>();
        var (oldest, oldestNote) = (now - options.Value.Retention, now - NoteLifetime);
        await db.SignIns.Where(row => row.CreateTime < oldest).ExecuteDeleteAsync(cancellationToken);
        await db.KnownDevices.Where(device => device.LastUseTime < oldest).ExecuteDeleteAsync(cancellationToken);
        await db.BrowserNotes.Where(note => note.CreateTime < oldestNote).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old sign-ins were not deleted ({Error}); next try in an hour")]
    private static partial void LogFailed(ILogger logger, string error);
}
