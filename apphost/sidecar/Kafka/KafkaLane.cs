using System.Threading.Channels;
using Confluent.Kafka;
using Platform.Sidecar.PubSub;

namespace Platform.Sidecar.Kafka;

/// <summary>
/// One partition while this member has it: its messages reach the consumer one after another, or up to the size of a bulk at
/// one time. A failing message is tried again in its place, and nothing is noted as done before all that came ahead of it is.
/// </summary>
internal sealed partial class KafkaLane : IDisposable
{
    private readonly KafkaOptions _options;
    private readonly Consumer _consumer;
    private readonly Action<long> _done;
    private readonly ILogger _logger;
    private readonly int _window;
    private readonly Channel<ConsumeResult<byte[]?, byte[]?>> _messages = Channel.CreateUnbounded<ConsumeResult<byte[]?, byte[]?>>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly Task _running;

    /// <param name="done">Gets the offset to go on from, each time that a message is done.</param>
    public KafkaLane(KafkaOptions options, Consumer consumer, int window, Action<long> done, ILogger logger)
    {
        (_options, _consumer, _window, _done, _logger) = (options, consumer, window, done, logger);
        _running = Task.Run(Run);
    }

    public int Waiting => _messages.Reader.Count;

    /// <summary>Whether the client was told to fetch no more of it.</summary>
    public bool IsPaused { get; set; }

    public void Add(ConsumeResult<byte[]?, byte[]?> message) => _messages.Writer.TryWrite(message);

    /// <summary>Takes no further message; returns when those under way have ended, or were given up after the grace period.</summary>
    public async Task Stop(TimeSpan grace)
    {
        await _stopping.CancelAsync();
        _messages.Writer.TryComplete();
        _giveUp.CancelAfter(grace);
        await _running;
    }

    private async Task Run()
    {
        var underWay = new Queue<(long Offset, Task<bool> Handled)>();
        var more = _messages.Reader.WaitToReadAsync().AsTask();
        while (true)
        {
            while (underWay.Count < _window && !_stopping.IsCancellationRequested && _messages.Reader.TryRead(out var message))
                underWay.Enqueue((message.Offset.Value, Handle(message)));
            if (more.IsCompleted && !_stopping.IsCancellationRequested)
                more = _messages.Reader.WaitToReadAsync().AsTask();
            if (underWay.Count == 0 && _stopping.IsCancellationRequested)
                return;

            Task first = underWay.Count > 0 ? underWay.Peek().Handled : more;
            if (underWay.Count < _window && !_stopping.IsCancellationRequested)
                await Task.WhenAny(first, more);
            else
                await first;
            while (underWay.Count > 0 && underWay.Peek().Handled.IsCompleted)
            {
                if (!await NoteFirst(underWay))
                    return;
            }
        }
    }

    // What follows an unhandled message is handled again after it, by whoever has the partition then.
    private async Task<bool> NoteFirst(Queue<(long Offset, Task<bool> Handled)> underWay)
    {
        var (offset, handled) = underWay.Dequeue();
        if (await handled)
        {
            _done(offset + 1);
            return true;
        }

        await Task.WhenAll(underWay.Select(later => later.Handled));
        return false;
    }

    // False when it was neither delivered nor given up.
    private async Task<bool> Handle(ConsumeResult<byte[]?, byte[]?> message)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await _consumer.Deliver(KafkaMessage.Delivery(message, _options, attempt), _giveUp.Token);
            if (result.Outcome is DeliveryOutcome.Success or DeliveryOutcome.Drop)
                return true;
            if (_stopping.IsCancellationRequested)
                return false;
            if (result.Outcome == DeliveryOutcome.Retry && (!_options.Retries || attempt > _options.MaxRetries))
            {
                Log.GivenUp(_logger, _consumer.Id, message.TopicPartitionOffset, attempt, result.Reason);
                return true;
            }

            Log.Failed(_logger, _consumer.Id, message.TopicPartitionOffset, attempt, result.Reason);
            await Task.Delay(_options.PauseAfter(attempt), _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stopping.IsCancellationRequested)
                return false;
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _giveUp.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Consumer}: message {Message} failed, attempt {Attempt}: {Reason}")]
        public static partial void Failed(ILogger logger, string consumer, TopicPartitionOffset message, int attempt, string? reason);

        [LoggerMessage(LogLevel.Error, "{Consumer}: message {Message} is passed over after {Attempts} attempts: {Reason}")]
        public static partial void GivenUp(ILogger logger, string consumer, TopicPartitionOffset message, int attempts, string? reason);
    }
}
