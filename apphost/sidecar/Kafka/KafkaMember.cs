using Confluent.Kafka;
using Platform.Sidecar.PubSub;

namespace Platform.Sidecar.Kafka;

/// <summary>
/// A member of a consumer group. One thread polls the client, in which the group's rebalances happen too, and deals messages out
/// to a lane for each partition; a lane that waits for another attempt keeps neither the others nor the poll waiting.
/// </summary>
internal sealed partial class KafkaMember(ConsumerConfig settings, KafkaOptions options, Consumer consumer, KafkaLog log, ILogger logger)
{
    private const int MostWaiting = 500;
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private readonly Dictionary<TopicPartition, KafkaLane> _lanes = [];
    private readonly Dictionary<string, int> _windows = consumer.Topics.ToDictionary(topic => topic.Topic, topic => topic.BulkSize);
    private bool _isReady;

    public Task Run(CancellationToken stopping) =>
        Task.Factory.StartNew(() => Poll(stopping), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Poll(CancellationToken stopping)
    {
        using var kafka = new ConsumerBuilder<byte[]?, byte[]?>(settings)
            .SetLogHandler((_, line) => log.Line(line)).SetErrorHandler((_, error) => log.Error(error))
            .SetPartitionsAssignedHandler(Assigned)
            .SetPartitionsRevokedHandler((client, partitions) => Revoked(client, partitions.Select(partition => partition.TopicPartition)))
            .SetPartitionsLostHandler((client, partitions) => Stop(client, partitions.Select(partition => partition.TopicPartition), TimeSpan.Zero))
            .Build();
        try
        {
            kafka.Subscribe(_windows.Keys);
            while (!stopping.IsCancellationRequested)
            {
                Take(kafka);
                Regulate(kafka);
            }
        }
        finally
        {
            // Gives the partitions back, which lets what is under way end, and commits.
            kafka.Close();
            Stop(kafka, [.. _lanes.Keys], TimeSpan.Zero);
        }
    }

    private void Take(IConsumer<byte[]?, byte[]?> kafka)
    {
        try
        {
            if (kafka.Consume(PollTime) is { } message && _lanes.TryGetValue(message.TopicPartition, out var lane))
                lane.Add(message);
        }
        catch (ConsumeException error) when (!error.Error.IsFatal)
        {
            Log.Failed(logger, consumer.Id, error.Error.Reason);
        }
    }

    // A lane that is behind is fetched for again when it has caught up by half.
    private void Regulate(IConsumer<byte[]?, byte[]?> kafka)
    {
        foreach (var (partition, lane) in _lanes)
        {
            if (!lane.IsPaused && lane.Waiting >= MostWaiting)
                kafka.Pause([partition]);
            else if (lane.IsPaused && lane.Waiting <= MostWaiting / 2)
                kafka.Resume([partition]);
            else
                continue;
            lane.IsPaused = !lane.IsPaused;
            Log.Regulated(logger, consumer.Id, partition, lane.IsPaused ? "waits" : "goes on", lane.Waiting);
        }
    }

    private List<TopicPartitionOffset> Assigned(IConsumer<byte[]?, byte[]?> kafka, List<TopicPartition> partitions)
    {
        var offsets = StartingAt(kafka, partitions);
        foreach (var partition in partitions)
            _lanes[partition] = new KafkaLane(options, consumer, _windows[partition.Topic], offset => Note(kafka, partition, offset), logger);
        Log.Assigned(logger, consumer.Id, partitions.Count);
        if (!_isReady)
            consumer.Ready();
        _isReady = true;
        return offsets;
    }

    // A group that begins with the newest message is told where that is now, and it is committed: otherwise what is published
    // until the first commit would be skipped by a member that begins anew.
    private List<TopicPartitionOffset> StartingAt(IConsumer<byte[]?, byte[]?> kafka, List<TopicPartition> partitions)
    {
        try
        {
            var offsets = kafka.Committed(partitions, AnswerLimit);
            if (options.FromOldest)
                return offsets;
            var newest = offsets.Where(known => known.Offset == Offset.Unset)
                .Select(known => new TopicPartitionOffset(known.TopicPartition, kafka.QueryWatermarkOffsets(known.TopicPartition, AnswerLimit).High)).ToList();
            if (newest.Count > 0)
                kafka.Commit(newest);
            return [.. offsets.Where(known => known.Offset != Offset.Unset), .. newest];
        }
        catch (KafkaException error)
        {
            Log.Failed(logger, consumer.Id, error.Error.Reason);
            return [.. partitions.Select(partition => new TopicPartitionOffset(partition, Offset.Unset))];
        }
    }

    private void Revoked(IConsumer<byte[]?, byte[]?> kafka, IEnumerable<TopicPartition> partitions)
    {
        Stop(kafka, partitions, consumer.GracePeriod);
        try
        {
            // The next member begins where this one ended.
            kafka.Commit();
        }
        catch (KafkaException error)
        {
            if (error.Error.Code != ErrorCode.Local_NoOffset)
                Log.Failed(logger, consumer.Id, error.Error.Reason);
        }
    }

    private void Stop(IConsumer<byte[]?, byte[]?> kafka, IEnumerable<TopicPartition> partitions, TimeSpan grace)
    {
        var stopped = new Dictionary<TopicPartition, KafkaLane>();
        foreach (var partition in partitions)
        {
            if (_lanes.Remove(partition, out var lane))
                stopped.Add(partition, lane);
        }

        Task.WhenAll(stopped.Values.Select(lane => lane.Stop(grace))).GetAwaiter().GetResult();
        Release(kafka, [.. stopped.Where(pair => pair.Value.IsPaused).Select(pair => pair.Key)]);
        foreach (var lane in stopped.Values)
            lane.Dispose();
    }

    // The client remembers a pause beyond the loss of the partition: nothing would be fetched for its next lane here.
    private void Release(IConsumer<byte[]?, byte[]?> kafka, List<TopicPartition> paused)
    {
        if (paused.Count == 0)
            return;
        try
        {
            kafka.Resume(paused);
        }
        catch (KafkaException error)
        {
            Log.Failed(logger, consumer.Id, error.Error.Reason);
        }
    }

    private void Note(IConsumer<byte[]?, byte[]?> kafka, TopicPartition partition, long offset)
    {
        try
        {
            kafka.StoreOffset(new TopicPartitionOffset(partition, offset));
        }
        catch (KafkaException error)
        {
            // The partition was lost meanwhile: whoever has it now delivers the message again.
            Log.Failed(logger, consumer.Id, error.Error.Reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Consumer} has {Count} further partitions")]
        public static partial void Assigned(ILogger logger, string consumer, int count);

        [LoggerMessage(LogLevel.Debug, "{Consumer}: fetching of {Partition} {Does}, as {Waiting} messages wait")]
        public static partial void Regulated(ILogger logger, string consumer, TopicPartition partition, string does, int waiting);

        [LoggerMessage(LogLevel.Warning, "{Consumer}: Kafka: {Reason}")]
        public static partial void Failed(ILogger logger, string consumer, string reason);
    }
}
