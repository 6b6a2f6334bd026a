using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Auditing;

namespace Platform.Records.Timeline;

/// <summary>The two sources of a timeline, each newest first, and both as one.</summary>
internal static class TimelineRows
{
    private const int Chunk = 100;

    private static readonly V1.TimelineKind[] Logged = [V1.TimelineKind.Created, V1.TimelineKind.Changed, V1.TimelineKind.Deleted, V1.TimelineKind.Restored];

    /// <summary>What happened to the record before a moment, or up to now.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="objectKey">The object.</param>
    /// <param name="id">The record.</param>
    /// <param name="kinds">What is wanted; all where empty.</param>
    /// <param name="before">Only entries that are older than this one; null for all.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    public static async IAsyncEnumerable<V1.TimelineEntry> ReadAsync(
        RecordsDbContext db, string objectKey, Guid id, IReadOnlySet<V1.TimelineKind> kinds, Guid? before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var history = HistoryAsync(db, ResourceCatalogue.ObjectPrefix + objectKey, id, kinds, before, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var activities = ActivitiesAsync(db, id, kinds, before, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var (inHistory, inActivities) = (await history.MoveNextAsync(), await activities.MoveNextAsync());
        while (inHistory || inActivities)
        {
            if (!inActivities || (inHistory && Guid.Parse(history.Current.Id) > Guid.Parse(activities.Current.Id)))
            {
                yield return history.Current;
                inHistory = await history.MoveNextAsync();
            }
            else
            {
                yield return activities.Current;
                inActivities = await activities.MoveNextAsync();
            }
        }
    }

    private static async IAsyncEnumerable<V1.TimelineEntry> HistoryAsync(
        RecordsDbContext db, string resource, Guid id, IReadOnlySet<V1.TimelineKind> kinds, Guid? before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (kinds.Count > 0 && !Logged.Any(kinds.Contains))
            yield break;
        var changes = new RecordChanges(resource, db.Caller);
        await foreach (var logged in db.ReadHistoryAsync(resource, id, before, cancellationToken))
        {
            if (changes.Of(logged) is { } entry && (kinds.Count == 0 || kinds.Contains(entry.Kind)))
                yield return entry;
        }
    }

    private static async IAsyncEnumerable<V1.TimelineEntry> ActivitiesAsync(
        RecordsDbContext db, Guid id, IReadOnlySet<V1.TimelineKind> kinds, Guid? before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wanted = kinds.ToList();
        for (var last = before; ;)
        {
            var rows = db.Activities.AsNoTracking().Where(row => row.RecordId == id);
            if (wanted.Count > 0)
                rows = rows.Where(row => wanted.Contains(row.Kind));
            if (last is { } seen)
                rows = rows.Where(row => row.Id < seen);
            var chunk = await rows.OrderByDescending(row => row.Id).Take(Chunk).ToListAsync(cancellationToken);
            foreach (var entry in await db.ToEntriesAsync(chunk, cancellationToken))
                yield return entry;
            if (chunk.Count < Chunk)
                yield break;
            last = chunk[^1].Id;
        }
    }
}
