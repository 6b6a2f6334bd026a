using System.Text.Json;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace Platform.Contacts.Duplicates;

/// <summary>Compares pairs of records by the rules, and notes those that match. A pair that was dismissed stays dismissed.</summary>
internal static class Comparison
{
    /// <summary>What is shared by more says nothing of anybody: the number of a switchboard, a name that everybody has.</summary>
    public const int LargestGroup = 100;

    private const int BatchSize = 1000;

    /// <summary>The pairs that match, each with the older record first.</summary>
    public static async Task<HashSet<(Guid First, Guid Second)>> RunAsync(
        ContactsDbContext db, DuplicateKind kind, IReadOnlyCollection<V1.DuplicateRule> rules, IEnumerable<(Guid One, Guid Other)> pairs, CancellationToken cancellationToken)
    {
        var found = new HashSet<(Guid, Guid)>();
        // In one order, because two tasks may find the same pairs at once.
        foreach (var some in pairs.Select(pair => pair.One.CompareTo(pair.Other) < 0 ? pair : (pair.Other, pair.One)).Distinct().Order().Chunk(BatchSize))
        {
            var records = await kind.LoadAsync(db, [.. some.SelectMany(pair => new[] { pair.Item1, pair.Item2 }).Distinct()], cancellationToken);
            var matches = some.Select(pair => Compare(rules, records, pair)).OfType<Match>().ToList();
            await NoteAsync(db, kind, matches, cancellationToken);
            found.UnionWith(matches.Select(match => (match.First, match.Second)));
        }

        return found;
    }

    private static Match? Compare(IReadOnlyCollection<V1.DuplicateRule> rules, Dictionary<Guid, IMessage> records, (Guid First, Guid Second) pair)
    {
        if (!records.TryGetValue(pair.First, out var left) || !records.TryGetValue(pair.Second, out var right))
            return null;
        var scores = rules.Select(rule => (rule.Name, Score: rule.Score(left, right))).Where(match => match.Score > 0).ToList();
        return scores.Count == 0 ? null : new Match(pair.First, pair.Second, scores.Max(match => match.Score), JsonSerializer.Serialize(scores.Select(match => match.Name)));
    }

    private static async Task NoteAsync(ContactsDbContext db, DuplicateKind kind, List<Match> matches, CancellationToken cancellationToken)
    {
        if (matches.Count == 0)
            return;
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO duplicate_pairs (tenant_id, id, resource, first_id, second_id, score, reasons, dismissed, create_time, update_time)
            SELECT {db.Caller.RequiredTenantId}, row.id, {kind.Resource.Name}, row.first_id, row.second_id, row.score, ARRAY(SELECT jsonb_array_elements_text(row.reasons::jsonb)), false, now(), now()
            FROM unnest({matches.ConvertAll(_ => Guid.CreateVersion7())}, {matches.ConvertAll(match => match.First)}, {matches.ConvertAll(match => match.Second)},
                {matches.ConvertAll(match => match.Score)}, {matches.ConvertAll(match => match.Reasons)}) AS row (id, first_id, second_id, score, reasons)
            ON CONFLICT (tenant_id, first_id, second_id) DO UPDATE SET score = excluded.score, reasons = excluded.reasons, update_time = greatest(duplicate_pairs.update_time, excluded.update_time)
            """,
            cancellationToken);
    }

    private sealed record Match(Guid First, Guid Second, int Score, string Reasons);
}
