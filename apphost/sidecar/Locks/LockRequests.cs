using Dapr.Client.Autogen.Grpc.v1;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Locks;

/// <summary>What the lock API does, for both protocols.</summary>
internal static class LockRequests
{
    public static async Task<TryLockResponse> TryLock(SidecarApp app, TryLockRequest request, CancellationToken cancellationToken)
    {
        if (request.ExpiryInSeconds <= 0)
            throw LockErrors.NoExpiry(request.StoreName).AsException();
        var store = AppLockStore.Of(app, request.StoreName, request.ResourceId, request.LockOwner);
        var isLocked = await Guard(LockErrors.TryFailed, () => store.Store.TryLock(
            store.Key(request.ResourceId), request.LockOwner, TimeSpan.FromSeconds(request.ExpiryInSeconds), cancellationToken));
        return new TryLockResponse { Success = isLocked };
    }

    public static async Task<UnlockResponse> Unlock(SidecarApp app, UnlockRequest request, CancellationToken cancellationToken)
    {
        var store = AppLockStore.Of(app, request.StoreName, request.ResourceId, request.LockOwner);
        var outcome = await Guard(LockErrors.UnlockFailed, () => store.Store.Unlock(store.Key(request.ResourceId), request.LockOwner, cancellationToken));
        return new UnlockResponse { Status = (UnlockResponse.Types.Status)outcome };
    }

    private static async Task<T> Guard<T>(Func<string, DaprError> failed, Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (Exception error) when (error is not (DaprException or OperationCanceledException))
        {
            throw failed(error.Message).AsException(error);
        }
    }
}
