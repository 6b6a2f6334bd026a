namespace Platform.Sidecar.Actors;

/// <summary>The right to call an actor now, until it is disposed of.</summary>
/// <param name="reentrancyId">What calls that come of this one carry; null where the actor is not reentrant.</param>
/// <param name="leave">Gives it back.</param>
/// <param name="aborted">Cancelled when the actor has to go and the call took too long.</param>
internal sealed class Turn(string? reentrancyId, Action leave, CancellationToken aborted) : IDisposable
{
    private Action? _leave = leave;

    public string? ReentrancyId { get; } = reentrancyId;
    public CancellationToken Aborted { get; } = aborted;

    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
}
