using Npgsql;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>Type <c>pubsub.embedded</c>: durable queues in PostgreSQL, a row for each message and consumer. See README.md.</summary>
internal sealed class EmbeddedBroker(string name, NpgsqlDataSource database, BrokerOptions options, ILogger<EmbeddedBroker> logger)
    : IPubSub, IAsyncDisposable
{
    private static readonly TimeSpan LeaseCheck = TimeSpan.FromSeconds(2);

    private readonly BrokerTables _tables = new(options.Schema);
    private readonly CancellationTokenSource _stopping = new();
    private BrokerWriter _writer = null!;
    private ConsumerGroups _groups = null!;
    private Task _background = Task.CompletedTask;

    public IReadOnlyList<string> Capabilities { get; } = ["MESSAGE_TTL", "BULK_PUBSUB"];

    public bool KeepsDeadLetters => true;

    public async Task Start(CancellationToken cancellationToken)
    {
        await _tables.Create(database, cancellationToken);
        _groups = new ConsumerGroups(database, _tables, options, logger);
        _writer = new BrokerWriter(database, _tables, _groups.Listener);
        _background = Task.WhenAll(CheckLeases(), _groups.Listener.Run(_stopping.Token));
    }

    public Task Publish(BrokerMessage message, CancellationToken cancellationToken) =>
        Refusal(message) is { } refusal ? Task.FromException(new FormatException(refusal)) : _writer.Publish([message]).WaitAsync(cancellationToken);

    /// <summary>All of them in one transaction; when the database refuses one of them, each for itself.</summary>
    public async Task<IReadOnlyList<PublishFailure>> PublishBulk(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken)
    {
        var refused = new List<PublishFailure>();
        var taken = new List<int>();
        for (var i = 0; i < messages.Count; i++)
        {
            if (Refusal(messages[i]) is { } refusal)
                refused.Add(new PublishFailure(i, refusal));
            else
                taken.Add(i);
        }

        try
        {
            if (taken.Count > 0)
                await _writer.Publish([.. taken.Select(index => messages[index])]).WaitAsync(cancellationToken);
            return refused;
        }
        catch (PostgresException error) when (!error.IsTransient)
        {
            return [.. refused, .. await PublishEach(messages, taken, cancellationToken)];
        }
    }

    public Task Consume(Consumer consumer, CancellationToken stopping) => _groups.Consume(consumer with { Id = $"{name}/{consumer.Id}" }, stopping);

    private async Task<IReadOnlyList<PublishFailure>> PublishEach(
        IReadOnlyList<BrokerMessage> messages, IReadOnlyList<int> indexes, CancellationToken cancellationToken)
    {
        var failures = new List<PublishFailure>();
        foreach (var index in indexes)
        {
            try
            {
                await _writer.Publish([messages[index]]).WaitAsync(cancellationToken);
            }
            catch (PostgresException error)
            {
                failures.Add(new PublishFailure(index, error.MessageText));
            }
        }

        return failures;
    }

    // Found before the statement is sent: a batch that fails costs those that happened to come with it a second attempt.
    private static string? Refusal(BrokerMessage message) =>
        message.Topic.Contains('\0') ? "the topic holds a NUL character, which PostgreSQL keeps in no text"
        : message.PartitionKey?.Contains('\0') == true ? "the partition key holds a NUL character, which PostgreSQL keeps in no text"
        : null;

    private async Task CheckLeases()
    {
        using var timer = new PeriodicTimer(LeaseCheck);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
                await _groups.CheckLeases(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The sidecar stops.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _background;
        await _writer.DisposeAsync();
        await _groups.DisposeAsync();
        _stopping.Dispose();
    }
}
