using System.Runtime.InteropServices;
using Confluent.Kafka;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Kafka;

/// <summary>The mock cluster of the Kafka client's own library, in this process: brokers on free ports, topics in memory, groups that rebalance.</summary>
internal sealed partial class MockKafka : IDisposable
{
    private const int Producer = 0;
    private const string Library = "librdkafka";

    private readonly nint _client;
    private readonly nint _cluster;

    static MockKafka() => NativeLibrary.SetDllImportResolver(typeof(MockKafka).Assembly, Resolve);

    public MockKafka(int brokers = 1)
    {
        var message = new byte[512];
        var settings = NewSettings();
        // It says otherwise that it lacks an address, which nobody needs.
        Assert.Equal(0, Set(settings, "log_level", "3", message, (nuint)message.Length));
        _client = NewClient(Producer, settings, message, (nuint)message.Length);
        Assert.NotEqual(0, _client);
        _cluster = NewCluster(_client, brokers);
        // A real cluster waits three seconds for further members.
        SetRebalanceDelay(_cluster, 0);
        Address = Marshal.PtrToStringUTF8(Addresses(_cluster))!;
    }

    public string Address { get; }

    public void Create(string topic, int partitions) => Assert.Equal(0, CreateTopic(_cluster, topic, partitions, 1));

    /// <summary>Connections break, and none can be made.</summary>
    public void Stop(int broker = 1) => Assert.Equal(0, SetDown(_cluster, broker));

    public void Start(int broker = 1) => Assert.Equal(0, SetUp(_cluster, broker));

    /// <summary>All messages of a topic as they lie in it.</summary>
    public IReadOnlyList<ConsumeResult<byte[]?, byte[]>> Read(string topic, int messages)
    {
        var settings = new ConsumerConfig { BootstrapServers = Address, GroupId = $"reader-{Guid.NewGuid()}", AutoOffsetReset = AutoOffsetReset.Earliest };
        using var consumer = new ConsumerBuilder<byte[]?, byte[]>(settings).Build();
        consumer.Subscribe(topic);
        var read = Enumerable.Range(0, messages).Select(_ => consumer.Consume(TimeSpan.FromSeconds(15))).ToList();
        Assert.DoesNotContain(null, read);
        return read;
    }

    /// <summary>A component that begins with the oldest message and is quick to try again; <paramref name="metadata"/> say otherwise.</summary>
    public async Task<TestStack> Stack(params (string Name, string Value)[] metadata)
    {
        var stack = await TestStack.Create();
        stack.PubSubType = "pubsub.kafka";
        (string Name, string Value)[] quick =
        [
            ("brokers", Address), ("authType", "none"), ("initialOffset", "oldest"), ("backOffDuration", "100ms"),
        ];
        foreach (var (name, value) in quick.Concat(metadata))
            stack.PubSubMetadata[name] = value;
        return stack;
    }

    public void Dispose()
    {
        DestroyCluster(_cluster);
        DestroyClient(_client);
    }

    // The package brings a build for each family of systems; the managed client tries them in this order too.
    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? paths)
    {
        if (name != Library)
            return 0;
        foreach (var build in (string[])[Library, "centos8-librdkafka", "alpine-librdkafka"])
        {
            if (NativeLibrary.TryLoad(build, assembly, paths, out var library))
                return library;
        }

        return 0;
    }

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    private static partial nint NewSettings();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(nint settings, string name, string value, byte[] message, nuint length);

    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    private static partial nint NewClient(int type, nint settings, byte[] message, nuint length);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    private static partial void DestroyClient(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    private static partial nint NewCluster(nint client, int brokers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    private static partial void DestroyCluster(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static partial nint Addresses(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
    private static partial void SetRebalanceDelay(nint cluster, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateTopic(nint cluster, string topic, int partitions, int replicas);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static partial int SetDown(nint cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static partial int SetUp(nint cluster, int broker);
}
