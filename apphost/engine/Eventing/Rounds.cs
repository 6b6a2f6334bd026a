using Aspire.Hosting.ApplicationModel;

namespace Platform.LocalHost.Lifecycle;

/// <summary>
/// What is done once for all replicas of a resource: the first begins a round, and the others wait for the same work. A replica that comes
/// again, because it was started again, begins the next.
/// </summary>
internal sealed class Rounds
{
    private readonly Lock _joining = new();
    private readonly Dictionary<IResource, (HashSet<string> Replicas, Task Work)> _rounds = [];

    /// <summary>Completes when the work of the round is done. Work that was broken off with the replica that began it is begun anew.</summary>
    /// <exception cref="OperationCanceledException">Who waits has given up.</exception>
    public async Task JoinAsync(IResource resource, string replica, Func<Task> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (round, isOwn) = Join(resource, replica, work);
            await round.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (round.IsCanceled && !isOwn)
                continue;
            await round;
            return;
        }
    }

    private (Task Work, bool IsOwn) Join(IResource resource, string replica, Func<Task> work)
    {
        lock (_joining)
        {
            var goesOn = _rounds.TryGetValue(resource, out var round) && !round.Work.IsFaulted && !round.Work.IsCanceled && round.Replicas.Add(replica);
            if (!goesOn)
                _rounds[resource] = round = ([replica], Task.Run(work));
            return (round.Work, !goesOn);
        }
    }
}
