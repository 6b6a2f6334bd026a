using System.Collections.Concurrent;
using System.Net;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Isolation.Tests.Installation;

/// <summary>
/// What the services need of Dapr, for all of them at once: calls of another app over HTTP and gRPC, publishing, and an engine
/// that takes workflows and runs none.
/// </summary>
internal sealed class Sidecars : IAsyncDisposable
{
    private const string Invoke = "/v1.0/invoke/";
    private static readonly ForwarderRequestConfig Http2 = new() { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private readonly WebApplication _app;
    private readonly Broker _broker;
    private readonly Dictionary<string, IServiceHost> _hosts;

    public Sidecars(Ports ports, Broker broker, IReadOnlyList<IServiceHost> hosts, IEnumerable<string> workflows)
    {
        Workflows = new ConcurrentQueue<string>(workflows);
        _broker = broker;
        _hosts = hosts.ToDictionary(host => host.AppId);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, ports.SidecarHttp, http => http.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, ports.SidecarGrpc, grpc => grpc.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddHttpForwarder();
        _app = builder.Build();
        _app.MapPost("/dapr.proto.runtime.v1.Dapr/BulkPublishEvent", PublishAsync);
        _app.MapPost("/TaskHubSidecarService/{method}", WorkflowAsync);
        _app.MapFallback("{**any}", ForwardAsync);
    }

    /// <summary>Instances that were started or woken, in order: call and instance id.</summary>
    public ConcurrentQueue<string> Workflows { get; }

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ForwardAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var app = context.Request.Headers["dapr-app-id"].ToString();
        if (target.StartsWith(Invoke, StringComparison.Ordinal))
        {
            var parts = target[Invoke.Length..].Split('/', 3);
            (app, target) = (parts[0], $"/{parts[2]}");
        }

        if (!_hosts.TryGetValue(app, out var host))
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return;
        }

        using var invoker = new HttpMessageInvoker(host.CreateHandler());
        await context.RequestServices.GetRequiredService<IHttpForwarder>().SendAsync(context, $"http://{app}", invoker, Http2, new AsItCame(target));
    }

    private async Task PublishAsync(HttpContext context)
    {
        var request = BulkPublishRequest.Parser.ParseFrom(await GrpcFrames.ReadAsync(context.Request));
        foreach (var entry in request.Entries)
            _broker.Publish(request.Topic, entry.Event.ToStringUtf8());
        await GrpcFrames.WriteAsync(context.Response, new BulkPublishResponse().ToByteArray());
    }

    private async Task WorkflowAsync(HttpContext context, string method)
    {
        var request = await GrpcFrames.ReadAsync(context.Request);
        if (method == "GetWorkItems")
        {
            // A worker waits here for work that never comes.
            context.Response.ContentType = "application/grpc";
            await context.Response.StartAsync();
            var gone = new TaskCompletionSource();
            await using (context.RequestAborted.Register(gone.SetResult))
                await gone.Task;
            return;
        }

        var (field, id) = GrpcFrames.FirstText(request);
        Workflows.Enqueue($"{method} {id}");
        // The answers that are more than empty begin, as the requests do, with the instance's id.
        await GrpcFrames.WriteAsync(context.Response, method == "StartInstance" ? field : []);
    }

    private sealed class AsItCame(string target) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.RequestUri = new Uri(destinationPrefix + target);
            proxyRequest.Headers.Host = null;
        }
    }
}
