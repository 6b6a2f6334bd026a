using Dapr.Client;
using Grpc.Net.Client;
using Platform.Sidecar.Tests.Harness;
using Platform.TestServers;
using StackExchange.Redis;

namespace Platform.Sidecar.Tests.Redis;

/// <summary>A Redis server of its own, sidecar processes on it, and the apps behind them.</summary>
internal sealed class RedisStack : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-redis-tests-").FullName;
    private readonly List<TestApp> _apps = [];
    private readonly Dictionary<TestApp, (int Http, int Grpc)> _ports = [];
    private readonly List<SidecarProcess> _sidecars = [];
    private readonly ConnectionMultiplexer _connection;

    private RedisStack(RedisServer server, ConnectionMultiplexer connection) => (Server, _connection) = (server, connection);

    public RedisServer Server { get; }

    /// <summary>For a look at what is really stored.</summary>
    public IDatabase Redis => _connection.GetDatabase();

    /// <summary>The sidecar that was started last.</summary>
    public SidecarProcess Sidecar => _sidecars[^1];

    public Dictionary<string, string> StateMetadata { get; } = [];

    public Dictionary<string, string> PubSubMetadata { get; } = new() { ["processingTimeout"] = "1s", ["redeliverInterval"] = "200ms" };

    public static async Task<RedisStack> Create()
    {
        var server = await RedisServer.StartAsync();
        var options = new ConfigurationOptions { EndPoints = { server.Endpoint }, AbortOnConnectFail = false, ReconnectRetryPolicy = new LinearRetry(100), AllowAdmin = true };
        return new RedisStack(server, await ConnectionMultiplexer.ConnectAsync(options));
    }

    public TestApp App(string id, string protocol = "h2c")
    {
        var app = new TestApp(id, protocol);
        _apps.Add(app);
        _ports[app] = (Ports.Next(), Ports.Next());
        return app;
    }

    public HttpClient Http(TestApp app) => new() { BaseAddress = new Uri($"http://127.0.0.1:{_ports[app].Http}") };

    public GrpcChannel Grpc(TestApp app) => GrpcChannel.ForAddress($"http://127.0.0.1:{_ports[app].Grpc}");

    public DaprClient Dapr(TestApp app) => new DaprClientBuilder()
        .UseHttpEndpoint($"http://127.0.0.1:{_ports[app].Http}").UseGrpcEndpoint($"http://127.0.0.1:{_ports[app].Grpc}").UseDaprApiToken("").Build();

    public void Resource(string name, string yaml) => File.WriteAllText(Path.Combine(_folder, name), yaml);

    /// <summary>Writes a file of secrets; returns where it is.</summary>
    public string Secrets(string json)
    {
        var file = Path.Combine(_folder, "secrets.json");
        File.WriteAllText(file, json);
        return file;
    }

    /// <summary>Starts one sidecar for the apps given, or all.</summary>
    public async Task<RedisStack> Start(params IReadOnlyList<TestApp> apps)
    {
        if (apps.Count == 0)
            apps = _apps;
        Component("pubsub", "pubsub.redis", PubSubMetadata);
        Component("statestore", "state.redis", StateMetadata);
        Component("lockstore", "lock.redis", []);
        Component("settings", "configuration.redis", []);
        var sidecar = SidecarProcess.Launch(["--run-file", RunFile(apps)], new Dictionary<string, string> { ["REDIS_HOST"] = Server.Endpoint });
        _sidecars.Add(sidecar);
        await sidecar.WaitUntilReady(_ports[apps[0]].Http);
        return this;
    }

    public void Component(string name, string type, Dictionary<string, string> metadata) => Resource(name + ".yaml", $"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata:
          name: {name}
        spec:
          type: {type}
          version: v1
          metadata:
            - name: redisHost
              envRef: REDIS_HOST
        {string.Concat(metadata.Select(pair => $"    - name: {pair.Key}\n      value: \"{pair.Value}\"\n"))}
        """);

    /// <summary>Until the apps are members of the topic's groups.</summary>
    public Task Subscribed(string topic, params string[] groups) => Eventually.Holds(async () => (await Groups(topic)).Intersect(groups).Count() == groups.Length, "the apps have subscribed");

    public async Task<IReadOnlyList<string>> Groups(string topic) => await Redis.KeyExistsAsync(topic) ? [.. (await Redis.StreamGroupInfoAsync(topic)).Select(group => group.Name)] : [];

    private string RunFile(IEnumerable<TestApp> apps)
    {
        var entries = apps.Select(app => $"""
              - appID: {app.Id}
                appPort: {app.Port}
                appProtocol: {app.Protocol}
                daprHTTPPort: {_ports[app].Http}
                daprGRPCPort: {_ports[app].Grpc}
            """);
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, $"run-{_sidecars.Count}")).FullName, "dapr.yaml");
        File.WriteAllText(file, $"version: 1\ncommon:\n  resourcesPath: ..\napps:\n{string.Join('\n', entries)}\n");
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sidecar in _sidecars)
            await sidecar.DisposeAsync();
        foreach (var app in _apps)
            await app.DisposeAsync();
        await _connection.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
