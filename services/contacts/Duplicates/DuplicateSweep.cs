using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Chores;

namespace Platform.Contacts.Duplicates;

/// <summary>
/// Compares the records of a company that share a key, and fills the review queue. Pairs that no longer match leave it, those that
/// were dismissed stay dismissed.
/// </summary>
internal static class DuplicateSweep
{
    // Beyond that a value is no sign of anybody: the number of a switchboard, a name that everybody has.
    private const int LargestGroup = 100;
    private const int BatchSize = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>Compares all, and says when the next time is.</summary>
    public static async Task<bool> RunAsync(ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // What PostgreSQL keeps of an instant.
        var begun = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        foreach (var kind in DuplicateKind.All)
        {
            var rules = (await DuplicateRuleSet.OfAsync(db, kind, cancellationToken)).Rules;
            foreach (var anchor in kind.AnchorsOf(rules))
                await SweepAsync(db, kind, rules, anchor, now, cancellationToken);
            await db.DuplicatePairs.Where(pair => pair.Resource == kind.Resource.Name && !pair.Dismissed && pair.UpdateTime < begun).ExecuteDeleteAsync(cancellationToken);
        }

        // Whoever asked for another one meanwhile gets it.
        var end = time.GetUtcNow();
        await db.Chores.Where(chore => chore.Kind == ChoreKind.FindDuplicates && chore.DueTime > end)
            .ExecuteUpdateAsync(set => set.SetProperty(chore => chore.DueTime, end + Interval), cancellationToken);
        return true;
    }

    private static async Task SweepAsync(
        ContactsDbContext db, DuplicateKind kind, IReadOnlyCollection<V1.DuplicateRule> rules, Anchor anchor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sql =
            $"SELECT id, key FROM (SELECT id, {anchor.Column} AS key, count(*) OVER (PARTITION BY {anchor.Column}) AS size FROM {kind.Table} " +
            $"WHERE tenant_id = {{0}} AND {anchor.Column} IS NOT NULL) AS keyed WHERE size BETWEEN 2 AND {LargestGroup} ORDER BY key, id";
        var groups = (await db.Database.SqlQueryRaw<Keyed>(sql, db.Caller.RequiredTenantId).ToListAsync(cancellationToken)).GroupBy(row => row.Key, row => row.Id).Select(group => group.ToList());
        var batch = new List<List<Guid>>();
        foreach (var group in groups)
        {
            batch.Add(group);
            if (batch.Sum(ids => ids.Count) < BatchSize)
                continue;
            await CompareAsync(db, kind, rules, batch, now, cancellationToken);
            batch.Clear();
        }

        await CompareAsync(db, kind, rules, batch, now, cancellationToken);
    }

    private static async Task CompareAsync(
        ContactsDbContext db, DuplicateKind kind, IReadOnlyCollection<V1.DuplicateRule> rules, List<List<Guid>> groups, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. groups.SelectMany(group => group).Distinct()];
        var records = await kind.LoadAsync(db, ids, cancellationToken);
        var known = await db.DuplicatePairs.Where(pair => ids.Contains(pair.FirstId)).ToDictionaryAsync(pair => (pair.FirstId, pair.SecondId), cancellationToken);
        foreach (var (one, other) in groups.SelectMany(PairsOf))
        {
            if (records.TryGetValue(one, out var left) && records.TryGetValue(other, out var right) && Matches(rules, left, right) is { Count: > 0 } matches)
                Note(db, kind, known, (one, other), matches, now);
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private static void Note(
        ContactsDbContext db, DuplicateKind kind, Dictionary<(Guid, Guid), DuplicatePair> known, (Guid One, Guid Other) ids, IReadOnlyList<(string Name, int Score)> matches, DateTimeOffset now)
    {
        var pair = DuplicatePair.Of(kind.Resource.Name, ids.One, ids.Other, now);
        if (known.TryGetValue((pair.FirstId, pair.SecondId), out var existing))
            pair = existing;
        else
            db.DuplicatePairs.Add(known[(pair.FirstId, pair.SecondId)] = pair);
        pair.Found(matches.Max(match => match.Score), matches.Select(match => match.Name), now);
    }

    private static List<(string Name, int Score)> Matches(IEnumerable<V1.DuplicateRule> rules, IMessage left, IMessage right) =>
        [.. rules.Select(rule => (rule.Name, Score: rule.Score(left, right))).Where(match => match.Score > 0)];

    private static IEnumerable<(Guid One, Guid Other)> PairsOf(List<Guid> group) =>
        group.SelectMany((one, i) => group.Skip(i + 1).Select(other => (one, other)));

    private sealed record Keyed(Guid Id, string Key);
}
