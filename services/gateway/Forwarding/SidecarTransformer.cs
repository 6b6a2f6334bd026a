using System.Collections.Frozen;
using System.Net.Http.Headers;
using Platform.Access;
using Platform.Invocation;
using Platform.Tenancy;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Gateway.Forwarding;

/// <summary>Writes the request to the sidecar. The token goes on unchanged; nothing that the sidecar or a service takes for its own word does.</summary>
internal abstract class SidecarTransformer(Uri sidecar, string? apiToken, string pathAndQuery) : HttpTransformer
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    // The trace goes on with our own span as its parent; who the client is, we say.
    private static readonly FrozenSet<string> Dropped = new[]
    {
        "Cookie", "Forwarded", "Via", Caller.OnBehalfOfHeader, "X-Real-IP", "X-HTTP-Method-Override", "Accept-Encoding", "Proxy", "traceparent", "tracestate", "grpc-trace-bin",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] DroppedPrefixes = ["dapr-", "x-forwarded-", "x-original-", "x-dapr"];

    public string Destination { get; } = sidecar.GetLeftPart(UriPartial.Authority);

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = new Uri(destinationPrefix + pathAndQuery, AsItIs);
        var headers = proxyRequest.Headers;
        headers.Host = null;
        foreach (var name in httpContext.Request.Headers.Keys.Where(IsDropped))
            headers.Remove(name);
        // Only a service account or a support person may name the tenant that it works for; the services check that again.
        if (!TokenClaims.IsServiceAccount(httpContext.User) && !TokenClaims.IsSupport(httpContext.User))
            headers.Remove(Caller.TenantHeader);
        if (apiToken is not null)
            headers.TryAddWithoutValidation(SidecarAddress.TokenHeader, apiToken);
        AddHeaders(httpContext, headers);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (!await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken))
            return false;
        var headers = httpContext.Response.Headers;
        headers.Remove("Server");
        foreach (var name in headers.Keys.Where(IsDropped).ToList())
            headers.Remove(name);
        return true;
    }

    protected abstract void AddHeaders(HttpContext context, HttpRequestHeaders headers);

    private static bool IsDropped(string name) =>
        Dropped.Contains(name) || DroppedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
