using System.Collections.Concurrent;
using Npgsql;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>Registers what the consumers of this process want, and serves it to them for as long as they are there.</summary>
internal sealed partial class ConsumerGroups : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly NpgsqlDataSource _database;
    private readonly BrokerTables _tables;
    private readonly ILogger _logger;
    private readonly BrokerLeases _leases;
    private readonly GroupServer _server;
    private readonly ConcurrentDictionary<string, ConsumerGroup> _groups = new();

    public ConsumerGroups(NpgsqlDataSource database, BrokerTables tables, BrokerOptions options, ILogger logger)
    {
        (_database, _tables, _logger) = (database, tables, logger);
        Listener = new WakeListener(database, tables, consumer => _groups.GetValueOrDefault(consumer)?.Wake());
        _leases = new BrokerLeases(database, tables);
        _server = new GroupServer(database, tables, options, _leases, Listener, logger);
    }

    public WakeListener Listener { get; }

    /// <summary>Returns when stopped, after the deliveries under way have ended.</summary>
    public async Task Consume(Consumer consumer, CancellationToken stopping)
    {
        var group = _groups.GetOrAdd(consumer.Id, _ => new ConsumerGroup());
        group.Join(consumer);
        try
        {
            await Register(consumer, group, stopping);
            consumer.Ready();
            // Messages of topics that the consumer gave up stay, in case that it wants them again.
            if (consumer.Topics.Count > 0)
                await Serve(consumer, group, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It is told to stop.
        }
        finally
        {
            if (group.Leave(consumer))
                await TryAbandon(consumer.Id);
        }
    }

    /// <summary>Has the shares of the groups checked; an outage of the database is nothing new to their holders.</summary>
    public async Task CheckLeases(CancellationToken cancellationToken)
    {
        try
        {
            if (!_groups.IsEmpty)
                await _leases.Check(cancellationToken);
        }
        catch (NpgsqlException)
        {
            // The leases told their holders.
        }
    }

    private async Task Serve(Consumer consumer, ConsumerGroup group, CancellationToken stopping)
    {
        var serving = new List<Task>();
        while (!stopping.IsCancellationRequested)
        {
            var changed = group.Changed;
            if (group.Claim(consumer) is { Count: > 0 } topics)
                serving.Add(_server.Serve(group, consumer with { Topics = topics, Deliver = group.Deliver }, stopping));
            await changed.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(serving);
    }

    private async Task Register(Consumer consumer, ConsumerGroup group, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await using var command = _database.CreateCommand(_tables.Register);
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer.Id });
                command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. consumer.Topics.Select(topic => topic.Topic)] });
                command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = consumer.IsComplete });
                command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = group.Topics });
                await command.ExecuteNonQueryAsync(stopping);
                return;
            }
            catch (NpgsqlException error)
            {
                Log.DatabaseFailed(_logger, consumer.Id, error.Message);
                await Task.Delay(Pause, stopping);
            }
        }
    }

    private async Task TryAbandon(string consumer)
    {
        try
        {
            await _leases.Abandon(consumer);
        }
        catch (NpgsqlException)
        {
            // The connection is gone, and the locks with it.
        }
    }

    public ValueTask DisposeAsync() => _leases.DisposeAsync();

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Consumer}: the database of the broker failed, trying again: {Reason}")]
        public static partial void DatabaseFailed(ILogger logger, string consumer, string reason);
    }
}
