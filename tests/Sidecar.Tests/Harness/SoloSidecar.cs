using Dapr.Client;
using Grpc.Net.Client;

namespace Platform.Sidecar.Tests.Harness;

/// <summary>One sidecar in daprd's own flags, with its resource files, before an app of the test or none.</summary>
internal sealed class SoloSidecar(TestApp? app = null, string id = "app") : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-tests-").FullName;
    private int _resources;
    private SidecarProcess? _process;

    public int HttpPort { get; } = Ports.Next();
    public int GrpcPort { get; } = Ports.Next();
    public SidecarProcess Process => _process!;
    public List<string> Flags { get; } = [];
    public Dictionary<string, string> Environment { get; } = [];

    public HttpClient Http() => new() { BaseAddress = new Uri($"http://127.0.0.1:{HttpPort}") };

    public GrpcChannel Grpc() => GrpcChannel.ForAddress($"http://127.0.0.1:{GrpcPort}");

    public DaprClient Dapr(string? token = null) => new DaprClientBuilder()
        .UseHttpEndpoint($"http://127.0.0.1:{HttpPort}").UseGrpcEndpoint($"http://127.0.0.1:{GrpcPort}").UseDaprApiToken(token ?? "").Build();

    public SoloSidecar Resource(string yaml)
    {
        File.WriteAllText(Path.Combine(_folder, $"{_resources++:00}.yaml"), yaml);
        return this;
    }

    public SoloSidecar Component(string name, string type, params (string Name, string Value)[] metadata) => Resource($"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata:
          name: {name}
        spec:
          type: {type}
          version: {(type == "state.postgresql" ? "v2" : "v1")}
          metadata:
        {string.Concat(metadata.Select(pair => $"    - name: {pair.Name}\n      value: '{pair.Value.Replace("'", "''", StringComparison.Ordinal)}'\n"))}
        """);

    /// <summary>A Configuration document, given with <c>--config</c>.</summary>
    public SoloSidecar Config(string spec)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "config")).FullName, "config.yaml");
        File.WriteAllText(file, $"apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata:\n  name: config\nspec:\n{spec}\n");
        Flags.AddRange(["--config", file]);
        return this;
    }

    public string Folder => _folder;

    public SidecarProcess Launch()
    {
        string[] own = ["--app-id", id, "--dapr-http-port", $"{HttpPort}", "--dapr-grpc-port", $"{GrpcPort}", "--resources-path", _folder, "--enable-metrics=false"];
        string[] ofApp = app is null ? [] : ["--app-port", $"{app.Port}", "--app-protocol", app.Protocol];
        return _process = SidecarProcess.Launch([.. own, .. ofApp, .. Flags], Environment);
    }

    public async Task<SoloSidecar> Start()
    {
        await Launch().WaitUntilReady(HttpPort);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
