using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Platform.Sidecar.Api;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Invocation.Neighbours;
using Platform.Sidecar.Observability;
using Platform.Sidecar.Resiliency;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Sidecar.Invocation;

/// <summary>
/// Service invocation: takes what is none of the sidecar's own routes and names an app, and streams it there and back.
/// Caller's and callee's sidecar are one process, so there is one hop.
/// </summary>
internal sealed partial class InvocationMiddleware(
    RequestDelegate next, SidecarApps apps, IHttpForwarder forwarder, Neighbourhood neighbourhood, NeighbourForwarder neighbours, ILogger<InvocationMiddleware> logger)
{
    private static readonly InvocationTransformer Transformer = new();
    private static readonly ForwarderRequestConfig Http1 = Config(System.Net.HttpVersion.Version11);
    private static readonly ForwarderRequestConfig Http2 = Config(System.Net.HttpVersion.Version20);

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not null)
            return next(context);
        return context.ApiPort().IsGrpc ? Grpc(context) : Http(context);
    }

    private Task Grpc(HttpContext context)
    {
        if (GrpcModule.IsOwn(context.Request.Path))
            return GrpcReply.Fail(context, StatusCode.Unimplemented, "this API is currently not implemented");
        if (InvocationTarget.AppIdOf(context) is not { } appId)
            return GrpcReply.Fail(context, StatusCode.InvalidArgument, InvocationErrors.NoAppIdInMetadata);
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        return Invoke(context, new InvocationTarget(appId, context.Features.Get<IHttpRequestFeature>()!.RawTarget), Http2);
    }

    private Task Http(HttpContext context)
    {
        var rawTarget = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        // What is no route is a call of an app, whether it names one or not.
        return InvocationTarget.Of(context, rawTarget) is { } target ? Invoke(context, target, config: null) : context.Write(InvocationErrors.NoAppId);
    }

    private async Task Invoke(HttpContext context, InvocationTarget target, ForwarderRequestConfig? config)
    {
        if (!apps.TryGet(target.AppId, out _) && neighbourhood.Find(target.AppId) is { } neighbour)
        {
            await PassOn(context, target, neighbour);
            return;
        }

        if (Refusal(context, target, out var callee) is { } refusal)
        {
            await Fail(context, refusal);
            return;
        }

        var channel = callee!.Channel!;
        context.Features.Set(new Invocation(CallerOf(context), context.App().Options.Namespace, callee, target));
        context.App().Metrics.Count(Metric.InvocationsSent, callee.Id, config is null ? "http" : "grpc");
        callee.Metrics.Count(Metric.InvocationsReceived, CallerOf(context));
        using var slot = await channel.Enter(context.RequestAborted);
        var policy = context.App().Resiliency.App(callee.Id);
        if (channel.Protocol == AppProtocol.Grpc && config is null)
            await UnderPolicy(context, target, () => GrpcAppInvocation.Invoke(context, channel, target, policy));
        else if (!policy.IsNone || IsStreamedBody(context))
            await UnderPolicy(context, target, () => ResilientInvocation.Invoke(context, channel, policy));
        else
            await Forward(context, channel, target, config);
    }

    // YARP passes such a body on when its own buffer is full, and its sender may wait for an answer before it sends more.
    private static bool IsStreamedBody(HttpContext context) =>
        HttpProtocol.IsHttp11(context.Request.Protocol) && context.Request.Headers.TransferEncoding.Count > 0;

    // Another sidecar of this machine has the app.
    private async Task PassOn(HttpContext context, InvocationTarget target, Neighbour neighbour)
    {
        context.App().Metrics.Count(Metric.InvocationsSent, target.AppId, context.ApiPort().IsGrpc ? "grpc" : "http");
        if (await neighbours.Forward(context, neighbour, target) is { } failure && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            await Fail(context, Explain(target, failure));
    }

    // The app of this sidecar, or the one whose sidecar passes its call on.
    private static string CallerOf(HttpContext context) =>
        context.Request.Headers[NeighbourForwarder.CallerHeader].ToString() is { Length: > 0 } neighbour ? neighbour : context.App().Id;

    private async Task Forward(HttpContext context, AppChannel channel, InvocationTarget target, ForwarderRequestConfig? config)
    {
        var destination = channel.Origin;
        config ??= channel.Protocol == AppProtocol.Http ? Http1 : Http2;
        var error = await forwarder.SendAsync(context, destination, channel.Client, config, Transformer);
        if (error != ForwarderError.None && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            await Fail(context, Explain(target, context.GetForwarderErrorFeature()?.Exception));
    }

    private async Task UnderPolicy(HttpContext context, InvocationTarget target, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception error) when (error is PolicyTimeoutException or CircuitOpenException or HttpRequestException or FinalFailureException
            && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await Fail(context, Explain(target, error));
        }
    }

    private DaprError? Refusal(HttpContext context, InvocationTarget target, out SidecarApp? callee) =>
        !apps.TryGet(target.AppId, out callee) ? InvocationErrors.Unknown(target.AppId)
        : callee.Channel is not { } channel ? InvocationErrors.NoChannel(target.AppId)
        : callee.Options.Health.Enabled && !channel.IsUp ? InvocationErrors.Unhealthy(target.AppId)
        : Denial(context, target, callee);

    // An app is never kept from itself.
    private static DaprError? Denial(HttpContext context, InvocationTarget target, SidecarApp callee)
    {
        var caller = CallerOf(context);
        if (callee.AccessControl is not { } rules || caller == callee.Id)
            return null;
        var path = Uri.UnescapeDataString(target.PathAndQuery.Split('?', 2)[0]);
        var verb = context.ApiPort().IsGrpc ? null : context.Request.Method;
        return rules.Allows(caller, context.App().Options.Namespace, path, verb) ? null : InvocationErrors.Denied(target.AppId, caller, path, verb);
    }

    private static DaprError Explain(InvocationTarget target, Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } tooLarge)
                throw tooLarge;
        }

        return exception is PolicyTimeoutException
            ? InvocationErrors.Failed(target.AppId, exception.Message, StatusCode.DeadlineExceeded)
            : InvocationErrors.Failed(target.AppId, exception?.GetBaseException().Message ?? "the app did not answer", StatusCode.Unavailable);
    }

    private Task Fail(HttpContext context, DaprError error)
    {
        Log.Failed(logger, context.App().Id, error.Message);
        context.Response.Clear();
        return context.ApiPort().IsGrpc ? GrpcReply.Fail(context, error.Grpc, error.Message) : context.Write(error);
    }

    internal static ForwarderRequestConfig Config(Version version) => new()
    {
        Version = version,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = Timeout.InfiniteTimeSpan,
        AllowResponseBuffering = false,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A call of {Caller} failed: {Reason}")]
        public static partial void Failed(ILogger logger, string caller, string reason);
    }
}
