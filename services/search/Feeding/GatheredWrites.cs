using Platform.Data;
using Platform.Search.Index;
using Platform.Tenancy;

namespace Platform.Search.Feeding;

/// <summary>
/// Writes of a company that come while one is under way are gathered, and then written together in one transaction: a transaction costs
/// more than the rows in it, and an import tells of very many. A write has succeeded when its batch is committed. What the database
/// refuses for good fails alone: the batch is then written one by one. While the database is away, all of them fail, and come again.
/// </summary>
internal sealed class GatheredWrites(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime)
{
    /// <summary>How many writes are gathered at most.</summary>
    public const int Most = 200;

    private readonly Lock _lock = new();

    // Companies with a write under way, each with what waits behind it.
    private readonly Dictionary<Guid, Queue<Write>> _waiting = [];

    /// <summary>Keeps records in the index of the company; done when they are there.</summary>
    /// <param name="tenant">The company.</param>
    /// <param name="records">The records; of one that is among gathered ones more than once, the latest counts.</param>
    /// <param name="cancellationToken">Ends the waiting; the write may be done all the same.</param>
    public Task WriteAsync(Guid tenant, IReadOnlyCollection<IndexedRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
            return Task.CompletedTask;
        var write = new Write(records);
        if (Add(tenant, write))
            _ = Task.Run(() => WriteAllAsync(tenant), CancellationToken.None);
        return write.Done.Task.WaitAsync(cancellationToken);
    }

    // Whether nothing of the company was under way, so that somebody has to begin.
    private bool Add(Guid tenant, Write write)
    {
        lock (_lock)
        {
            var isFirst = !_waiting.TryGetValue(tenant, out var waiting);
            waiting ??= _waiting[tenant] = new Queue<Write>();
            waiting.Enqueue(write);
            return isFirst;
        }
    }

    private async Task WriteAllAsync(Guid tenant)
    {
        while (Take(tenant) is { Count: > 0 } batch)
            await WriteAsync(tenant, batch);
    }

    private List<Write> Take(Guid tenant)
    {
        lock (_lock)
        {
            var (waiting, batch) = (_waiting[tenant], new List<Write>());
            while (batch.Count < Most && waiting.TryDequeue(out var write))
                batch.Add(write);
            if (batch.Count == 0)
                _waiting.Remove(tenant);
            return batch;
        }
    }

    private async Task WriteAsync(Guid tenant, List<Write> batch)
    {
        var failure = await TryWriteAsync(tenant, batch);
        if (failure is not null && batch.Count > 1 && !Outages.IsOutage(failure))
        {
            foreach (var write in batch)
                await WriteAsync(tenant, [write]);
            return;
        }

        foreach (var write in batch)
            write.End(failure);
    }

    // Of none of the events that wait: a scope of its own, and no one's cancellation but the end of the process.
    private async Task<Exception?> TryWriteAsync(Guid tenant, List<Write> batch)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "search-feed");
            await scope.ServiceProvider.GetRequiredService<ISearchIndex>().WriteAsync([.. batch.SelectMany(write => write.Records)], lifetime.ApplicationStopped);
            return null;
        }
        catch (Exception failure)
        {
            // Whoever waits fails by it.
            return failure;
        }
    }

    private sealed record Write(IReadOnlyCollection<IndexedRecord> Records)
    {
        // Who waits goes on elsewhere: the next batch does not wait for them.
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End(Exception? failure)
        {
            if (failure is null)
                Done.SetResult();
            else
                Done.SetException(failure);
        }
    }
}
