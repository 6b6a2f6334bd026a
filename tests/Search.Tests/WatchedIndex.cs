using System.Collections.Concurrent;
using Platform.Search.Index;
using Platform.Tenancy;

namespace Search.Tests;

/// <summary>The index as it is. Where a test watches a company, it counts what is written at once, holds the first write and lets writes fail.</summary>
internal sealed class WatchedIndex(PostgresIndex index, SearchFixture search, Caller caller) : ISearchIndex
{
    public async Task WriteAsync(IReadOnlyCollection<IndexedRecord> records, CancellationToken cancellationToken)
    {
        if (search.Writes.TryGetValue(caller.RequiredTenantId, out var watch))
            await watch.BeginAsync(records.Count, cancellationToken);
        await index.WriteAsync(records, cancellationToken);
    }

    public Task<IReadOnlyList<Candidate>> FindAsync(IndexQuery query, CancellationToken cancellationToken) => index.FindAsync(query, cancellationToken);

    public Task<IReadOnlyList<string>> CloseWordsAsync(string typed, CancellationToken cancellationToken) => index.CloseWordsAsync(typed, cancellationToken);
}

/// <summary>The writes of one company.</summary>
internal sealed class WriteWatch
{
    /// <summary>How many records each of them has.</summary>
    public ConcurrentQueue<int> Sizes { get; } = new();

    /// <summary>The first one is under way.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>They wait for it.</summary>
    public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What those of several records fail by.</summary>
    public Exception? Failure { get; set; }

    public async Task BeginAsync(int size, CancellationToken cancellationToken)
    {
        Sizes.Enqueue(size);
        Begun.TrySetResult();
        await Go.Task.WaitAsync(cancellationToken);
        if (size > 1 && Failure is { } failure)
            throw failure;
    }
}
