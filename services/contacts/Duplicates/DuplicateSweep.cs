using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Chores;

namespace Platform.Contacts.Duplicates;

/// <summary>
/// Compares the records of a company that share a key, and fills the review queue; key by key, each page kept as soon as it is done.
/// Pairs that no longer match leave the queue, those that were dismissed stay dismissed.
/// </summary>
internal static class DuplicateSweep
{
    private const int PageOfKeys = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>Compares all, and says when the next time is; whoever asked for another one meanwhile gets it.</summary>
    public static async Task RunAsync(ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await DueAsync(db, cancellationToken) is not { } lease)
            return;
        // By the clock that notes what is found.
        var begun = await db.Database.SqlQuery<DateTimeOffset>($"SELECT now() AS \"Value\"").SingleAsync(cancellationToken);
        foreach (var kind in DuplicateKind.All)
        {
            var rules = (await DuplicateRuleSet.OfAsync(db, kind, cancellationToken)).Rules;
            foreach (var anchor in kind.AnchorsOf(rules))
            {
                foreach (var shared in KeysOf(kind, anchor))
                {
                    for (var (last, isMore) = ("", true); isMore;)
                    {
                        (last, isMore) = await PageAsync(db, kind, rules, anchor, shared, last, cancellationToken);
                        lease = await SetAsync(db, lease, time.GetUtcNow() + Lease, cancellationToken);
                    }
                }
            }

            await db.DuplicatePairs.Where(pair => pair.Resource == kind.Resource.Name && !pair.Dismissed && pair.UpdateTime < begun).ExecuteDeleteAsync(cancellationToken);
        }

        await SetAsync(db, lease, time.GetUtcNow() + Interval, cancellationToken);
    }

    // What several have as the main value, and what anybody has beside it, each in the order of an index.
    private static IEnumerable<string> KeysOf(DuplicateKind kind, Anchor anchor)
    {
        yield return $"SELECT {anchor.Column} AS \"Value\" FROM {kind.Table} WHERE tenant_id = {{0}} AND {anchor.Column} > {{1}} GROUP BY {anchor.Column} " +
            $"HAVING count(*) BETWEEN 2 AND {Comparison.LargestGroup} ORDER BY {anchor.Column} LIMIT {PageOfKeys}";
        if (kind.HasOthers && anchor.Others is { } others)
            yield return $"SELECT DISTINCT key AS \"Value\" FROM {Points(kind, others)} AND key > {{1}} ORDER BY key LIMIT {PageOfKeys}";
    }

    private static string Points(DuplicateKind kind, string others) => $"{MatchPoint.Table} WHERE tenant_id = {{0}} AND resource = '{kind.Resource.Name}' AND field = '{others}'";

    private static async Task<(string Last, bool IsMore)> PageAsync(
        ContactsDbContext db, DuplicateKind kind, IReadOnlyCollection<V1.DuplicateRule> rules, Anchor anchor, string shared, string last, CancellationToken cancellationToken)
    {
        var keys = await db.Database.SqlQueryRaw<string>(shared, db.Caller.RequiredTenantId, last).ToListAsync(cancellationToken);
        if (keys.Count == 0)
            return (last, false);
        var having = $"SELECT id, {anchor.Column} AS key FROM {kind.Table} WHERE tenant_id = {{0}} AND {anchor.Column} = ANY({{1}})";
        if (kind.HasOthers && anchor.Others is { } others)
            having += $" UNION SELECT record_id, key FROM {Points(kind, others)} AND key = ANY({{1}})";
        var rows = await db.Database.SqlQueryRaw<Keyed>(having, db.Caller.RequiredTenantId, keys).ToListAsync(cancellationToken);
        await Comparison.RunAsync(db, kind, rules, rows.GroupBy(row => row.Key, row => row.Id).Where(group => group.Count() <= Comparison.LargestGroup).SelectMany(PairsOf), cancellationToken);
        return (keys[^1], keys.Count == PageOfKeys);
    }

    private static IEnumerable<(Guid One, Guid Other)> PairsOf(IEnumerable<Guid> group)
    {
        var ids = group.ToList();
        return ids.SelectMany((one, i) => ids.Skip(i + 1).Select(other => (one, other)));
    }

    private static async Task<DateTimeOffset?> DueAsync(ContactsDbContext db, CancellationToken cancellationToken) =>
        (await SweepDuplicates.ChoreOf(db).AsNoTracking().SingleOrDefaultAsync(cancellationToken))?.DueTime;

    // Unless somebody asked for another one since: then it is due as they said.
    private static async Task<DateTimeOffset> SetAsync(ContactsDbContext db, DateTimeOffset known, DateTimeOffset due, CancellationToken cancellationToken)
    {
        // What PostgreSQL keeps of an instant.
        due = due.AddTicks(-(due.Ticks % TimeSpan.TicksPerMicrosecond));
        var changed = await SweepDuplicates.ChoreOf(db).Where(chore => chore.DueTime == known)
            .ExecuteUpdateAsync(set => set.SetProperty(chore => chore.DueTime, due), cancellationToken);
        return changed == 1 ? due : known;
    }

    private sealed record Keyed(Guid Id, string Key);
}
