using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Tenancy.Placements;

namespace Platform.Events;

/// <summary>
/// Publishes outbox rows in order, in bulk. One relay works at a time for a database (advisory lock), so that replicas cannot
/// overtake each other. Rows go when the broker has them; a refused row backs off and holds only its own aggregate back; what
/// the broker refuses <see cref="MaxAttempts"/> times is kept as dead. Tenants with a schema or a database of their own have an outbox there.
/// Events that were written many at once have a lane of their own: in turns with the other one a batch of it goes, so that what
/// somebody waits for is at most one batch behind, and neither lane stands still.
/// </summary>
internal sealed partial class OutboxRelay(WorkPlaces places, EventPublisher publisher, OutboxSignal signal, ILogger<OutboxRelay> logger) : BackgroundService
{
    public const int BatchSize = 200;
    public const int MaxAttempts = 20;
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var hasMore = false;
                foreach (var place in await places.WithWorkAsync(OutboxTable.Name, stoppingToken))
                    hasMore |= await TryRelayAsync(place, stoppingToken);
                backoff = TimeSpan.Zero;
                if (!hasMore)
                    await signal.WaitAsync(IdlePoll, stoppingToken);
            }
            // A call that stopping has cut off fails in any way; its rows were not settled and go with the next start.
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or Grpc.Core.RpcException or TimeoutException)
            {
                backoff = backoff == TimeSpan.Zero ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromTicks(Math.Min(MaxBackoff.Ticks, backoff.Ticks * 2));
                LogFailed(logger, exception.Message, backoff.TotalSeconds);
                await Task.Delay(backoff, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // A company whose database is away holds up no other.
    private async Task<bool> TryRelayAsync(WorkPlace place, CancellationToken cancellationToken)
    {
        try
        {
            return await RelayAsync(place, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && places.PassesOver(place, OutboxTable.Name, failure))
        {
            if (places.IsNews(place, OutboxTable.Name))
                LogPassedOver(logger, place.Database!, failure.Message);
            return false;
        }
    }

    // Whether there is more to do at once.
    private async Task<bool> RelayAsync(WorkPlace place, CancellationToken cancellationToken)
    {
        await using var connection = await place.OpenAsync(cancellationToken);
        var (hasMore, bulkWaits) = await RelayLaneAsync(connection, place, OutboxTable.ClaimPromptAsync, cancellationToken);
        if (bulkWaits)
            hasMore |= (await RelayLaneAsync(connection, place, OutboxTable.ClaimBulkAsync, cancellationToken)).HasMore;
        if (hasMore)
            place.IsUnfinished();
        return hasMore;
    }

    // Each lane has a transaction of its own: what the broker took of one is settled, whatever becomes of the other.
    private async Task<(bool HasMore, bool BulkWaits)> RelayLaneAsync(
        NpgsqlConnection connection, WorkPlace place, Func<NpgsqlConnection, int, CancellationToken, Task<OutboxClaim>> claim, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await OutboxTable.TryLockAsync(connection, place, cancellationToken))
            return default;
        var (rows, bulkWaits) = await claim(connection, BatchSize, cancellationToken);
        if (rows.Count == 0)
            return (false, bulkWaits);
        var failures = await publisher.PublishAsync(rows, cancellationToken);
        await OutboxTable.SettleAsync(connection, rows, failures, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var (id, error) in failures)
            LogRefused(logger, id, error);
        // Others may have waited for one that is through at last.
        return (rows.Count == BatchSize || rows.Exists(row => row.Attempts > 0 && !failures.ContainsKey(row.Id)), bulkWaits);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events cannot be published ({Reason}); next try in {Seconds} s")]
    private static partial void LogFailed(ILogger logger, string reason, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events of a company wait: its database {Database} is away ({Reason})")]
    private static partial void LogPassedOver(ILogger logger, string database, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker refused outbox row {Id}: {Reason}")]
    private static partial void LogRefused(ILogger logger, long id, string reason);
}
