using System.Globalization;

namespace Dapr.Conformance.Harness;

/// <summary>
/// Apps that call each other, each with a sidecar of its own. They find each other by a name resolution of Dapr (a file of SQLite's:
/// no multicast is needed), the local sidecar by its own means. Together, the local sidecar serves them in one process, from a run file.
/// </summary>
internal sealed class Neighbours(bool together, params Sidecar[] sidecars) : IAsyncDisposable
{
    private readonly Resources _files = new();
    private SidecarProcess? _shared;

    public IReadOnlyList<Sidecar> Sidecars { get; } = sidecars;

    public Dictionary<string, string?> Environment { get; } = [];

    public Sidecar this[string appId] => Sidecars.Single(sidecar => sidecar.AppId == appId);

    public async Task StartAsync()
    {
        foreach (var app in Sidecars.Select(sidecar => sidecar.App).OfType<App>())
            await app.StartAsync();
        if (together && SidecarProgram.IsLocal)
            await StartTogetherAsync();
        else
            await StartApartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_shared is not null)
            await _shared.DisposeAsync();
        foreach (var sidecar in Sidecars)
            await sidecar.DisposeAsync();
        _files.Dispose();
    }

    private async Task StartTogetherAsync()
    {
        var apps = Sidecars.Select(sidecar => $"""
              - appID: {sidecar.AppId}
                resourcesPath: {sidecar.Folder}
                daprHTTPPort: {Text(sidecar.HttpPort)}
                daprGRPCPort: {Text(sidecar.GrpcPort)}
                metricsPort: {Text(sidecar.MetricsPort)}
            {(sidecar.App is { } app ? $"    appPort: {Text(app.Port)}\n    appProtocol: {app.Protocol}" : "")}
            """);
        var runFile = _files.File("dapr.yaml", $"version: 1\napps:\n{string.Join('\n', apps)}\n");
        _shared = new SidecarProcess(["--run-file", runFile], Environment);
        foreach (var sidecar in Sidecars)
            await _shared.WaitUntilReadyAsync(sidecar.HttpPort, "/v1.0/healthz");
    }

    private async Task StartApartAsync()
    {
        var names = Path.Combine(_files.Folder, "names.db");
        foreach (var sidecar in Sidecars)
        {
            foreach (var (name, value) in Environment)
                sidecar.Environment[name] = value;
            sidecar.Environment["SIDECAR_NEIGHBOURS"] = Path.Combine(_files.Folder, "neighbours");
            sidecar.Configuration($"  nameResolution:\n    component: sqlite\n    version: v1\n    configuration:\n      connectionString: {names}");
            await sidecar.StartAsync();
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
