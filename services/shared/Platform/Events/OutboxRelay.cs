using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Tenancy.Placements;

namespace Platform.Events;

/// <summary>
/// Publishes outbox rows in order, in bulk. One relay works at a time for a database (advisory lock), so that replicas cannot
/// overtake each other. Rows go when the broker has them; a refused row backs off and holds only its own aggregate back; what
/// the broker refuses <see cref="MaxAttempts"/> times is kept as dead. Tenants with a schema or a database of their own have an outbox there.
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
                var full = false;
                foreach (var place in await places.WithWorkAsync(OutboxTable.Name, stoppingToken))
                    full |= await RelayBatchAsync(place, stoppingToken) == BatchSize;
                backoff = TimeSpan.Zero;
                if (!full)
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

    private async Task<int> RelayBatchAsync(WorkPlace place, CancellationToken cancellationToken)
    {
        await using var connection = await place.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = await OutboxTable.ClaimAsync(connection, place, BatchSize, cancellationToken);
        if (rows.Count == 0)
            return 0;
        var failures = await publisher.PublishAsync(rows, cancellationToken);
        await OutboxTable.SettleAsync(connection, rows, failures, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (rows.Count == BatchSize)
            place.IsUnfinished();
        foreach (var (id, error) in failures)
            LogRefused(logger, id, error);
        return rows.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events cannot be published ({Reason}); next try in {Seconds} s")]
    private static partial void LogFailed(ILogger logger, string reason, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker refused outbox row {Id}: {Reason}")]
    private static partial void LogRefused(ILogger logger, long id, string reason);
}
