using System.Runtime.CompilerServices;
using Npgsql;
using Platform.Communications.Emails;
using Platform.Tenancy;

namespace Platform.Communications.Delivery;

/// <summary>
/// Delivers what is due. A crash between the server's acceptance and the settlement leaves a claim whose lease ends: the
/// e-mail then goes out once more, with the same Message-ID.
/// </summary>
internal sealed partial class EmailSender(
    IServiceScopeFactory scopes, DeliveryQueue queue, DeliverySignal signal, SmtpConnections connections, SmtpSettings smtp, DeliverySettings settings,
    TimeProvider time, ILogger<EmailSender> logger) : BackgroundService
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly SmtpOutcome NeverReportedBack = SmtpOutcome.FailedForNow("Every attempt ended without a report.");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => System.Threading.Tasks.Parallel.ForEachAsync(
        ClaimsAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = settings.Parallel }, async (claim, _) => await DeliverAsync(claim, stoppingToken));

    private async IAsyncEnumerable<Claim> ClaimsAsync([EnumeratorCancellation] CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await TryClaimAsync(stoppingToken) is { } claim)
                yield return claim;
        }
    }

    private async Task<Claim?> TryClaimAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await queue.ClaimAsync(stoppingToken) is { } claim)
                return claim;
            var next = await queue.UntilNextAsync(stoppingToken);
            var wait = TimeSpan.FromTicks(Math.Clamp(next?.Ticks ?? long.MaxValue, ShortestWait.Ticks, settings.Poll.Ticks));
            if (!await signal.WaitAsync(wait, stoppingToken) && next is null)
                await connections.CloseAsync(stoppingToken);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException && !stoppingToken.IsCancellationRequested)
        {
            LogNoDatabase(logger, failure.Message, settings.Poll.TotalSeconds);
            await signal.WaitAsync(settings.Poll, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: the loop sees it.
        }

        return null;
    }

    private async Task DeliverAsync(Claim claim, CancellationToken stoppingToken)
    {
        try
        {
            if (await AttemptAsync(claim, stoppingToken) is not { } outcome)
                return;
            await PersistAsync(claim, db => Deliver.SettleAsync(claim, outcome, db, settings, time, CancellationToken.None), stoppingToken);
            LogSettled(logger, claim.EmailId, claim.Attempt, outcome.Kind);
        }
        catch (Exception failure)
        {
            // The lease ends and the e-mail is tried again; the sender itself goes on.
            LogAttemptBroken(logger, claim.EmailId, claim.Attempt, failure.GetType().Name, failure.Message);
        }
    }

    private async Task<SmtpOutcome?> AttemptAsync(Claim claim, CancellationToken stoppingToken)
    {
        if (claim.Attempt > settings.MaxAttempts)
            return NeverReportedBack;
        Outgoing? outgoing = null;
        await PersistAsync(claim, async db => outgoing = await Deliver.FindAsync(claim, db, CancellationToken.None), stoppingToken);
        return outgoing is null ? null : await SendAsync(outgoing);
    }

    private async Task<SmtpOutcome> SendAsync(Outgoing outgoing)
    {
        try
        {
            using var message = MimeMessages.Compose(outgoing.Email, outgoing.Enclosures, smtp.Sender);
            return await connections.SendAsync(message);
        }
        catch (FormatException unwritable)
        {
            return SmtpOutcome.Refused(unwritable.Message);
        }
    }

    // Until it works or the process ends: while the database is away nobody else can claim the e-mail either.
    private async Task PersistAsync(Claim claim, Func<CommunicationsDbContext, Task> work, CancellationToken stoppingToken)
    {
        for (var wait = ShortestWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await using var scope = OpenScope(claim);
                await work(scope.ServiceProvider.GetRequiredService<CommunicationsDbContext>());
                return;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogNoAccess(logger, claim.EmailId, claim.Attempt, failure.GetBaseException().Message);
                await Task.Delay(wait, time, stoppingToken);
            }
        }
    }

    private AsyncServiceScope OpenScope(Claim claim)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(claim.TenantId, "email-sender");
        return scope;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "E-mail {EmailId}, attempt {Attempt}: {Outcome}")]
    private static partial void LogSettled(ILogger logger, Guid emailId, int attempt, SmtpOutcomeKind outcome);

    [LoggerMessage(Level = LogLevel.Warning, Message = "E-mail {EmailId}, attempt {Attempt}, cannot be read or written yet: {Reason}")]
    private static partial void LogNoAccess(ILogger logger, Guid emailId, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "E-mail {EmailId}, attempt {Attempt}, ended without an outcome ({Error}: {Reason})")]
    private static partial void LogAttemptBroken(ILogger logger, Guid emailId, int attempt, string error, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "E-mails to send cannot be read ({Reason}); next try in {Seconds} s")]
    private static partial void LogNoDatabase(ILogger logger, string reason, double seconds);
}
