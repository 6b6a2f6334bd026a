using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Connections.Features;
using Platform.Sidecar.Api;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Health;

/// <summary>Whether the sidecar is ready, with and without its app, and how to end it.</summary>
internal static class HealthModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Shutdown>().AddSingleton<IHostLifetime>(provider => provider.GetRequiredService<Shutdown>());
        services.AddSingleton<DaprApi, ShutdownGrpcApi>();
    }

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1.0/healthz", Healthz);
        // Ports open only after all components have started: whoever can ask this has the answer.
        endpoints.MapGet("/v1.0/healthz/outbound", Ready);
        endpoints.MapPost("/v1.0/shutdown", End);
    }

    private static Task Healthz(HttpContext context)
    {
        var app = context.App();
        if (context.Request.Query["appid"] is [{ Length: > 0 } asked] && asked != app.Id)
            return context.Write(new DaprError(500, StatusCode.Internal, "ERR_HEALTH_APPID_NOT_MATCH", "dapr app-id does not match"));
        return app.Channel is { IsUp: false } || !context.RequestServices.GetServices<IReadiness>().All(one => one.IsReady(app))
            ? context.Write(new DaprError(500, StatusCode.Internal, "ERR_HEALTH_NOT_READY", "dapr is not ready: [app]"))
            : Ready(context);
    }

    private static Task Ready(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task End(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        var isForced = context.Request.Headers["dapr-force-shutdown"] == "true";
        if (isForced)
            context.Response.Headers.Connection = "close";
        await context.Response.CompleteAsync();
        if (isForced)
        {
            _ = ExitAsync(context.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed ?? CancellationToken.None);
            return;
        }

        context.RequestServices.GetRequiredService<Shutdown>().Begin();
    }

    // The answer has left when its connection ends; a client that keeps it is not waited for.
    private static async Task ExitAsync(CancellationToken left)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Environment.Exit(1);
    }
}

/// <summary>Ends the process, and with it the sidecars of all its apps.</summary>
internal sealed class ShutdownGrpcApi(Shutdown shutdown) : DaprApi
{
    public Task<Empty> Shutdown(ShutdownRequest request, ServerCallContext context)
    {
        context.GetHttpContext().Response.OnCompleted(() =>
        {
            shutdown.Begin();
            return Task.CompletedTask;
        });
        return Task.FromResult(new Empty());
    }
}
