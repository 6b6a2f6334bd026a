using Confluent.Kafka;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Kafka;

/// <summary>The client's settings, from a component's metadata.</summary>
internal static class KafkaSettings
{
    // The client's own defaults are for machines that do nothing else: 64 MiB read ahead, and five minutes until publishing fails.
    private const int ReadAheadKilobytes = 8 << 10;
    private const int ReadAheadMessages = 1000;
    private static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(10);

    // Sarama, daprd's client, has this one: a key lies in the same partition for both.
    private const string Partitioner = "fnv1a_random";

    public static ProducerConfig Producer(ComponentSpec spec)
    {
        var settings = new ProducerConfig(Client(spec))
        {
            Acks = spec.OneOf("producerRequiredAcks", "all", "local", "none") switch { "local" => Acks.Leader, "none" => Acks.None, _ => Acks.All },
            CompressionType = Enum.Parse<CompressionType>(spec.OneOf("compression", "none", "gzip", "snappy", "lz4", "zstd"), ignoreCase: true),
            LingerMs = 0,
            MessageTimeoutMs = (int)PublishLimit.TotalMilliseconds,
        };
        // Otherwise a retry may overtake what was sent after it.
        settings.EnableIdempotence = settings.Acks == Acks.All;
        settings.Set("partitioner", Partitioner);
        if (spec.Number("maxMessageBytes") is { } bytes and > 0)
            settings.MessageMaxBytes = bytes;
        if (spec.Number("producerRetryMax") is { } retries and > 0)
            settings.MessageSendMaxRetries = retries;
        return settings;
    }

    public static ConsumerConfig Consumer(ComponentSpec spec, string group, bool fromOldest) => new(Client(spec))
    {
        GroupId = group,
        AutoOffsetReset = fromOldest ? AutoOffsetReset.Earliest : AutoOffsetReset.Latest,
        AllowAutoCreateTopics = true,
        // Offsets are noted when a message is done; the client commits what is noted once a second.
        EnableAutoOffsetStore = false,
        EnableAutoCommit = true,
        AutoCommitIntervalMs = 1000,
        SessionTimeoutMs = Milliseconds(spec, "sessionTimeout", TimeSpan.FromSeconds(10)),
        HeartbeatIntervalMs = Milliseconds(spec, "heartbeatInterval", TimeSpan.FromSeconds(3)),
        FetchMinBytes = spec.Number("consumerFetchMin") is { } least and > 0 ? least : 1,
        MaxPartitionFetchBytes = spec.Number("consumerFetchDefault") is { } most and > 0 ? most : 1 << 20,
        QueuedMaxMessagesKbytes = ReadAheadKilobytes,
        QueuedMinMessages = ReadAheadMessages,
        PartitionAssignmentStrategy = spec.OneOf("consumerGroupRebalanceStrategy", "range", "sticky", "roundrobin") switch
        {
            "sticky" => PartitionAssignmentStrategy.CooperativeSticky,
            "roundrobin" => PartitionAssignmentStrategy.RoundRobin,
            _ => PartitionAssignmentStrategy.Range,
        },
    };

    private static ClientConfig Client(ComponentSpec spec)
    {
        var settings = new ClientConfig
        {
            BootstrapServers = spec["brokers"] ?? throw new StartupException("brokers is missing or empty"),
            ClientId = spec["clientID"],
            SocketKeepaliveEnable = true,
            TopicMetadataRefreshIntervalMs = Milliseconds(spec, "clientConnectionTopicMetadataRefreshInterval", TimeSpan.FromSeconds(10)),
        };
        KafkaSecurity.Apply(settings, spec);
        return settings;
    }

    private static int Milliseconds(ComponentSpec spec, string key, TimeSpan otherwise) => (int)(spec.Duration(key) ?? otherwise).TotalMilliseconds;
}
