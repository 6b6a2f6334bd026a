using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Platform.TestServers;

/// <summary>The mock cluster of the Kafka client's own library, in this process: brokers on free ports, topics in memory, groups that rebalance.</summary>
public sealed partial class MockKafka : IDisposable
{
    private const int Producer = 0;
    private const string Library = "librdkafka";

    private readonly nint _client;
    private readonly nint _cluster;

    static MockKafka() => NativeLibrary.SetDllImportResolver(typeof(MockKafka).Assembly, Resolve);

    /// <summary>Starts a cluster of so many brokers.</summary>
    public MockKafka(int brokers = 1)
    {
        var message = new byte[512];
        var settings = NewSettings();
        // It says otherwise that it lacks an address, which nobody needs.
        Check(Set(settings, "log_level", "3", message, (nuint)message.Length), "set the log level");
        _client = NewClient(Producer, settings, message, (nuint)message.Length);
        Check(_client == 0 ? -1 : 0, "make a client");
        _cluster = NewCluster(_client, brokers);
        // A real cluster waits three seconds for further members.
        SetRebalanceDelay(_cluster, 0);
        Address = Marshal.PtrToStringUTF8(Addresses(_cluster))!;
    }

    /// <summary>Where a client begins: host:port.</summary>
    public string Address { get; }

    /// <summary>Makes a topic with so many partitions.</summary>
    public void Create(string topic, int partitions) => Check(CreateTopic(_cluster, topic, partitions, 1), "create a topic");

    /// <summary>Connections break, and none can be made.</summary>
    public void Stop(int broker = 1) => Check(SetDown(_cluster, broker), "stop a broker");

    /// <summary>After <see cref="Stop"/>.</summary>
    public void Start(int broker = 1) => Check(SetUp(_cluster, broker), "start a broker");

    /// <summary>All messages of a topic as they lie in it.</summary>
    public IReadOnlyList<ConsumeResult<byte[]?, byte[]>> Read(string topic, int messages)
    {
        var settings = new ConsumerConfig { BootstrapServers = Address, GroupId = $"reader-{Guid.NewGuid()}", AutoOffsetReset = AutoOffsetReset.Earliest };
        using var consumer = new ConsumerBuilder<byte[]?, byte[]>(settings).Build();
        consumer.Subscribe(topic);
        return [.. Enumerable.Range(0, messages).Select(_ => consumer.Consume(TimeSpan.FromSeconds(15)) ?? throw new TimeoutException($"{topic} has fewer than {messages} messages."))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DestroyCluster(_cluster);
        DestroyClient(_client);
    }

    private static void Check(int result, string what)
    {
        if (result != 0)
            throw new InvalidOperationException($"The mock cluster could not {what}: {result}.");
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
