using System.Collections.Concurrent;
using Npgsql;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>Type <c>pubsub.embedded</c>: durable queues in PostgreSQL, a row for each message and consumer. See README.md.</summary>
internal sealed partial class EmbeddedBroker(string name, NpgsqlDataSource database, BrokerOptions options, ILogger<EmbeddedBroker> logger)
    : IPubSub, IAsyncDisposable
{
    private static readonly TimeSpan LeaseCheck = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly BrokerTables _tables = new(options.Schema);
    private readonly ConcurrentDictionary<string, Signal> _signals = new();
    private readonly CancellationTokenSource _stopping = new();
    private BrokerWriter _writer = null!;
    private BrokerLeases _leases = null!;
    private Task _checking = Task.CompletedTask;

    public IReadOnlyList<string> Capabilities { get; } = ["MESSAGE_TTL", "BULK_PUBSUB"];

    public bool KeepsDeadLetters => true;

    public async Task Start(CancellationToken cancellationToken)
    {
        await _tables.Create(database, cancellationToken);
        _writer = new BrokerWriter(database, _tables, Wake);
        _leases = new BrokerLeases(database, _tables);
        _checking = CheckLeases();
    }

    public Task Publish(BrokerMessage message, CancellationToken cancellationToken) => _writer.Publish([message]).WaitAsync(cancellationToken);

    /// <summary>All of them in one transaction; when the database refuses one of them, each for itself.</summary>
    public async Task<IReadOnlyList<PublishFailure>> PublishBulk(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            await _writer.Publish(messages).WaitAsync(cancellationToken);
            return [];
        }
        catch (PostgresException error) when (!error.IsTransient)
        {
            return await PublishEach(messages, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<PublishFailure>> PublishEach(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        var failures = new List<PublishFailure>();
        for (var i = 0; i < messages.Count; i++)
        {
            try
            {
                await _writer.Publish([messages[i]]).WaitAsync(cancellationToken);
            }
            catch (PostgresException error)
            {
                failures.Add(new PublishFailure(i, error.MessageText));
            }
        }

        return failures;
    }

    public Task Consume(Consumer consumer, CancellationToken stopping) => ConsumeAs(consumer with { Id = $"{name}/{consumer.Id}" }, stopping);

    private async Task ConsumeAs(Consumer consumer, CancellationToken stopping)
    {
        var registered = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!registered)
                    await Register(consumer, stopping);
                registered = true;
                consumer.Ready();
                // Messages of topics that the consumer gave up stay, in case that it wants them again.
                if (consumer.Topics.Count == 0)
                    return;
                await ServeUnderLease(consumer, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException error)
            {
                Log.DatabaseFailed(logger, consumer.Id, error.Message);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private async Task Register(Consumer consumer, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(_tables.Register);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer.Id });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. consumer.Topics.Select(topic => topic.Topic)] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ServeUnderLease(Consumer consumer, CancellationToken stopping)
    {
        if (await _leases.TryAcquire(consumer.Id, stopping) is not { } lost)
        {
            Log.Waiting(logger, consumer.Id);
            await Task.Delay(LeaseCheck, stopping);
            return;
        }

        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, lost);
            await Serve(consumer, ending.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            Log.LeaseLost(logger, consumer.Id);
        }
        finally
        {
            await _leases.Release(consumer.Id);
        }
    }

    private async Task Serve(Consumer consumer, CancellationToken ending)
    {
        var acknowledger = new Acknowledger(database, _tables, consumer.Id);
        using var giveUp = new CancellationTokenSource();
        using var runner = new LaneRunner(consumer, options, new DeadLetters(database, _tables, Wake), acknowledger, logger);
        await using var grace = ending.Register(runner.StartGracePeriod);
        var acknowledging = acknowledger.Run(giveUp.Token);
        try
        {
            await new ConsumerSession(database, _tables, options, consumer, SignalOf(consumer.Id), runner).Run(ending);
        }
        finally
        {
            // The next session reads from the start: what was delivered must be gone by then, if it can be.
            acknowledger.Complete();
            giveUp.CancelAfter(consumer.GracePeriod);
            await acknowledging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Signal SignalOf(string consumer) => _signals.GetOrAdd(consumer, _ => new Signal());

    private void Wake(string consumer)
    {
        if (_signals.TryGetValue(consumer, out var signal))
            signal.Set();
    }

    private async Task CheckLeases()
    {
        using var timer = new PeriodicTimer(LeaseCheck);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
                await CheckOnce();
        }
        catch (OperationCanceledException)
        {
            // The sidecar stops.
        }
    }

    private async Task CheckOnce()
    {
        try
        {
            if (!_signals.IsEmpty)
                await _leases.Check(_stopping.Token);
        }
        catch (NpgsqlException)
        {
            // The leases told their holders.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _checking;
        await _writer.DisposeAsync();
        await _leases.DisposeAsync();
        _stopping.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Consumer}: the database of the broker failed, trying again: {Reason}")]
        public static partial void DatabaseFailed(ILogger logger, string consumer, string reason);

        [LoggerMessage(LogLevel.Information, "{Consumer}: another process consumes for it; standing by")]
        public static partial void Waiting(ILogger logger, string consumer);

        [LoggerMessage(LogLevel.Warning, "{Consumer}: the lease was lost, beginning anew")]
        public static partial void LeaseLost(ILogger logger, string consumer);
    }
}
