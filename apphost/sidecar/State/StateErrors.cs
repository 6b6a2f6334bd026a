using Grpc.Core;
using Platform.Sidecar.Errors;

namespace Platform.Sidecar.State;

/// <summary>The failures of the state API, in daprd's codes and words.</summary>
internal static class StateErrors
{
    public static DaprError NotConfigured(string store) => new(
        500, StatusCode.FailedPrecondition, "ERR_STATE_STORE_NOT_CONFIGURED", $"state store {store} is not configured", "DAPR_STATE_NOT_CONFIGURED")
    {
        Resource = ("state", store),
    };

    public static DaprError NotFound(string store) => new(
        400, StatusCode.InvalidArgument, "ERR_STATE_STORE_NOT_FOUND", $"state store {store} is not found", "DAPR_STATE_NOT_FOUND")
    {
        Resource = ("state", store),
    };

    public static DaprError IllegalKey(string store, string key) => new(
        400, StatusCode.InvalidArgument, "ERR_MALFORMED_REQUEST", $"input key/keyPrefix '{key}' can't contain '||'", "DAPR_STATE_ILLEGAL_KEY")
    {
        Resource = ("state", store),
        Field = key,
    };

    public static DaprError Malformed(string reason) => new(
        400, StatusCode.InvalidArgument, "ERR_MALFORMED_REQUEST", $"failed deserializing HTTP body: {reason}");

    public static DaprError UnknownOperation(string operation) => new(
        500, StatusCode.Unimplemented, "ERR_NOT_SUPPORTED_STATE_OPERATION", $"operation type {operation} not supported");

    public static DaprError NoQueries(string store) => new(
        500, StatusCode.Internal, "ERR_STATE_STORE_NOT_SUPPORTED", "state store does not support querying", "DAPR_STATE_QUERYING_NOT_SUPPORTED")
    {
        Resource = ("state", store),
    };

    public static DaprError Failed(StateCall call, string store, string? key, Exception cause) => cause switch
    {
        StateConflictException { IsETagMismatch: true } conflict => new(
            409, StatusCode.Aborted, Code(call), $"{Prefix(call, store, key)}: possible etag mismatch. error from state store: {conflict.Message}"),
        InvalidETagException => new(400, StatusCode.InvalidArgument, Code(call), $"{Prefix(call, store, key)}: {cause.Message}"),
        _ => new(500, StatusCode.Internal, Code(call), $"{Prefix(call, store, key)}: {cause.Message}"),
    };

    private static string Code(StateCall call) => call switch
    {
        StateCall.Get => "ERR_STATE_GET",
        StateCall.BulkGet => "ERR_STATE_BULK_GET",
        StateCall.Save => "ERR_STATE_SAVE",
        StateCall.Delete => "ERR_STATE_DELETE",
        _ => "ERR_STATE_TRANSACTION",
    };

    private static string Prefix(StateCall call, string store, string? key) => call switch
    {
        StateCall.Get => $"fail to get {key} from state store {store}",
        StateCall.BulkGet => $"failed to get keys from state store {store}",
        StateCall.Save => $"failed saving state in state store {store}",
        StateCall.Delete => $"failed deleting state with key {key}",
        _ => "error while executing state transaction",
    };
}

internal enum StateCall
{
    Get,
    BulkGet,
    Save,
    Delete,
    Transaction,
}
