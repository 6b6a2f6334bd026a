using System.Globalization;
using Dapr.Conformance.Harness;
using Dapr.Workflow;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dapr.Conformance.Workflow;

/// <summary>Two apps that run workflows: a worker with a client each.</summary>
public sealed class WorkflowSetup : IAsyncLifetime
{
    internal const string App = "office";
    internal const string OtherApp = "warehouse";

    private readonly Neighbours _apps = new(together: true, new Sidecar(App), new Sidecar(OtherApp));
    private readonly List<IHost> _hosts = [];
    private Database _database = null!;

    internal Sidecar Sidecar => _apps[App];

    internal DaprWorkflowClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await Database.CreateAsync();
        foreach (var sidecar in _apps.Sidecars)
            AddStore(sidecar, _database);
        await _apps.StartAsync();
        _hosts.Add(await StartWorkerAsync(_apps[App], Workflows.Register));
        _hosts.Add(await StartWorkerAsync(_apps[OtherApp], Workflows.RegisterOther));
        Client = _hosts[0].Services.GetRequiredService<DaprWorkflowClient>();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await ((IAsyncDisposable)host).DisposeAsync();
        await _apps.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal static void AddStore(Sidecar sidecar, Database database) =>
        sidecar.Component("statestore", "state.postgresql v2", ("connectionString", database.Url), ("actorStateStore", "true"));

    internal static async Task<IHost> StartWorkerAsync(Sidecar sidecar, Action<WorkflowRuntimeOptions> register)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["DAPR_GRPC_PORT"] = sidecar.GrpcPort.ToString(CultureInfo.InvariantCulture) });
        builder.Services.AddDaprWorkflow(register);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
