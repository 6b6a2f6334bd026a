using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Apps;

/// <summary>Asks an app how it is, over HTTP or through <c>AppCallbackHealthCheck</c>.</summary>
internal sealed class AppHealthCheck
{
    private static readonly Method<Empty, Empty> HealthCheck = new(
        MethodType.Unary, "dapr.proto.runtime.v1.AppCallbackHealthCheck", "HealthCheck", EmptyMarshaller(), EmptyMarshaller());

    public async Task WaitUntilUnhealthy(AppHealthOptions options, AppChannel channel, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Interval);
        for (var failures = 0; failures < options.Threshold && await timer.WaitForNextTickAsync(cancellationToken);)
            failures = await IsHealthy(options, channel, cancellationToken) ? 0 : failures + 1;
    }

    public async Task<bool> IsHealthy(AppHealthOptions options, AppChannel channel, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            return channel.Protocol == AppProtocol.Grpc ? await AskGrpc(channel, limit.Token) : await AskHttp(options, channel, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<bool> AskHttp(AppHealthOptions options, AppChannel channel, CancellationToken cancellationToken)
    {
        using var request = channel.Request(HttpMethod.Get, options.Path);
        using var response = await channel.Client.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    private static async Task<bool> AskGrpc(AppChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            var headers = channel.Token is { } token ? new Metadata { { AppChannel.TokenHeader, token } } : [];
            await channel.Grpc.AsyncUnaryCall(HealthCheck, null, new CallOptions(headers, cancellationToken: cancellationToken), new Empty());
            return true;
        }
        catch (RpcException error)
        {
            return error.StatusCode == StatusCode.Unimplemented;
        }
    }

    private static Marshaller<Empty> EmptyMarshaller() => Marshallers.Create(_ => Array.Empty<byte>(), _ => new Empty());
}
