using Grpc.Core;
using Platform.Sidecar.Errors;

namespace Platform.Sidecar.Locks;

/// <summary>The failures of the lock API, in daprd's codes and words.</summary>
internal static class LockErrors
{
    public static readonly DaprError NotConfigured = new(
        500, StatusCode.FailedPrecondition, "ERR_LOCK_STORE_NOT_CONFIGURED", "lock store is not configured");

    public static DaprError NotFound(string store) => new(
        400, StatusCode.InvalidArgument, "ERR_LOCK_STORE_NOT_FOUND", $"lock store {store} not found");

    public static DaprError NoResource(string store) => Malformed($"ResourceId is empty in lock store {store}");

    public static DaprError NoOwner(string store) => Malformed($"LockOwner is empty in lock store {store}");

    public static DaprError NoExpiry(string store) => Malformed($"ExpiryInSeconds is not positive in lock store {store}");

    public static DaprError BadBody(string reason) => Malformed($"failed deserializing HTTP body: {reason}");

    public static DaprError TryFailed(string reason) => new(500, StatusCode.Internal, "ERR_TRY_LOCK", $"failed to try acquiring lock: {reason}");

    public static DaprError UnlockFailed(string reason) => new(500, StatusCode.Internal, "ERR_UNLOCK", $"failed to release lock: {reason}");

    private static DaprError Malformed(string message) => new(400, StatusCode.InvalidArgument, "ERR_MALFORMED_REQUEST", message);
}
