using Platform.TestServers;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>The same services on other servers: component files are all that differs. Each starts a stack of its own.</summary>
[Trait("category", "long")]
public sealed class BrokerFacts
{
    [Theory]
    [InlineData("redis")]
    [InlineData("rabbitmq")]
    public Task The_main_job_runs_on(string components) => PlayAsync(components);

    /// <summary>
    /// On the mock cluster of Kafka's client library. It shows that the component speaks Kafka's protocol and that the platform
    /// gets along with it; it does not show what a real cluster does about replicas, disks and failing brokers.
    /// </summary>
    [Fact]
    public async Task The_main_job_runs_on_a_mock_cluster_of_kafka()
    {
        using var kafka = new MockKafka();
        await PlayAsync("kafka", $"--ConnectionStrings:kafka={kafka.Address}");
    }

    private static async Task PlayAsync(string components, params string[] settings)
    {
        var instance = $"e2e-{components}-{Environment.ProcessId}";
        var (code, output) = await RunningStack.RunAsync(instance, ["demo", "--components", components, .. settings]);
        await RunningStack.RunAsync(instance, ["reset"]);
        Assert.True(code == 0, output);
    }
}
