using System.Net.Http.Headers;
using Platform.Invocation;

namespace Platform.Gateway.Forwarding;

/// <summary>A gRPC call: the app is named in its metadata.</summary>
internal sealed class GrpcTransformer(SidecarAddress sidecar, string appId, string target) : SidecarTransformer(sidecar.Grpc, sidecar.ApiToken, target)
{
    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null || (proxyResponse.IsSuccessStatusCode && !IsSidecarFailure(proxyResponse.Headers)))
            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        await Failures.RespondAsync(httpContext, Failures.Unavailable);
        return false;
    }

    protected override void AddHeaders(HttpContext context, HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("dapr-app-id", appId);
        headers.TryAddWithoutValidation("X-Forwarded-For", context.Connection.RemoteIpAddress?.ToString());
    }

    // The sidecar says that it did not reach the app with any of several statuses, and always in these words.
    private bool IsSidecarFailure(HttpResponseHeaders headers) =>
        headers.TryGetValues("grpc-message", out var messages)
        && Uri.UnescapeDataString(messages.First()).StartsWith($"failed to invoke, id: {appId}, err:", StringComparison.Ordinal);
}
