using System.Net;
using System.Net.Http.Headers;
using Platform.Sidecar.Api;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Sidecar.Invocation.Neighbours;

/// <summary>Passes a call on to the sidecar of the app that it is for, as one daprd does to another.</summary>
internal sealed class NeighbourForwarder(IHttpForwarder forwarder) : IDisposable
{
    /// <summary>Who calls, since the other sidecar sees only us.</summary>
    public const string CallerHeader = "dapr-neighbour-app-id";

    private static readonly ForwarderRequestConfig Http1 = InvocationMiddleware.Config(HttpVersion.Version11);
    private static readonly ForwarderRequestConfig Http2 = InvocationMiddleware.Config(HttpVersion.Version20);

    private readonly HttpMessageInvoker _client = new(AppChannel.CreateHandler());

    /// <summary>The failure; null when an answer was passed on.</summary>
    public async Task<Exception?> Forward(HttpContext context, Neighbour neighbour, InvocationTarget target)
    {
        var isGrpc = context.ApiPort().IsGrpc;
        var error = await forwarder.SendAsync(
            context, $"http://127.0.0.1:{(isGrpc ? neighbour.GrpcPort : neighbour.HttpPort)}", _client, isGrpc ? Http2 : Http1, new Transformer(neighbour, target, isGrpc));
        return error == ForwarderError.None ? null : context.GetForwarderErrorFeature()?.Exception ?? new HttpRequestException(error.ToString());
    }

    public void Dispose() => _client.Dispose();

    private sealed class Transformer(Neighbour neighbour, InvocationTarget target, bool isGrpc) : HttpTransformer
    {
        private static readonly UriCreationOptions AsItCame = new() { DangerousDisablePathAndQueryCanonicalization = true };

        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var path = isGrpc ? target.PathAndQuery : $"/v1.0/invoke/{Uri.EscapeDataString(neighbour.AppId)}/method{target.PathAndQuery}";
            proxyRequest.RequestUri = new Uri(destinationPrefix + path, AsItCame);
            var headers = proxyRequest.Headers;
            headers.Host = null;
            foreach (var name in httpContext.Request.Headers.GetCommaSeparatedValues("Connection"))
                headers.Remove(name);
            Set(headers, ApiEdge.TokenHeader, neighbour.Token);
            Set(headers, InvocationTarget.AppIdHeader, neighbour.AppId);
            Set(headers, CallerHeader, httpContext.App().Id);
        }

        private static void Set(HttpRequestHeaders headers, string name, string? value)
        {
            headers.Remove(name);
            if (value is not null)
                headers.TryAddWithoutValidation(name, value);
        }
    }
}
