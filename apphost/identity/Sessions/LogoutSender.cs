using Microsoft.EntityFrameworkCore;
using Platform.Identity.Data;
using Platform.Identity.Realms;

namespace Platform.Identity.Sessions;

/// <summary>Tells applications of ended sessions, a few times when they do not answer; what is not told yet survives a restart.</summary>
internal sealed partial class LogoutSender(
    IServiceScopeFactory scopes, Realm realm, LogoutToken token, LogoutSignal signal, IHttpClientFactory clients, TimeProvider time,
    ILogger<LogoutSender> logger) : BackgroundService
{
    public const string HttpClient = "back-channel";
    private const int MaxAttempts = 6;
    private const int BatchSize = 50;
    private const int AtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await SendDueAsync(stoppingToken) == 0) await signal.WaitAsync(Pause, stoppingToken);
            }
            catch (Exception exception) when (exception is Npgsql.NpgsqlException or DbUpdateException or InvalidOperationException)
            {
                LogNoDatabase(logger, exception.GetType().Name);
                await signal.WaitAsync(Pause, stoppingToken);
            }
        }
    }

    private async Task<int> SendDueAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        var now = time.GetUtcNow();
        var due = await database.LogoutNotices.Where(notice => notice.DueAt <= now).OrderBy(notice => notice.DueAt).Take(BatchSize).ToListAsync(stoppingToken);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
            async (notice, cancellationToken) => notice.Attempts = await SendAsync(notice, cancellationToken) ? MaxAttempts : notice.Attempts + 1);
        foreach (var notice in due)
        {
            if (notice.Attempts >= MaxAttempts) database.LogoutNotices.Remove(notice);
            else notice.DueAt = now + Pause * Math.Pow(2, notice.Attempts);
        }
        await database.SaveChangesAsync(stoppingToken);
        return due.Count;
    }

    private async Task<bool> SendAsync(LogoutNotice notice, CancellationToken cancellationToken)
    {
        if (realm.FindClient(notice.ClientId) is not { BackChannelLogoutUrl: { } url } client) return true;
        try
        {
            using var content = new FormUrlEncodedContent([KeyValuePair.Create("logout_token", token.Write(notice, client))]);
            using var response = await clients.CreateClient(HttpClient).PostAsync(url, content, cancellationToken);
            // What the application refuses now, it will refuse again.
            if (!response.IsSuccessStatusCode) LogRefused(logger, client.Id, (int)response.StatusCode);
            return (int)response.StatusCode < 500;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogUnreachable(logger, client.Id, notice.Attempts + 1);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Client} refused to hear of a sign-out: {Status}")]
    private static partial void LogRefused(ILogger logger, string client, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Client} could not be told of a sign-out, attempt {Attempt}")]
    private static partial void LogUnreachable(ILogger logger, string client, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notices of sign-outs cannot be read: {Error}")]
    private static partial void LogNoDatabase(ILogger logger, string error);
}
