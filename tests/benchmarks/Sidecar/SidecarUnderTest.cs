using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Platform.Benchmarks.Sidecar;

/// <summary>The local sidecar as a process of its own on a PostgreSQL database of its own, serving some apps.</summary>
internal sealed class SidecarUnderTest : IAsyncDisposable
{
    private static int _lastPort = Random.Shared.Next(20_000, 30_000);

    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-benchmark-").FullName;
    private readonly string _server;
    private readonly string _database = $"benchmark_{Guid.NewGuid():N}";
    private Process? _process;

    private SidecarUnderTest(string server, IReadOnlyList<AppUnderTest> apps) => (_server, Apps) = (server, apps);

    public IReadOnlyList<AppUnderTest> Apps { get; }

    /// <summary>From the start of the process until it says that it is ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    public int ProcessId => _process!.Id;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="postgres">Superuser connection string of the server to use.</param>
    /// <param name="apps">How many apps it serves; each gets two ports, and a third that the app may listen on.</param>
    /// <param name="withAppPorts">Whether the sidecar is told of the apps' own ports.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="resource">A further resource file.</param>
    public static async Task<SidecarUnderTest> StartAsync(string postgres, int apps, bool withAppPorts, CancellationToken cancellationToken, string? resource = null)
    {
        var sidecar = new SidecarUnderTest(postgres, [.. Enumerable.Range(1, apps).Select(number => new AppUnderTest($"app-{number}", FreePort(), FreePort(), FreePort()))]);
        await sidecar.ExecuteAsync($"CREATE DATABASE {sidecar._database}", cancellationToken);
        sidecar.WriteFiles(withAppPorts);
        if (resource is not null)
            await File.WriteAllTextAsync(Path.Combine(sidecar._folder, "components", "more.yaml"), resource, cancellationToken);
        await sidecar.StartProcessAsync(cancellationToken);
        return sidecar;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        await ExecuteAsync($"DROP DATABASE {_database} WITH (FORCE)", CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartProcessAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(ProgramFolder(), "Platform.Sidecar.dll"), "--run-file", Path.Combine(_folder, "dapr.yaml")]) { RedirectStandardOutput = true };
        start.Environment["SIDECAR_DATABASE"] = new NpgsqlConnectionStringBuilder(_server) { Database = _database }.ConnectionString;
        start.Environment["DAPR_API_TOKEN"] = "";
        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!line.Contains("dapr initialized", StringComparison.Ordinal))
                continue;
            ReadyAfter = Stopwatch.GetElapsedTime(started);
            // What else it says is read and dropped, so that it never waits for a reader.
            _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return;
        }

        throw new InvalidOperationException("The sidecar ended before it was ready.");
    }

    private void WriteFiles(bool withAppPorts)
    {
        var components = Directory.CreateDirectory(Path.Combine(_folder, "components")).FullName;
        File.WriteAllText(Path.Combine(components, "pubsub.yaml"), Component("pubsub", "pubsub.embedded", "v1", ""));
        File.WriteAllText(Path.Combine(components, "statestore.yaml"), Component("statestore", "state.postgresql", "v2", "\n    - name: actorStateStore\n      value: \"true\""));
        var apps = Apps.Select(app => string.Create(CultureInfo.InvariantCulture,
            $"  - appID: {app.Id}\n    daprHTTPPort: {app.HttpPort}\n    daprGRPCPort: {app.GrpcPort}\n{(withAppPorts ? $"    appPort: {app.AppPort}\n" : "")}"));
        File.WriteAllText(Path.Combine(_folder, "dapr.yaml"), $"version: 1\ncommon:\n  resourcesPath: ./components\n  appProtocol: h2c\napps:\n{string.Concat(apps)}");
    }

    private static string Component(string name, string type, string version, string more) => $"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata:
          name: {name}
        spec:
          type: {type}
          version: {version}
          metadata:
            - name: connectionString
              envRef: SIDECAR_DATABASE{more}
        """;

    // Beside this program's own folder, in the same configuration.
    private static string ProgramFolder()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, "Sidecar", own.Name);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(_server);
        await source.CreateCommand(sql).ExecuteNonQueryAsync(cancellationToken);
    }

    // One after the other, below those that the system gives to outgoing connections.
    private static int FreePort()
    {
        for (; ; )
        {
            var port = ++_lastPort;
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it: the next one.
            }
        }
    }
}

/// <summary>An app that the sidecar serves.</summary>
internal sealed record AppUnderTest(string Id, int HttpPort, int GrpcPort, int AppPort);
