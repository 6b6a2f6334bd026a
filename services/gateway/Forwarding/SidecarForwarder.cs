using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Platform.Errors;
using Platform.Gateway.Edge;
using Platform.Gateway.Limits;
using Platform.Gateway.Routing;
using Platform.Invocation;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Gateway.Forwarding;

/// <summary>Sends calls to the sidecar, which knows where the services are, and streams both ways.</summary>
internal sealed partial class SidecarForwarder(IHttpForwarder forwarder, SidecarAddress sidecar, ILogger<SidecarForwarder> logger) : IDisposable
{
    private static readonly Error Http2Needed = new(Google.Rpc.Code.Unimplemented, "HTTP2_NEEDED", "gRPC needs HTTP/2: use the gateway's gRPC port.");
    private static readonly ForwarderRequestConfig Rest = Config(HttpVersion.Version11, TimeSpan.FromSeconds(100));
    private static readonly ForwarderRequestConfig Grpc = Config(HttpVersion.Version20, Timeout.InfiniteTimeSpan);

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
    });

    /// <summary>The sidecar's HTTP API: invoke the app with the path as it came.</summary>
    public async Task RestAsync(HttpContext context, string domain, string appId)
    {
        var target = RawTarget.Of(context);
        if (!RawTarget.IsRestOf(target, domain))
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (!BodyLimits.TrySet(context))
            await Problems.WriteAsync(context, EmptyAnswers.ProblemOf(StatusCodes.Status413PayloadTooLarge, ""));
        else
            await SendAsync(context, Rest, new RestTransformer(sidecar, appId, target, logger));
    }

    /// <summary>The same for an address of the whole platform: the domain answers it at a path of its own, with the query as it came.</summary>
    public Task AnswerAsync(HttpContext context, string domain, string appId, string path)
    {
        var target = RawTarget.Of(context);
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return SendAsync(context, Rest, new RestTransformer(sidecar, appId, $"/api/v1/{domain}{path}{(question < 0 ? "" : target[question..])}", logger));
    }

    /// <summary>The sidecar's gRPC port: a call that names an app is passed through.</summary>
    public async Task GrpcAsync(HttpContext context, string domain, string appId)
    {
        var target = RawTarget.Of(context);
        if (!RawTarget.IsGrpcOf(target, domain) || !Problems.IsGrpc(context.Request.ContentType))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            await Problems.RespondAsync(context, Http2Needed);
            return;
        }

        BodyLimits.SetStreaming(context);
        await SendAsync(context, Grpc, new GrpcTransformer(sidecar, appId, target));
    }

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(HttpContext context, ForwarderRequestConfig config, SidecarTransformer transformer)
    {
        var error = await forwarder.SendAsync(context, transformer.Destination, _client, config, transformer);
        if (error == ForwarderError.None || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            return;
        var exception = context.GetForwarderErrorFeature()?.Exception;
        if (BodyFailure(exception) is { } refused)
            throw refused;
        LogFailed(logger, error, exception?.GetBaseException().Message);
        context.Response.Clear();
        await Failures.RespondAsync(context, error == ForwarderError.RequestTimedOut ? Failures.TimedOut : Failures.Unavailable);
    }

    // The client's body broke off, came too slowly or was too large: the answer is about it and not about the sidecar.
    private static BadHttpRequestException? BodyFailure(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is BadHttpRequestException refused)
                return refused;
        }

        return null;
    }

    private static ForwarderRequestConfig Config(Version version, TimeSpan idle) => new()
    {
        Version = version,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = idle,
        AllowResponseBuffering = false,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sidecar did not answer ({Error}: {Reason})")]
    private static partial void LogFailed(ILogger logger, ForwarderError error, string? reason);
}
