using Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;
using Platform.Sidecar.Apps;

namespace Platform.Sidecar.Jobs;

/// <summary>Asks an app that speaks gRPC to take a job, under the stable name and then under the one that older apps serve.</summary>
internal static class JobCallbacks
{
    private static readonly Method<JobEventRequest, JobEventResponse> OnJobEvent = Method("dapr.proto.runtime.v1.AppCallback", "OnJobEvent");
    private static readonly Method<JobEventRequest, JobEventResponse> OnJobEventAlpha1 =
        Method("dapr.proto.runtime.v1.AppCallbackAlpha", "OnJobEventAlpha1");

    public static async Task JobEvent(this AppChannel channel, JobEventRequest request, CancellationToken cancellationToken)
    {
        var metadata = channel.Token is { } token ? new Metadata { { AppChannel.TokenHeader, token } } : [];
        var options = new CallOptions(metadata, cancellationToken: cancellationToken);
        try
        {
            await channel.Grpc.AsyncUnaryCall(OnJobEvent, null, options, request);
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unimplemented)
        {
            await channel.Grpc.AsyncUnaryCall(OnJobEventAlpha1, null, options, request);
        }
    }

    private static Method<JobEventRequest, JobEventResponse> Method(string service, string name) => new(
        MethodType.Unary, service, name,
        Marshallers.Create(request => request.ToByteArray(), JobEventRequest.Parser.ParseFrom),
        Marshallers.Create(response => response.ToByteArray(), JobEventResponse.Parser.ParseFrom));
}
