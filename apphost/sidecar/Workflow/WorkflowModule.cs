using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Workflow.Engine;
using Platform.Sidecar.Workflow.Management;

namespace Platform.Sidecar.Workflow;

/// <summary>Where the workflow engine joins the sidecar.</summary>
internal static class WorkflowModule
{
    public static void Add(IServiceCollection services) => services
        .AddSingleton<WorkflowEngine>().AddSingleton<WorkflowOperations>().AddSingleton<TaskHubService>().AddHostedService<WorkflowStart>()
        .AddSingleton<WorkflowRequests>().AddSingleton<DaprApi, WorkflowGrpcApi>();

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<TaskHubService>();
        WorkflowHttpApi.Map(endpoints);
    }

    /// <summary>Runs when the apps' components are loaded, before the ports open.</summary>
    private sealed class WorkflowStart(WorkflowEngine engine, SidecarApps apps) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => engine.Start(apps.All, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
