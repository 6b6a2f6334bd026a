using Platform.Sidecar.Tests.Harness;
using Platform.TestServers;

namespace Platform.Sidecar.Tests.Kafka;

internal static class KafkaStacks
{
    /// <summary>A component that begins with the oldest message and is quick to try again; <paramref name="metadata"/> say otherwise.</summary>
    public static async Task<TestStack> Stack(this MockKafka kafka, params (string Name, string Value)[] metadata)
    {
        var stack = await TestStack.Create();
        stack.PubSubType = "pubsub.kafka";
        (string Name, string Value)[] quick =
        [
            ("brokers", kafka.Address), ("authType", "none"), ("initialOffset", "oldest"), ("backOffDuration", "100ms"),
            // The mock cluster lets a group that has members already wait for this long, less a second, each time it shares out anew.
            ("sessionTimeout", "3s"), ("heartbeatInterval", "300ms"),
        ];
        foreach (var (name, value) in quick.Concat(metadata))
            stack.PubSubMetadata[name] = value;
        return stack;
    }
}
