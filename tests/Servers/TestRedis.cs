namespace Platform.TestServers;

/// <summary>The Redis server of a test process.</summary>
public static class TestRedis
{
    /// <summary>Names a server to use (host and port) instead of starting one.</summary>
    public const string Variable = "TEST_REDIS";

    private static readonly Lazy<Task<string>> Shared = new(static async () =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : (await SharedServer.KeepAsync(RedisServer.StartAsync())).Endpoint);

    /// <summary>Host and port of the server named in <see cref="Variable"/>, else of one that is started once and ends with this process.</summary>
    public static Task<string> GetAsync() => Shared.Value;
}
