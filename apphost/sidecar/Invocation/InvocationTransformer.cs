using Platform.Sidecar.Api;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Invocation.Neighbours;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Sidecar.Invocation;

/// <summary>Writes the request to the app: the caller's headers, the app's own token, and who calls whom.</summary>
internal sealed class InvocationTransformer : HttpTransformer
{
    private static readonly UriCreationOptions AsItCame = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var call = httpContext.Features.Get<Invocation>()!;
        proxyRequest.RequestUri = new Uri(destinationPrefix + call.Target.PathAndQuery, AsItCame);
        var headers = proxyRequest.Headers;
        headers.Host = null;
        headers.Remove(ApiEdge.TokenHeader);
        headers.Remove(NeighbourForwarder.CallerHeader);
        foreach (var name in httpContext.Request.Headers.GetCommaSeparatedValues("Connection"))
            headers.Remove(name);
        if (call.Callee.Channel!.Token is { } token)
            headers.TryAddWithoutValidation(AppChannel.TokenHeader, token);
        Replace(headers, "dapr-caller-app-id", call.Caller);
        Replace(headers, "dapr-caller-namespace", call.CallerNamespace);
        Replace(headers, InvocationTarget.CalleeHeader, call.Callee.Id);
        AddForwarded(httpContext, headers);
    }

    // What a gateway in front said about the real client is left as it is.
    private static void AddForwarded(HttpContext context, System.Net.Http.Headers.HttpRequestHeaders headers)
    {
        if (context.ApiPort().IsGrpc || headers.Contains("X-Forwarded-For"))
            return;
        var host = context.Request.Host.Value;
        headers.TryAddWithoutValidation("X-Forwarded-For", "127.0.0.1");
        headers.TryAddWithoutValidation("X-Forwarded-Host", host);
        headers.TryAddWithoutValidation("Forwarded", $"for=127.0.0.1;by=127.0.0.1;host={host}");
    }

    private static void Replace(System.Net.Http.Headers.HttpRequestHeaders headers, string name, string value)
    {
        headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }
}
