using System.Collections.Concurrent;
using System.Threading.Channels;
using Platform.Sidecar.Redis;
using StackExchange.Redis;

namespace Platform.Sidecar.PubSub.RedisStreams;

/// <summary>One member of a consumer group: reads, takes over, delivers, acknowledges.</summary>
internal sealed partial class StreamConsumer(
    RedisConnection redis, StreamOptions options, Consumer consumer, StreamGroup group, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(2);

    private readonly string[] _topics = [.. consumer.Topics.Select(topic => topic.Topic).Distinct()];
    private readonly Channel<StreamMessage> _queue = Channel.CreateBounded<StreamMessage>(options.QueueDepth);
    private readonly ConcurrentQueue<(StreamMessage Message, long At)> _failed = new();

    private StreamMember Member => field ??= new StreamMember(_topics, Take);

    // Whoever wants bulks gets as many deliveries at a time; one delivery at a time stays one, for it means order.
    private int Workers => options.Concurrency == 1 ? 1 : Math.Max(options.Concurrency, consumer.Topics.Max(topic => topic.BulkSize));

    public async Task Run(CancellationToken stopping)
    {
        if (!await UntilItWorks(CreateGroups, stopping))
            return;
        consumer.Ready();
        using var giveUp = new CancellationTokenSource();
        await using var grace = stopping.UnsafeRegister(_ => giveUp.CancelAfter(consumer.GracePeriod), null);
        var workers = Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => Work(stopping, giveUp.Token), CancellationToken.None)));
        group.Join(Member);
        foreach (var message in group.TakeKept(_topics))
            await Take(message);
        // A command of a cluster cannot name keys of several slots.
        var shares = redis.IsCluster ? _topics.Select(topic => (string[])[topic]) : [_topics];
        await Task.WhenAll(shares.Select(topics => ReadOn(topics, stopping)).Append(ReclaimOn(stopping)));
        group.Leave(Member);
        _queue.Writer.Complete();
        await workers;
        KeepFailed();
    }

    private async Task ReadOn(string[] topics, CancellationToken stopping)
    {
        await using var reader = new StreamReader(redis, consumer.Id, topics, options.QueueDepth, time);
        await using var interrupt = stopping.UnsafeRegister(_ => _ = reader.Interrupt(), null);
        while (!stopping.IsCancellationRequested)
        {
            await UntilItWorks(async () =>
            {
                foreach (var message in await reader.Read())
                    await Take(message);
            }, stopping);
        }
    }

    private async Task ReclaimOn(CancellationToken stopping)
    {
        if (!options.Redelivers)
            return;
        var reclaimer = new StreamReclaimer(redis, options, consumer.Id, group, time);
        using var timer = new PeriodicTimer(options.RedeliverInterval, time);
        try
        {
            do
            {
                foreach (var topic in _topics)
                    await UntilItWorks(() => reclaimer.Reclaim(topic, Take, stopping), stopping);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The consumer stops.
        }
    }

    // Waits while the queue is full. The workers go on until it is complete, so it never waits for ever.
    private async Task Take(StreamMessage message)
    {
        if (!group.TryHold(message))
            return;
        try
        {
            await _queue.Writer.WriteAsync(message);
        }
        catch (ChannelClosedException)
        {
            // This consumer has stopped meanwhile.
            group.Keep(message, Member);
        }
    }

    private async Task Work(CancellationToken stopping, CancellationToken giveUp)
    {
        await foreach (var message in _queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            // After that time it is anybody's, and will come again.
            if (options.Redelivers && time.GetElapsedTime(message.Since) >= options.ProcessingTimeout)
                group.Release(message);
            else if (stopping.IsCancellationRequested)
                group.Keep(message, Member);
            else
                await Deliver(message, giveUp);
        }
    }

    private async Task Deliver(StreamMessage message, CancellationToken giveUp)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        if (options.Redelivers)
            limit.CancelAfter(options.ProcessingTimeout);
        var result = await consumer.Deliver(new BrokerDelivery(message.Topic, message.Payload, message.Metadata, message.Attempt), limit.Token);
        if (result.Outcome is DeliveryOutcome.Success or DeliveryOutcome.Drop)
            await Acknowledge(message, giveUp);
        else
            NoteFailure(message);
        group.Release(message);
    }

    private void NoteFailure(StreamMessage message)
    {
        _failed.Enqueue((message, time.GetTimestamp()));
        while (_failed.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > Notice && _failed.TryDequeue(out _))
        {
            // Redis gives it to somebody again when its time has come.
        }
    }

    // An app that goes away is noticed a little after its deliveries fail: those are no fault of the messages either.
    private void KeepFailed()
    {
        foreach (var (message, _) in _failed.Where(failure => time.GetElapsedTime(failure.At) <= Notice))
            group.Keep(message, Member);
    }

    // An acknowledgement that is given up means that the message comes twice.
    private Task<bool> Acknowledge(StreamMessage message, CancellationToken giveUp) =>
        UntilItWorks(() => redis.Database.StreamAcknowledgeAsync(message.Topic, consumer.Id, message.Id), giveUp);

    private async Task CreateGroups()
    {
        foreach (var topic in _topics)
        {
            try
            {
                await redis.Database.StreamCreateConsumerGroupAsync(topic, consumer.Id, StreamPosition.Beginning, createStream: true);
            }
            catch (RedisServerException error) when (RedisFailure.Is(error, "BUSYGROUP"))
            {
                // There already.
            }
        }
    }

    /// <summary>Sits an outage out. False when it was given up.</summary>
    private async Task<bool> UntilItWorks(Func<Task> step, CancellationToken giveUp)
    {
        for (var hasFailed = false; ; hasFailed = true)
        {
            try
            {
                await step();
                if (hasFailed)
                    Log.Back(logger, consumer.Id);
                return true;
            }
            catch (RedisServerException error) when (RedisFailure.Is(error, "NOGROUP"))
            {
                Log.GroupLost(logger, consumer.Id);
                if (!await UntilItWorks(CreateGroups, giveUp))
                    return false;
            }
            catch (Exception error) when (error is RedisException or RedisTimeoutException)
            {
                if (!hasFailed)
                    Log.Failed(logger, consumer.Id, RedisFailure.Reason(error));
                await Task.Delay(Pause, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (giveUp.IsCancellationRequested)
                    return false;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Consumer}: Redis failed, trying again: {Reason}")]
        public static partial void Failed(ILogger logger, string consumer, string reason);

        [LoggerMessage(LogLevel.Information, "{Consumer}: Redis is back")]
        public static partial void Back(ILogger logger, string consumer);

        [LoggerMessage(LogLevel.Warning, "{Consumer}: its group is gone, so the server has lost data; making it again")]
        public static partial void GroupLost(ILogger logger, string consumer);
    }
}
