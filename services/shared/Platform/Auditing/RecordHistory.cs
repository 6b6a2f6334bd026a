using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Tenancy;

namespace Platform.Auditing;

/// <summary>
/// What the log says of one record, as it stands there: whoever shows it to people sees to it that they may see the record, and takes
/// out what field rules hide from them.
/// </summary>
public static class RecordHistory
{
    private const int Chunk = 100;

    /// <summary>The entries, newest first, read as they are needed.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="resource">The kind of record: <c>records.machine</c>.</param>
    /// <param name="id">The record.</param>
    /// <param name="before">Only entries that are older than this one; null for all.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    public static async IAsyncEnumerable<HistoryEntry> ReadHistoryAsync(
        this PlatformDbContext db, string resource, Guid id, Guid? before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (text, last) = (id.ToString(), before);
        while (true)
        {
            var rows = db.AuditEntries.AsNoTracking().Where(entry => entry.ResourceId == text && entry.Resource == resource);
            if (last is { } seen)
                rows = rows.Where(entry => entry.Id < seen);
            var chunk = await rows.OrderByDescending(entry => entry.Id).Take(Chunk).ToListAsync(cancellationToken);
            foreach (var entry in chunk)
                yield return new HistoryEntry(entry.Id, entry.Time, entry.ActorKind, entry.Actor, entry.OnBehalfOf, entry.Action, Read(entry.Before), Read(entry.After));
            if (chunk.Count < Chunk)
                yield break;
            last = chunk[^1].Id;
        }
    }

    private static Struct? Read(string? json) => json is null ? null : Struct.Parser.ParseJson(json);
}

/// <summary>An entry of the log.</summary>
/// <param name="Id">Later entries have greater ids.</param>
/// <param name="Time">When.</param>
/// <param name="ActorKind">What kind of caller it was.</param>
/// <param name="Actor">Id of the person, or the name of the service.</param>
/// <param name="OnBehalfOf">For whom a service did it.</param>
/// <param name="Action">A verb: <c>update</c>.</param>
/// <param name="Before">The changed fields as they were; null for a creation.</param>
/// <param name="After">The changed fields as they became; null for a removal.</param>
public sealed record HistoryEntry(Guid Id, DateTimeOffset Time, CallerKind ActorKind, string Actor, string OnBehalfOf, string Action, Struct? Before, Struct? After);
