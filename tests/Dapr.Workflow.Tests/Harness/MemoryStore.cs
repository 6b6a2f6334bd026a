using Platform.Sidecar.State;

namespace Dapr.Workflow.Tests.Harness;

/// <summary>The rows that a sequence of writes leaves.</summary>
internal sealed class MemoryStore : IStateStore
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _rows = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Capabilities => [];

    public int Count => _rows.Count;

    public Task Start(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<StateEntry>> Get(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StateEntry>>([.. keys.Where(_rows.ContainsKey).Select(key => new StateEntry(key, _rows[key], "", null))]);

    public Task Transact(IReadOnlyList<StateChange> changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            if (change.Value is { } value)
                _rows[change.Key] = value;
            else
                _rows.Remove(change.Key);
        }

        return Task.CompletedTask;
    }

    public Task<int> DeleteWithPrefix(string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<KeyPage> KeysLike(string pattern, string? after, int pageSize, CancellationToken cancellationToken) => throw new NotSupportedException();
}
