using Npgsql;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>Takes one message to its end: delivered, dropped, or dead after its last attempt.</summary>
internal sealed partial class LaneRunner(
    Consumer consumer, BrokerOptions options, DeadLetters deadLetters, Acknowledger acknowledger, ILogger logger) : IDisposable
{
    // A bulk fills only when as many messages as it takes are under way.
    private readonly SemaphoreSlim _slots = new(consumer.Topics.Select(topic => topic.BulkSize).Append(options.Concurrency).Max());
    private readonly CancellationTokenSource _giveUp = new();

    /// <summary>Deliveries under way may go on for the grace period, then they are cancelled.</summary>
    public void StartGracePeriod() => _giveUp.CancelAfter(consumer.GracePeriod);

    /// <param name="failed">Called after each failed attempt, before the pause.</param>
    /// <exception cref="OperationCanceledException">The consumer stops; the message stays.</exception>
    public async Task Run(QueueRow row, Action failed, CancellationToken ending)
    {
        if (row.IsExpired)
        {
            await End(row, "expired", ending);
            return;
        }

        while (true)
        {
            var result = await Deliver(row, ending);
            if (result.Outcome == DeliveryOutcome.Success)
            {
                acknowledger.Add(row.Id);
                return;
            }

            if (result.Outcome == DeliveryOutcome.Retry)
                await deadLetters.NoteFailure(consumer.Id, row);
            if (result.Outcome == DeliveryOutcome.Drop || row.Attempts >= options.MaxAttempts)
            {
                Log.Ended(logger, consumer.Id, row.Topic, row.Id, row.Attempts, result.Reason);
                await End(row, result.Reason ?? "dropped by the subscriber", ending, isDrop: result.Outcome == DeliveryOutcome.Drop);
                return;
            }

            if (result.Outcome == DeliveryOutcome.Retry)
                Log.Failed(logger, consumer.Id, row.Topic, row.Id, row.Attempts, result.Reason);
            failed();
            await Task.Delay(options.PauseAfter(Math.Max(1, row.Attempts)), ending);
        }
    }

    private async Task<DeliveryResult> Deliver(QueueRow row, CancellationToken ending)
    {
        await _slots.WaitAsync(ending);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_giveUp.Token);
            limit.CancelAfter(options.ProcessingTimeout);
            var result = await consumer.Deliver(row.ToDelivery(), limit.Token);
            return limit.IsCancellationRequested && !_giveUp.IsCancellationRequested && result.Outcome == DeliveryOutcome.Unreachable
                ? new DeliveryResult(DeliveryOutcome.Retry, $"no answer within {options.ProcessingTimeout}")
                : result;
        }
        finally
        {
            _slots.Release();
        }
    }

    // A dropped or expired message without a dead-letter topic is gone; one that failed too often is kept for people to see.
    private async Task End(QueueRow row, string reason, CancellationToken ending, bool isDrop = true)
    {
        var topic = consumer.Topics.FirstOrDefault(topic => topic.Topic == row.Topic)?.DeadLetterTopic;
        if (isDrop && string.IsNullOrEmpty(topic))
            acknowledger.Add(row.Id);
        else
            await UntilItWorks(token => deadLetters.Move(consumer.Id, row, topic, reason, token), ending);
    }

    /// <summary>Repeats an operation on the database until it comes back.</summary>
    public async Task<T> UntilItWorks<T>(Func<CancellationToken, Task<T>> operation, CancellationToken ending)
    {
        while (true)
        {
            try
            {
                return await operation(ending);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(options.PauseAfter(3), ending);
            }
        }
    }

    public void Dispose()
    {
        _slots.Dispose();
        _giveUp.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Consumer}: message {Id} of topic {Topic} failed, attempt {Attempt}: {Reason}")]
        public static partial void Failed(ILogger logger, string consumer, string topic, long id, int attempt, string? reason);

        [LoggerMessage(LogLevel.Warning, "{Consumer}: message {Id} of topic {Topic} is given up after {Attempts} attempts: {Reason}")]
        public static partial void Ended(ILogger logger, string consumer, string topic, long id, int attempts, string? reason);
    }
}
