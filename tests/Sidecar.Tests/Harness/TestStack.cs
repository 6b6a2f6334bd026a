using Dapr.Client;
using Grpc.Net.Client;

namespace Platform.Sidecar.Tests.Harness;

/// <summary>A database, one sidecar process, and the apps behind it.</summary>
internal sealed class TestStack : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-tests-").FullName;
    private readonly List<TestApp> _apps = [];
    private readonly Dictionary<string, (int Http, int Grpc)> _ports = [];
    private SidecarProcess? _process;

    private TestStack(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }
    public SidecarProcess Sidecar => _process!;

    /// <summary>Further settings of each app in the run file, and variables of the process.</summary>
    public string AppSettings { get; set; } = "";

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Where the sidecars of apps tell their metrics; those of others tell none.</summary>
    public Dictionary<string, int> MetricsPorts { get; } = [];

    /// <summary>The type of the pub/sub component; any but the embedded one has its metadata from <see cref="PubSubMetadata"/> alone.</summary>
    public string PubSubType { get; set; } = "pubsub.embedded";

    /// <summary>Further metadata of the pub/sub component.</summary>
    public Dictionary<string, string> PubSubMetadata { get; } = [];

    /// <summary>Where the resource files are.</summary>
    public string ResourcesPath => _folder;

    /// <summary>Whether there is the pub/sub component at all.</summary>
    public bool HasPubSub { get; set; } = true;

    public static async Task<TestStack> Create() => new(await TestDatabase.Create());

    public TestApp App(string id, string protocol = "h2c")
    {
        var app = new TestApp(id, protocol);
        _apps.Add(app);
        _ports[id] = (Ports.Next(), Ports.Next());
        return app;
    }

    public int HttpPort(string app) => _ports[app].Http;

    public int GrpcPort(string app) => _ports[app].Grpc;

    public HttpClient Http(string app) => new() { BaseAddress = new Uri($"http://127.0.0.1:{HttpPort(app)}") };

    public GrpcChannel Grpc(string app) => GrpcChannel.ForAddress($"http://127.0.0.1:{GrpcPort(app)}");

    public DaprClient Dapr(string app, string? token = null) => new DaprClientBuilder()
        .UseHttpEndpoint($"http://127.0.0.1:{HttpPort(app)}").UseGrpcEndpoint($"http://127.0.0.1:{GrpcPort(app)}").UseDaprApiToken(token ?? "").Build();

    public void Resource(string name, string yaml) => File.WriteAllText(Path.Combine(_folder, name), yaml);

    /// <summary>Starts the sidecar, or starts it again.</summary>
    public async Task<TestStack> Start()
    {
        WriteResources();
        _process = SidecarProcess.Launch(["--run-file", WriteRunFile()], new Dictionary<string, string>(Environment) { ["SIDECAR_DATABASE"] = Database.ConnectionString });
        await _process.WaitUntilReady(_ports.Values.First().Http);
        return this;
    }

    private void WriteResources()
    {
        if (HasPubSub)
            WritePubSub();
        WriteStateStore();
    }

    private void WritePubSub() => Resource("pubsub.yaml", $"""
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: pubsub
            spec:
              type: {PubSubType}
              version: v1
              initTimeout: 1m
              metadata:
            {(PubSubType == "pubsub.embedded" ? "    - name: connectionString\n      envRef: SIDECAR_DATABASE" : "")}
            {string.Concat(PubSubMetadata.Select(pair => $"    - name: {pair.Key}\n      value: \"{pair.Value}\"\n"))}
            """);

    private void WriteStateStore() => Resource("statestore.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: statestore
            spec:
              type: state.postgresql
              version: v2
              initTimeout: 1m
              metadata:
                - name: connectionString
                  envRef: SIDECAR_DATABASE
                - name: actorStateStore
                  value: "true"
            """);

    private string WriteRunFile()
    {
        var apps = _apps.Select(app => $"""
              - appID: {app.Id}
                appPort: {app.Port}
                appProtocol: {app.Protocol}
                daprHTTPPort: {HttpPort(app.Id)}
                daprGRPCPort: {GrpcPort(app.Id)}
                {(MetricsPorts.TryGetValue(app.Id, out var port) ? $"metricsPort: {port}" : "")}
                {AppSettings}
            """);
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "run")).FullName, "dapr.yaml");
        File.WriteAllText(file, $"version: 1\ncommon:\n  resourcesPath: ..\napps:\n{string.Join('\n', apps)}\n");
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        foreach (var app in _apps)
            await app.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
