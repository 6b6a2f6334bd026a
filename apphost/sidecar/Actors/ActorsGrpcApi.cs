using System.Text.Json;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.State;

namespace Platform.Sidecar.Actors;

/// <summary>The RPCs for calling actors and for their state.</summary>
internal sealed class ActorsGrpcApi(ActorRouter router, ActorState state) : DaprApi
{
    public async Task<InvokeActorResponse> InvokeActor(InvokeActorRequest request, ServerCallContext context)
    {
        var actor = new ActorAddress(request.ActorType, request.ActorId);
        if (ActorMethods.Fault(actor, request.Method) is { } fault)
            throw new RpcException(new Status(StatusCode.InvalidArgument, fault));
        var metadata = new Dictionary<string, string>(request.Metadata, StringComparer.OrdinalIgnoreCase);
        var call = new ActorRequest(request.Data.Memory, metadata.GetValueOrDefault("content-type"))
        {
            Headers = [.. metadata.Where(pair => ActorCallbacks.IsForwarded(pair.Key))],
        };
        var reentrancyId = metadata.GetValueOrDefault(ActorCallbacks.ReentrancyHeader);
        var reply = await router.Invoke(actor, request.Method, call, reentrancyId, context.CancellationToken);
        return new InvokeActorResponse { Data = UnsafeByteOperations.UnsafeWrap(reply.Body) };
    }

    public async Task<GetActorStateResponse> GetActorState(GetActorStateRequest request, ServerCallContext context)
    {
        var found = await ActorState.Get(context.App(), new ActorAddress(request.ActorType, request.ActorId), request.Key, context.CancellationToken);
        if (found is not { } entry)
            return new GetActorStateResponse();
        var response = new GetActorStateResponse { Data = UnsafeByteOperations.UnsafeWrap(entry.Value) };
        response.Metadata.Add(StateRequests.ResponseMetadata(entry).ToDictionary());
        return response;
    }

    public async Task<Empty> ExecuteActorStateTransaction(ExecuteActorStateTransactionRequest request, ServerCallContext context)
    {
        ActorStateOperation[] operations = [.. request.Operations.Select(operation => operation.OperationType switch
        {
            "upsert" => new ActorStateOperation(operation.Key, operation.Value?.Value.Memory ?? ReadOnlyMemory<byte>.Empty, operation.Metadata),
            "delete" => new ActorStateOperation(operation.Key, null, operation.Metadata),
            var other => throw ActorErrors.UnknownOperation(other).AsException(),
        })];
        await state.Transact(context.App(), new ActorAddress(request.ActorType, request.ActorId), operations, context.CancellationToken);
        return new Empty();
    }

    /// <summary>Bytes that come by gRPC are kept as their JSON: a text in base64.</summary>
    public static ReadOnlyMemory<byte>? ToJson(ByteString data) =>
        data.IsEmpty ? default(ReadOnlyMemory<byte>?) : JsonSerializer.SerializeToUtf8Bytes(Convert.ToBase64String(data.Span));

    /// <summary>The JSON that is kept, as the answers carry it.</summary>
    public static Any? ToAny(ReadOnlyMemory<byte>? json) =>
        json is { } raw ? Any.Pack(new BytesValue { Value = ByteString.CopyFrom(raw.Span) }) : null;
}
