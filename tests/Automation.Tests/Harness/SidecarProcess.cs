using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Platform.LocalPostgres;
using Platform.Testing;

namespace Automation.Tests.Harness;

/// <summary>The real sidecar on a database of its own: workflows of automation, calls to the services that the fakes stand for.</summary>
public sealed class SidecarProcess : IAsyncDisposable
{
    public const string Token = "api-token-of-the-tests";
    private static readonly string[] Others = ["tenants", "contacts", "deals", "finance", "communications", "metadata", "records", "pipelines", "inventory", "search"];

    private readonly string _folder = Directory.CreateTempSubdirectory("automation-tests-").FullName;
    private readonly string _databaseName = $"dapr_{Guid.NewGuid():N}";
    private readonly ConcurrentQueue<string> _output = new();
    private string _database = "";
    private Process? _process;

    /// <summary>Where automation reaches its sidecar.</summary>
    public int GrpcPort { get; } = TestPorts.Next();

    /// <summary>The same over HTTP.</summary>
    public int HttpPort { get; } = TestPorts.Next();

    public async Task CreateAsync(int servicesPort)
    {
        var server = await TestPostgres.GetAsync();
        await ExecuteAsync(server, $"CREATE DATABASE {_databaseName}");
        _database = new NpgsqlConnectionStringBuilder(server) { Database = _databaseName }.ConnectionString;
        await WriteFilesAsync(servicesPort);
        await StartAsync();
    }

    public async Task StartAsync()
    {
        _output.Clear();
        var start = new ProcessStartInfo("dotnet", [Assembly(), "--run-file", Path.Combine(_folder, "dapr.yaml")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DAPR_API_TOKEN"] = Token;
        start.Environment["SIDECAR_DATABASE"] = Libpq(_database);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.HoldsAsync(() => _process.HasExited
            ? throw new InvalidOperationException(string.Join('\n', _output))
            : _output.Any(line => line.Contains("dapr initialized", StringComparison.Ordinal)), TimeSpan.FromSeconds(60));
    }

    /// <summary>As kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        await ExecuteAsync(await TestPostgres.GetAsync(), $"DROP DATABASE IF EXISTS {_databaseName} WITH (FORCE)");
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WriteFilesAsync(int servicesPort)
    {
        var components = Directory.CreateDirectory(Path.Combine(_folder, "components")).FullName;
        await File.WriteAllTextAsync(Path.Combine(components, "statestore.yaml"), """
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
        var apps = Others.Select(app => App(app, TestPorts.Next(), TestPorts.Next(), $"    appPort: {servicesPort}\n    appProtocol: h2c\n")).Prepend(App("automation", HttpPort, GrpcPort, ""));
        await File.WriteAllTextAsync(Path.Combine(_folder, "dapr.yaml"), $"version: 1\ncommon:\n  resourcesPath: ./components\napps:\n{string.Concat(apps)}");
    }

    private static string App(string appId, int httpPort, int grpcPort, string app) =>
        string.Create(CultureInfo.InvariantCulture, $"  - appID: {appId}\n    daprHTTPPort: {httpPort}\n    daprGRPCPort: {grpcPort}\n{app}");

    private static string Assembly()
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Sidecar", configuration, "Platform.Sidecar.dll"));
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string Libpq(string database)
    {
        var parts = new NpgsqlConnectionStringBuilder(database);
        var password = parts.Password is { Length: > 0 } secret ? $" password={secret}" : "";
        return $"host={parts.Host} port={parts.Port} user={parts.Username}{password} database={parts.Database}";
    }
}
