using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Dashboard.ConsoleLogs;
using Platform.Dashboard.Dapr;
using Platform.Dashboard.Logs;
using Platform.Dashboard.Mail;
using Platform.Dashboard.Metrics;
using Platform.Dashboard.Pages;
using Platform.Dashboard.Resources;
using Platform.Dashboard.Storage;
using Platform.Dashboard.Telemetry;
using Platform.Dashboard.Traces;
using Platform.Dashboard.Workflows;

namespace Platform.Dashboard;

/// <summary>Puts the dashboard's pages and its intake of telemetry into the web application of a host.</summary>
internal static class DashboardPages
{
    private const int LargestMessage = 32 << 20;

    public static void AddDashboard(this IServiceCollection services, IRunningStack stack, DashboardStore store)
    {
        services.AddSingleton(stack).AddSingleton(store).AddSingleton(store.Database).AddSingleton(TimeProvider.System);
        services.AddSingleton<OtlpIntake>().AddSingleton<ConsoleLines>().AddSingleton<LogRecords>().AddSingleton<Traces.Traces>().AddSingleton<Measures>().AddSingleton<Changes>();
        services.AddSingleton(_ => new HttpClient { Timeout = TimeSpan.FromSeconds(30) }).AddSingleton<Sidecars>().AddSingleton<Queues>().AddSingleton<WorkflowClient>();
        services.AddSingleton<ResourcesPage>().AddSingleton<GraphPage>().AddSingleton<ConsolePage>().AddSingleton<LogsPage>().AddSingleton<TracesPage>();
        services.AddSingleton<MetricsPage>().AddSingleton<DaprPage>().AddSingleton<WorkflowsPage>().AddSingleton<MailPage>();
        services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = LargestMessage);
    }

    public static void MapDashboard(this WebApplication app)
    {
        var services = app.Services;
        Assets.Map(app);
        Actions.Map(app, services.GetRequiredService<IRunningStack>());
        services.GetRequiredService<ResourcesPage>().Map(app);
        services.GetRequiredService<GraphPage>().Map(app);
        services.GetRequiredService<ConsolePage>().Map(app);
        services.GetRequiredService<LogsPage>().Map(app);
        services.GetRequiredService<TracesPage>().Map(app);
        services.GetRequiredService<MetricsPage>().Map(app);
        services.GetRequiredService<DaprPage>().Map(app);
        services.GetRequiredService<WorkflowsPage>().Map(app);
        services.GetRequiredService<MailPage>().Map(app);
        OtlpHttp.Map(app, services.GetRequiredService<OtlpIntake>());
        app.MapGrpcService<OtlpTraces>();
        app.MapGrpcService<OtlpLogs>();
        app.MapGrpcService<OtlpMetrics>();
    }

    /// <summary>Whether the request brings telemetry, which has a key of its own.</summary>
    public static bool IsTelemetry(PathString path) =>
        path.StartsWithSegments("/v1") || path.Value?.StartsWith("/opentelemetry.proto.collector.", StringComparison.Ordinal) == true;
}
