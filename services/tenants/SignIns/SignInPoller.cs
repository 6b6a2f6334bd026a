using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Platform.Tenants.SignIns;

/// <summary>
/// Takes the identity server's journal over: what a window of time holds is written first, and the cursor moved after, so that a
/// crash in between has the window read again; an entry that is there already is known by its id. A company whose own database is away
/// holds up no other, and gets what it missed when it answers again.
/// </summary>
internal sealed partial class SignInPoller(
    IdentityJournal journal, JournalLease lease, SignInIntake intake, IOptions<SignInOptions> options, TimeProvider time, ILogger<SignInPoller> logger) : BackgroundService
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(1);
    private const int ChunkSize = 500;

    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(30);

    // While a company's database does not take its own the cursor stays where it is; the others have theirs until here.
    private DateTimeOffset? _ahead;
    private long _triedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrEmpty(options.Value.Secret))
        {
            LogOff(logger);
            return;
        }

        using var timer = new PeriodicTimer(options.Value.Poll, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception failure) when (IsPassing(failure) && !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, failure.GetType().Name);
            }
        }
    }

    // The next round reads the same window again.
    private static bool IsPassing(Exception failure) =>
        failure is HttpRequestException or JsonException or NpgsqlException or DbUpdateException or InvalidOperationException or TimeoutException or OperationCanceledException;

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (await lease.TakeAsync(time.GetUtcNow() - settings.History, cancellationToken) is not { } taken)
            return;
        try
        {
            var areAll = await MayCatchUpAsync(taken, cancellationToken);
            taken = areAll ? taken : _ahead!.Value;
            for (var goal = time.GetUtcNow() - settings.Settle; taken < goal;)
            {
                var until = taken + Window < goal ? taken + Window : goal;
                foreach (var chunk in (await journal.ReadAsync(taken - settings.Overlap, until, cancellationToken)).Chunk(ChunkSize))
                    areAll &= await intake.TakeAsync(chunk, cancellationToken);
                if (areAll && !await lease.AdvanceAsync(until, cancellationToken))
                    return;
                (taken, _ahead) = (until, areAll ? null : until);
            }
        }
        finally
        {
            await lease.ReleaseAsync(CancellationToken.None);
        }
    }

    // Whether all is read from the cursor on: now and then, where something was left behind.
    private async Task<bool> MayCatchUpAsync(DateTimeOffset taken, CancellationToken cancellationToken)
    {
        if (_ahead is not { } ahead || ahead <= taken)
            return true;
        if (time.GetElapsedTime(_triedAt) < CatchUp)
            return false;
        _triedAt = time.GetTimestamp();
        return await intake.AllAnswerAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sign-ins are not taken from the identity server: SignIns:Secret is not set")]
    private static partial void LogOff(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-ins could not be taken from the identity server ({Error}); they are tried again")]
    private static partial void LogFailed(ILogger logger, string error);
}
