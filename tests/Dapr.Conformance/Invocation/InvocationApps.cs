using System.Collections.Concurrent;
using System.Globalization;
using Dapr.Conformance.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Dapr.Conformance.Invocation;

/// <summary>A caller, and three apps to be called: one for each protocol.</summary>
public class InvocationApps : IAsyncLifetime
{
    private readonly EchoService.Log _echo = new();
    private readonly Neighbours _apps;

    public InvocationApps()
        : this(together: true)
    {
    }

    protected InvocationApps(bool together) => _apps = new Neighbours(
        together,
        new Sidecar("caller", new App(Answer)),
        new Sidecar("callee", new App(Answer)),
        new Sidecar("multiplexed", new App(Answer, "h2c")),
        new Sidecar("classic", new App(
            app =>
            {
                app.MapGrpcService<EchoService>();
                app.MapGrpcService<CallbackService>();
            },
            "grpc",
            services => services.AddSingleton(_echo).AddSingleton(Callbacks).AddGrpc())));

    internal Sidecar Caller => _apps["caller"];
    internal Sidecar Classic => _apps["classic"];
    internal EchoService.Log EchoLog => _echo;
    internal CallbackService.Log Callbacks { get; } = new();

    /// <summary>What came to the HTTP apps, under the key in the query.</summary>
    internal ConcurrentDictionary<string, ConcurrentQueue<ReceivedRequest>> Received { get; } = new();

    public async ValueTask InitializeAsync() => await _apps.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _apps.DisposeAsync();
        Drips.Dispose();
        GC.SuppressFinalize(this);
    }

    internal ReceivedRequest Last(string key) => Received[key].Last();

    private void Answer(WebApplication app)
    {
        app.MapGet("/drip", DripAsync);
        app.Map("/status/{code:int}", async (int code, HttpContext context) =>
        {
            await NoteAsync(context);
            context.Response.StatusCode = code;
            context.Response.Headers["x-from-app"] = "yes";
            if (code is not (204 or 304))
                await context.Response.WriteAsync($"said {code}");
        });
        app.MapPost("/double", (Number number) => new Number(number.Value * 2));
        app.MapFallback(async context =>
        {
            var request = await NoteAsync(context);
            context.Response.ContentType = context.Request.ContentType;
            context.Response.Headers["x-path"] = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
            if (!HttpMethods.IsHead(request.Method))
                await context.Response.Body.WriteAsync(request.Body);
        });
    }

    private async Task<ReceivedRequest> NoteAsync(HttpContext context)
    {
        var request = await ReceivedRequest.ReadAsync(context);
        if (context.Request.Query["key"] is [{ } key])
            Received.GetOrAdd(key, _ => new()).Enqueue(request);
        return request;
    }

    /// <summary>Each chunk is on its way before the next is thought of; the last waits for the caller's word.</summary>
    private async Task DripAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        for (var number = 0; number < 3; number++)
        {
            await context.Response.WriteAsync($"data: {number.ToString(CultureInfo.InvariantCulture)}\n\n");
            await context.Response.Body.FlushAsync();
            await Drips.WaitAsync(TimeSpan.FromSeconds(20), context.RequestAborted);
        }
    }

    internal SemaphoreSlim Drips { get; } = new(0);
}

/// <summary>The same apps, each with a sidecar process of its own.</summary>
public sealed class SeparateApps() : InvocationApps(together: false);

internal sealed record Number(int Value);
