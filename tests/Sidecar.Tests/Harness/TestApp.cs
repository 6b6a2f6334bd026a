using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Platform.Sidecar.Tests.Harness;

/// <summary>An event as it came to the app.</summary>
internal sealed record ReceivedEvent(string Path, JsonNode Body, IReadOnlyDictionary<string, string> Headers, DateTimeOffset At)
{
    public string Id => (string)Body["id"]!;
    public JsonNode? Data => Body["data"];
}

/// <summary>An app behind the sidecar, in the test's own process: it lists its subscriptions and notes what it gets.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private WebApplication? _host;

    public TestApp(string id, string protocol = "h2c") => (Id, Protocol) = (id, protocol);

    public string Id { get; }
    public string Protocol { get; }
    public int Port { get; } = Ports.Next();
    public JsonArray Subscriptions { get; set; } = [];
    public ConcurrentQueue<ReceivedEvent> Events { get; } = new();
    public int SubscriptionReads => _subscriptionReads;
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> ProbeHeaders { get; } = new();

    /// <summary>The answer to an event; by default 200 without a body.</summary>
    public Func<ReceivedEvent, HttpContext, Task> OnEvent { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Everything that is neither Dapr's nor gRPC.</summary>
    public RequestDelegate OnRequest { get; set; } = context => context.Response.WriteAsync("");

    /// <summary>What an app has beyond that: an SDK's own services and routes.</summary>
    public Action<IServiceCollection> Services { get; set; } = _ => { };

    public Action<WebApplication> Routes { get; set; } = _ => { };

    private int _subscriptionReads;

    public TestApp Subscribe(string topic, string route = "/events", string? deadLetterTopic = null)
    {
        Subscriptions.Add(new JsonObject { ["pubsubName"] = "pubsub", ["topic"] = topic, ["route"] = route, ["deadLetterTopic"] = deadLetterTopic });
        return this;
    }

    public async Task<TestApp> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        Services(builder.Services);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, Port, endpoint => endpoint.Protocols = Protocol == "http" ? HttpProtocols.Http1 : HttpProtocols.Http2);
        });
        _host = builder.Build();
        _host.MapGrpcService<EchoService>();
        _host.MapGet("/dapr/subscribe", (HttpContext context) =>
        {
            Interlocked.Increment(ref _subscriptionReads);
            ProbeHeaders.Enqueue(Headers(context));
            return Subscriptions;
        });
        _host.MapPost("/events/{**rest}", Receive);
        Routes(_host);
        _host.MapFallback(context => OnRequest(context));
        await _host.StartAsync();
        return this;
    }

    /// <param name="grace">How long requests under way may take; none for an app that just ends.</param>
    public async Task Stop(TimeSpan grace = default)
    {
        if (_host is null)
            return;
        using var now = new CancellationTokenSource(grace);
        await _host.StopAsync(now.Token);
        await _host.DisposeAsync();
        _host = null;
    }

    public static IReadOnlyDictionary<string, string> Headers(HttpContext context) =>
        context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    private async Task Receive(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        var received = new ReceivedEvent(context.Request.Path, body, Headers(context), DateTimeOffset.UtcNow);
        await OnEvent(received, context);
        Events.Enqueue(received);
    }

    public async ValueTask DisposeAsync() => await Stop();
}
