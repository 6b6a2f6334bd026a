namespace Platform.TestServers;

/// <summary>The RabbitMQ server of a test process.</summary>
public static class TestRabbit
{
    /// <summary>Names a server to use (amqp address) instead of starting one.</summary>
    public const string Variable = "TEST_RABBITMQ";

    private static readonly Lazy<Task<string>> Shared = new(static async () =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : (await SharedServer.KeepAsync(RabbitServer.StartAsync())).Endpoint);

    /// <summary>Address of the server named in <see cref="Variable"/>, else of one that is started once and ends with this process.</summary>
    public static Task<string> GetAsync() => Shared.Value;
}
