using System.Collections.Concurrent;

namespace Platform.LocalHost.Running;

/// <summary>The present state of all resources; tells everybody who listens of each change.</summary>
internal sealed class StateBoard
{
    private readonly ConcurrentDictionary<string, ResourceSnapshot> _states = new(StringComparer.OrdinalIgnoreCase);
    private TaskCompletionSource _changed = NewSignal();

    public event Action<ResourceSnapshot, ResourceSnapshot?>? Changed;

    public IReadOnlyCollection<ResourceSnapshot> All => [.. _states.Values];

    public ResourceSnapshot this[string name] => _states[name];

    /// <summary>Null before the first state.</summary>
    public ResourceSnapshot? Find(string name) => _states.GetValueOrDefault(name);

    /// <summary>False when nothing has changed.</summary>
    public bool Set(ResourceSnapshot snapshot)
    {
        _states.TryGetValue(snapshot.Name, out var before);
        if (snapshot == before)
            return false;
        _states[snapshot.Name] = snapshot;
        Changed?.Invoke(snapshot, before);
        Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
        return true;
    }

    /// <summary>Completes when the condition holds for a resource; checked at each change.</summary>
    public async Task<ResourceSnapshot> WhenAsync(string name, Func<ResourceSnapshot, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _changed.Task;
            if (condition(this[name]))
                return this[name];
            await changed.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
