using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Locks;

/// <summary>A lock store below the API: resources are complete (prefix included).</summary>
internal interface ILockStore : IComponent
{
    /// <returns>False when somebody holds the lock, the same owner included.</returns>
    Task<bool> TryLock(string resource, string owner, TimeSpan expiry, CancellationToken cancellationToken);

    Task<UnlockOutcome> Unlock(string resource, string owner, CancellationToken cancellationToken);
}

/// <summary>How an unlock ended; the numbers are the API's.</summary>
internal enum UnlockOutcome
{
    Success = 0,
    LockDoesNotExist = 1,
    LockBelongsToOthers = 2,
}
