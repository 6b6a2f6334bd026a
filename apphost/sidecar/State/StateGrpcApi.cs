using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.State;

/// <summary>The state RPCs.</summary>
internal sealed class StateGrpcApi : DaprApi
{
    public async Task<GetStateResponse> GetState(GetStateRequest request, ServerCallContext context)
    {
        var found = await StateRequests.Get(context.App(), request.StoreName, request.Key, context.CancellationToken);
        if (found is not { } entry)
            return new GetStateResponse();
        var response = new GetStateResponse { Data = Bytes(entry.Value), Etag = entry.ETag };
        response.Metadata.Add(StateRequests.ResponseMetadata(entry).ToDictionary());
        return response;
    }

    public async Task<GetBulkStateResponse> GetBulkState(GetBulkStateRequest request, ServerCallContext context)
    {
        var entries = await StateRequests.GetMany(context.App(), request.StoreName, request.Keys, StateCall.BulkGet, context.CancellationToken);
        return new GetBulkStateResponse { Items = { request.Keys.Select(key => Item(key, entries)) } };
    }

    public async Task<Empty> SaveState(SaveStateRequest request, ServerCallContext context)
    {
        await StateRequests.Change(context.App(), request.StoreName, request.States.Select(Upsert), StateCall.Save, context.CancellationToken);
        return new Empty();
    }

    public async Task<Empty> DeleteState(DeleteStateRequest request, ServerCallContext context)
    {
        var item = new StateItemRequest(request.Key, null, request.Etag?.Value, Concurrency(request.Options), request.Metadata);
        await StateRequests.Change(context.App(), request.StoreName, [item], StateCall.Delete, context.CancellationToken);
        return new Empty();
    }

    public async Task<Empty> DeleteBulkState(DeleteBulkStateRequest request, ServerCallContext context)
    {
        await StateRequests.Change(context.App(), request.StoreName, request.States.Select(Delete), StateCall.Delete, context.CancellationToken);
        return new Empty();
    }

    public async Task<Empty> ExecuteStateTransaction(ExecuteStateTransactionRequest request, ServerCallContext context)
    {
        var items = request.Operations.Select(operation => operation.OperationType switch
        {
            "upsert" => Upsert(operation.Request),
            "delete" => Delete(operation.Request),
            var other => throw StateErrors.UnknownOperation(other).AsException(),
        }).Select(item => item with { Metadata = Merge(request.Metadata, item.Metadata) });
        await StateRequests.Change(context.App(), request.StoreName, items, StateCall.Transaction, context.CancellationToken);
        return new Empty();
    }

    public Task<QueryStateResponse> QueryStateAlpha1(QueryStateRequest request, ServerCallContext context) =>
        throw StateErrors.NoQueries(AppStateStore.Of(context.App(), request.StoreName).Name).AsException();

    public static StateItemRequest Upsert(StateItem item) =>
        new(item.Key, item.Value.Memory, item.Etag?.Value, Concurrency(item.Options), item.Metadata);

    private static StateItemRequest Delete(StateItem item) => new(item.Key, null, item.Etag?.Value, Concurrency(item.Options), item.Metadata);

    private static StateConcurrency Concurrency(StateOptions? options) => options?.Concurrency switch
    {
        StateOptions.Types.StateConcurrency.ConcurrencyFirstWrite => StateConcurrency.FirstWrite,
        StateOptions.Types.StateConcurrency.ConcurrencyLastWrite => StateConcurrency.LastWrite,
        _ => StateConcurrency.Unspecified,
    };

    private static BulkStateItem Item(string key, IReadOnlyDictionary<string, StateEntry> entries)
    {
        var item = new BulkStateItem { Key = key };
        if (!entries.TryGetValue(key, out var entry))
            return item;
        (item.Data, item.Etag) = (Bytes(entry.Value), entry.ETag);
        item.Metadata.Add(StateRequests.ResponseMetadata(entry).ToDictionary());
        return item;
    }

    // The store made the array for this answer alone.
    private static ByteString Bytes(ReadOnlyMemory<byte> value) => UnsafeByteOperations.UnsafeWrap(value);

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> all, IReadOnlyDictionary<string, string> one)
    {
        var merged = all.ToDictionary();
        foreach (var (name, value) in one)
            merged[name] = value;
        return merged;
    }
}
