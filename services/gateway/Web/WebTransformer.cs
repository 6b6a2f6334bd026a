using System.Collections.Frozen;
using Platform.Gateway.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Gateway.Web;

/// <summary>
/// Writes the request to the server of the pages: the address as it came, and the cookies, by which that server asks the gateway
/// for what the page shows. What only the gateway or that server itself may say is taken out.
/// </summary>
internal sealed class WebTransformer : HttpTransformer
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private static readonly FrozenSet<string> Dropped = new[]
    {
        "Authorization", "Forwarded", "Via", "X-Real-IP", "X-Nonce", "Content-Security-Policy", "X-HTTP-Method-Override", "Accept-Encoding", "Proxy", "traceparent", "tracestate",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] DroppedPrefixes = ["x-forwarded-", "x-original-", "x-middleware-", "x-invoke-", "x-matched-"];

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = new Uri(destinationPrefix + RawTarget.Of(httpContext), AsItIs);
        var headers = proxyRequest.Headers;
        headers.Host = null;
        foreach (var name in httpContext.Request.Headers.Keys.Where(IsDropped))
            headers.Remove(name);
        headers.TryAddWithoutValidation("X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
        headers.TryAddWithoutValidation("X-Forwarded-Proto", httpContext.Request.Scheme);
        headers.TryAddWithoutValidation("X-Forwarded-Host", httpContext.Request.Host.Value);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (!await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken))
            return false;
        // What made the page is nobody's business.
        httpContext.Response.Headers.Remove("Server");
        httpContext.Response.Headers.Remove("X-Powered-By");
        return true;
    }

    private static bool IsDropped(string name) =>
        Dropped.Contains(name) || DroppedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
