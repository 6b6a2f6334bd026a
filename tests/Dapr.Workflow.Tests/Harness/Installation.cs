using System.Globalization;
using Dapr.Workflow.Registration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.LocalPostgres;
using Platform.Workflow.Worker;

namespace Dapr.Workflow.Tests.Harness;

/// <summary>A database, a sidecar on it as a process, and what connects to it: all of one test, or of one class.</summary>
public sealed class Installation : IAsyncDisposable
{
    /// <summary>The app that tests are about, and another one beside it.</summary>
    public const string App = "tested";

    public const string OtherApp = "other";

    private readonly string _token = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, (int Http, int Grpc)> _ports = new()
    {
        [App] = (TestPorts.Next(), TestPorts.Next()),
        [OtherApp] = (TestPorts.Next(), TestPorts.Next()),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("workflow-tests-").FullName;
    private readonly List<IAsyncDisposable> _owned = [];
    private string _database = "";
    private ChildProcess? _sidecar;

    public string WorkLogFile => Path.Combine(_folder, "work.log");

    /// <summary>Processor time of the sidecar.</summary>
    public TimeSpan SidecarTime => _sidecar!.ProcessorTime;

    public static async Task<Installation> CreateAsync()
    {
        var installation = new Installation();
        await installation.CreateDatabaseAsync();
        await installation.WriteFilesAsync();
        await installation.StartSidecarAsync();
        return installation;
    }

    public async Task StartSidecarAsync() => _sidecar = await ChildProcess.StartAsync(
        "Platform.Sidecar.dll",
        "dapr initialized",
        ["--run-file", Path.Combine(_folder, "dapr.yaml")],
        new Dictionary<string, string> { ["DAPR_API_TOKEN"] = _token, ["SIDECAR_DATABASE"] = Libpq(_database) });

    public Task KillSidecarAsync() => _sidecar!.KillAsync();

    /// <summary>A worker in a process of its own.</summary>
    internal async Task<ChildProcess> StartWorkerAsync() => await ChildProcess.StartAsync(
        "Platform.Workflow.Worker.dll",
        "Application started",
        [],
        new Dictionary<string, string>
        {
            ["DAPR_API_TOKEN"] = _token,
            ["DAPR_GRPC_PORT"] = Text(_ports[App].Grpc),
            ["WORK_LOG"] = WorkLogFile,
        });

    /// <summary>A worker and a client in this process.</summary>
    public async Task<IHost> StartHostAsync(Action<WorkflowRuntimeOptions> register, WorkLog? log = null, string app = App)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DAPR_API_TOKEN"] = _token,
            ["DAPR_GRPC_PORT"] = Text(_ports[app].Grpc),
        });
        log ??= new WorkLog(null);
        builder.Services.AddSingleton(log);
        builder.Logging.AddProvider(new WorkLogProvider(log));
        builder.Services.AddDaprWorkflow(register);
        var host = builder.Build();
        _owned.Add((IAsyncDisposable)host);
        await host.StartAsync();
        return host;
    }

    /// <summary>Only a client: with the official package a host without workflows would take work all the same, and fail it.</summary>
    public DaprWorkflowClient Client()
    {
        var client = new DaprWorkflowClientBuilder().UseGrpcEndpoint($"http://127.0.0.1:{Text(_ports[App].Grpc)}").UseDaprApiToken(_token).Build();
        _owned.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
            await owned.DisposeAsync();
        if (_sidecar is not null)
            await _sidecar.DisposeAsync();
        await DropDatabaseAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A line for each run of an activity in a worker's process.</summary>
    public IReadOnlyList<string> WorkLines() => File.Exists(WorkLogFile) ? File.ReadAllLines(WorkLogFile) : [];

    /// <summary>Cuts every connection to the database, as a restart of the server does.</summary>
    public async Task DropConnectionsAsync() => await ExecuteAsync(
        await TestPostgres.GetAsync(),
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{new NpgsqlConnectionStringBuilder(_database).Database}'");

    /// <summary>How many rows the store has of a workflow.</summary>
    public async Task<long> CountRowsAsync(string instanceId)
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using var command = source.CreateCommand("SELECT count(*) FROM state WHERE position($1 in key) > 0");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = instanceId });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task CreateDatabaseAsync()
    {
        var server = await TestPostgres.GetAsync();
        var name = $"workflow_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        _database = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    private async Task DropDatabaseAsync() =>
        await ExecuteAsync(await TestPostgres.GetAsync(), $"DROP DATABASE {new NpgsqlConnectionStringBuilder(_database).Database} WITH (FORCE)");

    private async Task WriteFilesAsync()
    {
        var resources = Directory.CreateDirectory(Path.Combine(_folder, "components")).FullName;
        await File.WriteAllTextAsync(Path.Combine(resources, "statestore.yaml"), """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: statestore
            spec:
              type: state.postgresql
              version: v2
              metadata:
                - name: connectionString
                  envRef: SIDECAR_DATABASE
                - name: actorStateStore
                  value: "true"
            """);
        var apps = _ports.Select(app => $"  - appID: {app.Key}\n    daprHTTPPort: {app.Value.Http}\n    daprGRPCPort: {app.Value.Grpc}\n");
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "dapr.yaml"), $"version: 1\ncommon:\n  resourcesPath: ./components\napps:\n{string.Concat(apps)}");
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

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
