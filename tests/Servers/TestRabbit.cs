namespace Platform.TestServers;

/// <summary>The RabbitMQ server of a test process.</summary>
public static class TestRabbit
{
    /// <summary>Names a server to use (amqp address) instead of starting one.</summary>
    public const string Variable = "TEST_RABBITMQ";

    private static readonly Lazy<Task<RabbitServer>> Shared = new(static () => SharedServer.KeepAsync(RabbitServer.StartAsync()));
    private static int _taken;

    /// <summary>
    /// Address of the server named in <see cref="Variable"/>, else of one that is started once and ends with this process. There each
    /// call gets a virtual host of its own: an exchange belongs to a topic, so that two who share one hear each other's dead letters.
    /// </summary>
    public static async Task<string> GetAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return given;
        var number = Interlocked.Increment(ref _taken);
        return number <= RabbitDefinitions.VirtualHosts
            ? $"{(await Shared.Value).Endpoint}/{number}"
            : throw new InvalidOperationException($"The server has {RabbitDefinitions.VirtualHosts} virtual hosts, all in use: raise {nameof(RabbitDefinitions.VirtualHosts)}.");
    }
}
