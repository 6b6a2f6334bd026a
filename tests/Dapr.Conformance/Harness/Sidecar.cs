using System.Globalization;
using Dapr.Client;
using Grpc.Core;
using Grpc.Net.Client;
using Platform.LocalPostgres;
using Platform.LocalPostgres.Processes;
using Platform.TestServers;
using RawClient = Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient;

namespace Dapr.Conformance.Harness;

/// <summary>The sidecar of one app: its files, its flags, its process, and the clients that talk to it.</summary>
internal sealed class Sidecar(string appId, App? app = null) : IAsyncDisposable
{
    private readonly Resources _resources = new();
    private readonly List<string> _flags = [];
    private readonly List<IDisposable> _clients = [];
    private SidecarProcess? _process;

    public string AppId { get; } = appId;
    public App? App { get; } = app;
    public int HttpPort { get; } = TestPorts.Next();
    public int GrpcPort { get; } = TestPorts.Next();
    public int MetricsPort { get; } = TestPorts.Next();
    public Uri HttpAddress => new($"http://127.0.0.1:{HttpPort}");
    public Uri GrpcAddress => new($"http://127.0.0.1:{GrpcPort}");
    public SidecarProcess Process => _process!;
    public string Folder => _resources.Folder;

    /// <summary>Variables of the process.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    public Sidecar Component(string name, string type, params (string Name, string Value)[] metadata)
    {
        _resources.Component(name, type, metadata);
        return this;
    }

    public Sidecar Resource(string name, string yaml)
    {
        _resources.File(name, yaml);
        return this;
    }

    /// <param name="spec">What is under <c>spec:</c>, indented by two blanks.</param>
    public Sidecar Configuration(string spec)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "configuration")).FullName;
        File.WriteAllText(Path.Combine(folder, "config.yaml"), $"apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata:\n  name: conformance\nspec:\n{spec}\n");
        return Flags("--config", Path.Combine(folder, "config.yaml"));
    }

    public Sidecar Flags(params string[] flags)
    {
        _flags.AddRange(flags);
        return this;
    }

    /// <summary>Starts the process, or starts it again; returns when it and its app are ready.</summary>
    public async Task<Sidecar> StartAsync(string readyPath = "/v1.0/healthz")
    {
        Launch();
        await Process.WaitUntilReadyAsync(HttpPort, readyPath);
        return this;
    }

    public SidecarProcess Launch() => _process = new SidecarProcess(Arguments(), Environment);

    public async Task<int> StopAsync()
    {
        Process.Send(Signal.Terminate);
        return await Process.WaitForExitAsync();
    }

    public HttpClient Http() => Keep(new HttpClient { BaseAddress = HttpAddress });

    public GrpcChannel Channel() => Keep(GrpcChannel.ForAddress(GrpcAddress));

    /// <summary>The generated client: what no official package calls.</summary>
    public RawClient Raw() => new(Channel());

    /// <summary>The official client.</summary>
    public DaprClient Dapr(string token = "") => Keep(new DaprClientBuilder()
        .UseHttpEndpoint(HttpAddress.ToString()).UseGrpcEndpoint(GrpcAddress.ToString()).UseDaprApiToken(token).Build());

    public IReadOnlyDictionary<string, string?> NodeEnvironment => new Dictionary<string, string?>
    {
        ["DAPR_HTTP_PORT"] = Text(HttpPort),
        ["DAPR_GRPC_PORT"] = Text(GrpcPort),
        ["APP_PORT"] = App is null ? null : Text(App.Port),
        ["APP_ID"] = AppId,
        ["DAPR_API_TOKEN"] = Environment.GetValueOrDefault("DAPR_API_TOKEN"),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
        if (App is not null)
            await App.DisposeAsync();
        _resources.Dispose();
    }

    private IEnumerable<string> Arguments() =>
    [
        "--app-id", AppId,
        "--dapr-http-port", Text(HttpPort), "--dapr-grpc-port", Text(GrpcPort), "--dapr-internal-grpc-port", Text(TestPorts.Next()),
        "--metrics-port", Text(MetricsPort), "--dapr-listen-addresses", "127.0.0.1", "--resources-path", Folder,
        .. App is null ? (string[])[] : ["--app-port", Text(App.Port), "--app-protocol", App.Protocol],
        .. _flags, .. SidecarProgram.Flags,
    ];

    private T Keep<T>(T client) where T : IDisposable
    {
        lock (_clients)
            _clients.Add(client);
        return client;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
