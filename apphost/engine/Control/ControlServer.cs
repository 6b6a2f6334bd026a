using System.Net;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Dashboard;
using Platform.Dashboard.Access;
using Platform.Dashboard.Pages;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Ports;
using Platform.LocalHost.Processes;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Control;

/// <summary>
/// Lets other processes and the browser of the same user look at a running stack and steer it: loopback only, with a token. The
/// dashboard is part of it, and on the port after it telemetry comes in over gRPC.
/// </summary>
internal sealed class ControlServer : IAsyncDisposable
{
    public const int DefaultPort = 15888;

    /// <summary>Where telemetry comes in: without TLS a port speaks either HTTP/1.1 or HTTP/2.</summary>
    public const int DefaultTelemetryPort = 15889;

    private readonly WebApplication _app;
    private readonly Instance _instance;
    private readonly StackHistory? _history;

    private ControlServer(WebApplication app, Instance instance, StackHistory? history) => (_app, _instance, _history) = (app, instance, history);

    /// <summary>The dashboard's address with its token; null when there is none.</summary>
    public Uri? Dashboard { get; private init; }

    /// <summary>Starts the server and leaves its address in the instance's folder.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="stack">What is looked at and steered.</param>
    /// <param name="dashboardToken">What a browser shows; without it there is neither dashboard nor telemetry.</param>
    /// <param name="stop">Called when somebody asks the whole stack to stop.</param>
    public static async Task<ControlServer> StartAsync(Instance instance, Stack stack, string? dashboardToken, Action stop)
    {
        var port = FreePort(DefaultPort + stack.PortOffset);
        var access = dashboardToken is null ? null : new DashboardAccess(dashboardToken, port);
        var dashboard = access is null ? null : new Uri($"http://localhost:{port}{access.EntryPath}");
        var host = new HostFile(ProcessRecord.Of(Environment.ProcessId), new Uri($"http://127.0.0.1:{port}"), RandomNumberGenerator.GetHexString(32, lowercase: true), dashboard);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<RouteHandlerOptions>(static routes => routes.ThrowOnBadRequest = true);
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        StackHistory? history = null;
        if (access is not null)
        {
            stack.Context.Telemetry = new TelemetryTarget(new Uri($"http://127.0.0.1:{FreePort(DefaultTelemetryPort + stack.PortOffset)}"), host.Url, RandomNumberGenerator.GetHexString(32, lowercase: true));
            builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, stack.Context.Telemetry.Endpoint.Port, listen => listen.Protocols = HttpProtocols.Http2));
            history = StackHistory.Keep(instance, stack);
            builder.Services.AddDashboard(new RunningStack(instance, stack), history.Store);
        }

        var app = builder.Build();
        app.Use(new ControlGate(host.Token, access, stack.Context.Telemetry?.Key).AdmitAsync);
        app.Use(OddRequests.AnswerAsync);
        Map(app, stack, stop);
        if (access is not null)
            app.MapDashboard();
        await app.StartAsync();
        host.Save(instance);
        return new ControlServer(app, instance, history) { Dashboard = dashboard };
    }

    /// <summary>From now on the instance counts as ended; those who are connected already are still served.</summary>
    public void Leave() => HostFile.Remove(_instance);

    public async ValueTask DisposeAsync()
    {
        Leave();
        await _app.DisposeAsync();
        if (_history is not null)
            await _history.DisposeAsync();
    }

    private static int FreePort(int port) => PortOwner.IsTaken(port)
        ? throw new StackException($"The control port {port} is in use by {PortOwner.Describe(port)}. Stop it, or start an instance with other ports: --instance NAME.")
        : port;

    private static void Map(IEndpointRouteBuilder app, Stack stack, Action stop)
    {
        app.MapGet("/resources", () => stack.Runners.Select(runner => ResourceView.Of(runner)));
        app.MapGet("/resources/{name}/environment", (string name, bool secrets) => OrProblem(() => stack.EnvironmentOf(name, secrets)));
        foreach (var action in ResourceActions.All)
            app.MapPost($"/resources/{{name}}/{action}", (string name) => OrProblemAsync(() => ActAsync(stack, name, action)));
        app.MapGet("/resources/{name}/commands", (string name) => OrProblem(() => StackCommands.ViewsOf(stack, name)));
        app.MapPost("/resources/{name}/commands", (string name, [FromQuery(Name = "name")] string command, Dictionary<string, string> arguments) =>
            OrProblemAsync(() => StackCommands.RunAsync(stack, name, command, arguments, ResourceCommandVisibility.Api)));
        app.MapPost("/stop", () => stop());
    }

    private static async Task<ResourceView> ActAsync(Stack stack, string name, string action)
    {
        await ResourceActions.DoAsync(stack, name, action);
        return ResourceView.Of(stack.Find(name));
    }

    private static Task<Results<Ok<T>, ProblemHttpResult>> OrProblem<T>(Func<T> answer) => OrProblemAsync(() => Task.FromResult(answer()));

    private static async Task<Results<Ok<T>, ProblemHttpResult>> OrProblemAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return TypedResults.Ok(await answer());
        }
        catch (StackException failure)
        {
            return TypedResults.Problem(failure.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }
}
