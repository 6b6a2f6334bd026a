using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Ports;
using Platform.LocalHost.Processes;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Control;

/// <summary>Lets other processes of the same user look at a running stack and steer it: loopback only, with a token.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    public const int DefaultPort = 15888;

    private readonly WebApplication _app;
    private readonly Instance _instance;

    private ControlServer(WebApplication app, Instance instance) => (_app, _instance) = (app, instance);

    /// <summary>Starts the server and leaves its address in the instance's folder.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="stack">What is looked at and steered.</param>
    /// <param name="stop">Called when somebody asks the whole stack to stop.</param>
    public static async Task<ControlServer> StartAsync(Instance instance, Stack stack, Action stop)
    {
        var port = DefaultPort + stack.PortOffset;
        if (PortOwner.IsTaken(port))
            throw new StackException($"The control port {port} is in use by {PortOwner.Describe(port)}. Stop it, or start an instance with other ports: --instance NAME.");
        var host = new HostFile(ProcessRecord.Of(Environment.ProcessId), new Uri($"http://127.0.0.1:{port}"), RandomNumberGenerator.GetHexString(32, lowercase: true));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.Use((context, next) => Authorize(context, next, host.Token));
        Map(app, stack, stop);
        await app.StartAsync();
        host.Save(instance);
        return new ControlServer(app, instance);
    }

    public async ValueTask DisposeAsync()
    {
        HostFile.Remove(_instance);
        await _app.DisposeAsync();
    }

    private static void Map(IEndpointRouteBuilder app, Stack stack, Action stop)
    {
        app.MapGet("/resources", () => stack.Runners.Select(runner => ResourceView.Of(runner.State)));
        app.MapGet("/resources/{name}/environment", (string name, bool secrets) => EnvironmentOf(stack, name, secrets));
        app.MapPost("/resources/{name}/start", (string name, CancellationToken token) => ActAsync(stack, name, runner => runner.StartAsync(token)));
        app.MapPost("/resources/{name}/stop", (string name) => ActAsync(stack, name, runner => runner.StopAsync()));
        app.MapPost("/resources/{name}/restart", (string name, CancellationToken token) => ActAsync(stack, name, async runner =>
        {
            await runner.StopAsync();
            await runner.StartAsync(token);
        }));
        app.MapPost("/stop", () => stop());
    }

    private static Results<Ok<Dictionary<string, string>>, ProblemHttpResult> EnvironmentOf(Stack stack, string name, bool secrets)
    {
        try
        {
            return TypedResults.Ok(stack.EnvironmentOf(name, secrets));
        }
        catch (StackException failure)
        {
            return TypedResults.Problem(failure.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }

    private static async Task<Results<Ok<ResourceView>, ProblemHttpResult>> ActAsync(Stack stack, string name, Func<Runner, Task> action)
    {
        try
        {
            var runner = stack.Find(name);
            await action(runner);
            return TypedResults.Ok(ResourceView.Of(runner.State));
        }
        catch (StackException failure)
        {
            return TypedResults.Problem(failure.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }

    private static Task Authorize(HttpContext context, RequestDelegate next, string token)
    {
        var given = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes($"Bearer {token}")))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
