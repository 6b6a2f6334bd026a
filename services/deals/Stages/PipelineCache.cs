using System.Collections.Concurrent;
using Platform.Caching;

namespace Platform.Deals.Stages;

/// <summary>
/// The pipelines of companies, in memory: for five minutes, and until PipelineChanged has arrived at one of the replicas. While the
/// pipelines service is away, what was known last goes on to hold.
/// </summary>
internal sealed class PipelineCache
{
    private const string Kind = "pipelines";
    private const int MaxTenants = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();
    private readonly ConcurrentDictionary<Guid, long> _changes = new();
    private readonly ReplicaSignal _signal;
    private readonly TimeProvider _time;

    public PipelineCache(ReplicaSignal signal, TimeProvider time)
    {
        (_signal, _time) = (signal, time);
        signal.On(Kind, Forget, ForgetAll);
    }

    /// <summary>What holds now; null where it has to be asked for.</summary>
    public Book? Find(Guid tenant) => _entries.TryGetValue(tenant, out var entry) && !entry.IsOld && _signal.MayUse(entry.ReadAt, Lifetime) ? entry.Book : null;

    /// <summary>What was known last.</summary>
    public Book? FindLast(Guid tenant) => _entries.GetValueOrDefault(tenant)?.Book;

    /// <summary>To be taken before asking: what changes meanwhile makes the answer old.</summary>
    public Question Ask(Guid tenant) => new(_time.GetTimestamp(), _changes.GetValueOrDefault(tenant));

    public Book Keep(Guid tenant, Question question, Book book)
    {
        if (_entries.Count >= MaxTenants)
            _entries.Clear();
        _entries[tenant] = new Entry(question.Time, book, IsOld: false);
        if (_changes.GetValueOrDefault(tenant) != question.Changes)
            Age(tenant);
        return book;
    }

    /// <summary>This replica asks anew.</summary>
    public void Forget(Guid tenant)
    {
        _changes.AddOrUpdate(tenant, 1, (_, known) => known + 1);
        Age(tenant);
    }

    /// <summary>Every replica asks anew.</summary>
    public Task SpreadAsync(Guid tenant, CancellationToken cancellationToken) => _signal.SendAsync(Kind, tenant, cancellationToken);

    private void ForgetAll()
    {
        foreach (var tenant in _entries.Keys)
            Forget(tenant);
    }

    private void Age(Guid tenant)
    {
        if (_entries.TryGetValue(tenant, out var entry))
            _entries.TryUpdate(tenant, entry with { IsOld = true }, entry);
    }

    /// <param name="Time">When it was asked.</param>
    /// <param name="Changes">How many changes were known of then.</param>
    public readonly record struct Question(long Time, long Changes);

    private sealed record Entry(long ReadAt, Book Book, bool IsOld);
}
