using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Status = Google.Rpc.Status;

namespace Platform.Sidecar.Errors;

/// <summary>Turns a <see cref="DaprException"/> into a gRPC status with Dapr's rich details.</summary>
internal sealed partial class GrpcErrors(ILogger<GrpcErrors> logger) : Interceptor
{
    public const string DetailsTrailer = "grpc-status-details-bin";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (DaprException exception)
        {
            throw Convert(exception.Error);
        }
        catch (Exception exception) when (IsUnexpected(exception, context))
        {
            throw Unexpected(exception, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (DaprException exception)
        {
            throw Convert(exception.Error);
        }
        catch (Exception exception) when (IsUnexpected(exception, context))
        {
            throw Unexpected(exception, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (DaprException exception)
        {
            throw Convert(exception.Error);
        }
        catch (Exception exception) when (IsUnexpected(exception, context))
        {
            throw Unexpected(exception, context);
        }
    }

    private static bool IsUnexpected(Exception exception, ServerCallContext context) =>
        exception is not RpcException && !context.CancellationToken.IsCancellationRequested;

    private RpcException Unexpected(Exception exception, ServerCallContext context)
    {
        Log.Failed(logger, exception, context.Method);
        return new RpcException(new global::Grpc.Core.Status(StatusCode.Internal, "an unexpected error occurred"));
    }

    private static RpcException Convert(DaprError error)
    {
        var trailers = new Metadata();
        if (error.Reason is not null)
            trailers.Add(DetailsTrailer, Google.Protobuf.MessageExtensions.ToByteArray(Details(error)));
        return new RpcException(new global::Grpc.Core.Status(error.Grpc, error.Message), trailers);
    }

    private static Status Details(DaprError error)
    {
        var info = new ErrorInfo { Domain = "dapr.io", Reason = error.Reason };
        info.Metadata.Add(error.Metadata.ToDictionary());
        var status = new Status { Code = (int)error.Grpc, Message = error.Message, Details = { Any.Pack(info) } };
        if (error.Resource is { } resource)
            status.Details.Add(Any.Pack(new ResourceInfo { ResourceType = resource.Type, ResourceName = resource.Name }));
        if (error.Field is { } field)
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = error.Message } } }));
        return status;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A call of {Method} failed")]
        public static partial void Failed(ILogger logger, Exception error, string method);
    }
}
