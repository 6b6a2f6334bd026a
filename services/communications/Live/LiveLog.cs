using System.Threading.Channels;
using Google.Protobuf;
using Platform.Caching;
using Platform.Tenancy;
using Platform.Communications.V1;

namespace Platform.Communications.Live;

/// <summary>
/// Keeps what has changed and tells it to every replica. What comes while a company's batch is written goes into the next one, so that an
/// import costs a transaction for many events; of very many records of a kind, only the kind is told.
/// </summary>
internal sealed class LiveLog(IServiceScopeFactory scopes, ReplicaSignal signal, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>How many changes one signal has room for.</summary>
    public const int MostInBatch = 20;

    private const int MostGathered = 500;

    private readonly Lock _lock = new();

    // Companies with a write under way, each with what waits behind it.
    private readonly Dictionary<Guid, Channel<Told>> _waiting = [];

    /// <summary>Done when the changes are kept and told. What fails comes again with its event.</summary>
    public Task TellAsync(Guid tenant, IReadOnlyCollection<Change> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
            return Task.CompletedTask;
        var told = new Told(changes);
        lock (_lock)
        {
            var isFirst = !_waiting.TryGetValue(tenant, out var waiting);
            waiting ??= _waiting[tenant] = Channel.CreateUnbounded<Told>();
            waiting.Writer.TryWrite(told);
            if (isFirst)
                _ = Task.Run(() => WriteAllAsync(tenant, waiting), CancellationToken.None);
        }

        return told.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Of several changes of one record the last counts; a kind with more than fit is named without its records.</summary>
    internal static IReadOnlyList<Change> Condense(IEnumerable<Change> changes) =>
        [.. changes.GroupBy(change => (change.Resource, change.Id, change.UserId, IsTimeline: change.Kind == ChangeKind.Timeline)).Select(same => same.Last())
            .GroupBy(change => change.Resource).SelectMany(kind => kind.Count() <= MostInBatch ? kind : kind.TakeLast(1).Select(Unnamed))];

    private static Change Unnamed(Change last) => new() { Resource = last.Resource, Kind = ChangeKind.Updated, Time = last.Time };

    private async Task WriteAllAsync(Guid tenant, Channel<Told> waiting)
    {
        while (Take(tenant, waiting) is { Count: > 0 } gathered)
        {
            try
            {
                await WriteAsync(tenant, Condense(gathered.SelectMany(told => told.Changes)));
                gathered.ForEach(told => told.Done.TrySetResult());
            }
            catch (Exception failure)
            {
                // Whoever waits fails by it.
                gathered.ForEach(told => told.Done.TrySetException(failure));
            }
        }
    }

    private List<Told> Take(Guid tenant, Channel<Told> waiting)
    {
        lock (_lock)
        {
            var gathered = new List<Told>();
            while (gathered.Count < MostGathered && waiting.Reader.TryRead(out var told))
                gathered.Add(told);
            if (gathered.Count == 0)
                _waiting.Remove(tenant);
            return gathered;
        }
    }

    // Told when it is committed, over the shared database, wherever the company's own rows lie. A crash in between brings the events again.
    private async Task WriteAsync(Guid tenant, IReadOnlyList<Change> changes)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(tenant, "live");
        var db = scope.ServiceProvider.GetRequiredService<CommunicationsDbContext>();
        foreach (var batch in await db.AddAsync(changes.Chunk(MostInBatch), time.GetUtcNow(), lifetime.ApplicationStopped))
            await signal.SendAsync(LiveChannel.Changes, tenant, lifetime.ApplicationStopped, Convert.ToBase64String(batch.ToByteArray()));
    }

    private sealed record Told(IReadOnlyCollection<Change> Changes)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
