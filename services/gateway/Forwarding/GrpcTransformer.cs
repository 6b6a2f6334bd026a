using System.Net.Http.Headers;
using Platform.Invocation;

namespace Platform.Gateway.Forwarding;

/// <summary>A gRPC call: the app is named in its metadata.</summary>
internal sealed class GrpcTransformer(SidecarAddress sidecar, string appId, string target) : SidecarTransformer(sidecar.Grpc, sidecar.ApiToken, target)
{
    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null or { IsSuccessStatusCode: true })
            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        await Failures.RespondAsync(httpContext, Failures.Unavailable);
        return false;
    }

    protected override void AddHeaders(HttpContext context, HttpRequestHeaders headers) => headers.TryAddWithoutValidation("dapr-app-id", appId);
}
