using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Platform.Identity.Data;
using Platform.Identity.Realms;

namespace Platform.Identity.Events;

/// <summary>
/// The sign-in journal. Entries are written in batches behind the requests, so that a flood of failed sign-ins costs a row each and
/// nobody a wait; it keeps as many and as old entries as it may, no more.
/// </summary>
internal sealed partial class EventJournal(IServiceScopeFactory scopes, Realm realm, TimeProvider time, ILogger<EventJournal> logger) : BackgroundService
{
    public const int Capacity = 200_000;
    private const int BatchSize = 500;
    private const int AgentLength = 256;
    private readonly Channel<SignInEvent> _queue = Channel.CreateBounded<SignInEvent>(20_000);

    public void Record(
        HttpContext? http, string type, string? clientId = null, RealmUser? user = null, Guid? sessionId = null, string? error = null, string? credential = null,
        string? provider = null, string? reason = null)
    {
        if (!realm.Settings.EventsEnabled) return;
        var now = time.GetUtcNow();
        var written = _queue.Writer.TryWrite(new SignInEvent
        {
            Id = Guid.CreateVersion7(now),
            Time = now,
            Type = type,
            ClientId = clientId,
            UserId = user?.Id,
            SessionId = sessionId?.ToString(),
            IpAddress = http?.Connection.RemoteIpAddress?.ToString(),
            UserAgent = Agent(http),
            OrganizationId = user?.Organizations is [var only] ? only.Id : null,
            Error = error,
            CredentialType = credential,
            IdentityProvider = provider,
            Reason = reason,
        });
        if (!written) LogLost(logger, type);
    }

    public static string? Agent(HttpContext? http) => http?.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent
        ? agent[..Math.Min(agent.Length, AgentLength)] : null;

    /// <summary>Removes what is too old, and the oldest of what is too much.</summary>
    public static async Task PruneAsync(IdentityDbContext database, Realm realm, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (realm.Settings.EventsExpiration is > 0 and var seconds)
        {
            var before = now.AddSeconds(-seconds);
            await database.Events.Where(entry => entry.Time < before).ExecuteDeleteAsync(cancellationToken);
        }
        await database.Database.ExecuteSqlAsync(
            $"delete from sign_in_events where id in (select id from sign_in_events order by id desc offset {Capacity})", cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken)) await WriteAsync(Batch());
        }
        catch (OperationCanceledException)
        {
            // What came until the end is written before the process goes.
            while (Batch() is { Count: > 0 } rest) await WriteAsync(rest);
        }
    }

    private List<SignInEvent> Batch()
    {
        var batch = new List<SignInEvent>();
        while (batch.Count < BatchSize && _queue.Reader.TryRead(out var entry)) batch.Add(entry);
        return batch;
    }

    private async Task WriteAsync(List<SignInEvent> batch)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
            database.Events.AddRange(batch);
            await database.SaveChangesAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbUpdateException or Npgsql.NpgsqlException or InvalidOperationException)
        {
            LogNotWritten(logger, batch.Count, exception.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal cannot keep up: an entry {Type} was lost")]
    private static partial void LogLost(ILogger logger, string type);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} entries of the journal could not be written: {Error}")]
    private static partial void LogNotWritten(ILogger logger, int count, string error);
}
