using Dapr.Client.Autogen.Grpc.v1;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resiliency;

namespace Platform.Sidecar.Locks;

/// <summary>What the lock API does, for both protocols.</summary>
internal static class LockRequests
{
    public static async Task<TryLockResponse> TryLock(SidecarApp app, TryLockRequest request, CancellationToken cancellationToken)
    {
        if (request.ExpiryInSeconds <= 0)
            throw LockErrors.NoExpiry(request.StoreName).AsException();
        var store = AppLockStore.Of(app, request.StoreName, request.ResourceId, request.LockOwner);
        var isLocked = await Guard(LockErrors.TryFailed, () => Policy(app, request.StoreName).Run(
            token => store.Store.TryLock(store.Key(request.ResourceId), request.LockOwner, TimeSpan.FromSeconds(request.ExpiryInSeconds), token), cancellationToken));
        return new TryLockResponse { Success = isLocked };
    }

    public static async Task<UnlockResponse> Unlock(SidecarApp app, UnlockRequest request, CancellationToken cancellationToken)
    {
        var store = AppLockStore.Of(app, request.StoreName, request.ResourceId, request.LockOwner);
        var outcome = await Guard(LockErrors.UnlockFailed, () => Policy(app, request.StoreName).Run(
            token => store.Store.Unlock(store.Key(request.ResourceId), request.LockOwner, token), cancellationToken));
        return new UnlockResponse { Status = (UnlockResponse.Types.Status)outcome };
    }

    private static Policy Policy(SidecarApp app, string store) => app.Resiliency.Outbound(ComponentKind.Lock, store);

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
