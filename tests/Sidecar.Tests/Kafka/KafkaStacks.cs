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
            // The mock cluster waits for this long, less a second, whenever a group with members shares out anew; and does it
            // again when the leader's answer overtakes another member's.
            ("sessionTimeout", "2s"), ("heartbeatInterval", "200ms"),
        ];
        foreach (var (name, value) in quick.Concat(metadata))
            stack.PubSubMetadata[name] = value;
        return stack;
    }
}
