using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Search.Texts;

namespace Platform.Search.Index;

/// <summary>The index in the tables of this service: a row a word of a field, found by equality and order, which indexes serve under the tenant's policy.</summary>
internal sealed class PostgresIndex(SearchDbContext db) : ISearchIndex
{
    private const int MaxClose = 12;
    private const int MaxSimilar = 60;
    private const int ClearedAtOnce = 5_000;

    public Task WriteAsync(IReadOnlyCollection<IndexedRecord> records, CancellationToken cancellationToken) =>
        WriteAsync(records, generation: null, cancellationToken);

    /// <summary>The same for one generation alone.</summary>
    public async Task WriteAsync(IReadOnlyCollection<IndexedRecord> records, int? generation, CancellationToken cancellationToken)
    {
        // In the order of ids, so that two who write the same records do not wait for each other. Of the same time the last, as if they came alone.
        var latest = records.GroupBy(record => record.Id).Select(group => group.OrderBy(record => record.AsOf).Last()).OrderBy(record => record.Id).ToList();
        if (latest.Count == 0)
            return;
        await db.InTransactionAsync(async () =>
        {
            var written = await WriteEntriesAsync(latest, generation is { } one ? [one] : await GenerationsAsync(cancellationToken), cancellationToken);
            if (written.Count == 0)
                return 0;
            var rows = new WordRows(written, latest);
            await DeleteWordsAsync(rows, cancellationToken);
            await InsertWordsAsync(rows, cancellationToken);
            await InsertTermsAsync(rows, cancellationToken);
            return written.Count;
        }, cancellationToken);
    }

    public async Task<IReadOnlyList<Candidate>> FindAsync(IndexQuery query, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<FoundEntry>(FoundEntries.Of(db, await GenerationAsync(cancellationToken), query)).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new Candidate(row.Resource, row.RecordId, row.Points, row.AsOf, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Texts)!))];
    }

    public async Task<IReadOnlyList<string>> CloseWordsAsync(string typed, CancellationToken cancellationToken)
    {
        if (!Trigrams.Has(typed))
            return [];
        var trigrams = Trigrams.Of(typed).ToArray();
        // Each error takes four of them away at most, and of a word that is typed to its half the end lacks.
        var least = Math.Max(2, trigrams.Length - (4 * Closeness.Allowed(typed)) - 1);
        var generation = await GenerationAsync(cancellationToken);
        var similar = await db.Database.SqlQuery<string>(
            $"""
            SELECT word AS "Value" FROM search_trigrams
            WHERE tenant_id = {db.Caller.RequiredTenantId} AND generation = {generation} AND trigram = ANY({trigrams})
            GROUP BY word HAVING count(*) >= {least} ORDER BY count(*) DESC, length(word), word LIMIT {MaxSimilar}
            """).ToListAsync(cancellationToken);
        return [.. similar.Where(word => !word.StartsWith(typed, StringComparison.Ordinal) && Closeness.Means(typed, word)).Take(MaxClose)];
    }

    /// <summary>Deletes generations before the one that is read; may be broken off anywhere.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        var oldest = (await GenerationsAsync(cancellationToken)).Min();
        foreach (var table in (string[])["search_words", "search_trigrams", "search_terms", "search_entries"])
        {
            var sql = $"DELETE FROM {table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {table} WHERE tenant_id = {{0}} AND generation < {{1}} LIMIT {ClearedAtOnce}))";
            while (await db.Database.ExecuteSqlRawAsync(sql, [db.Caller.RequiredTenantId, oldest], cancellationToken) == ClearedAtOnce)
                cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<int> GenerationAsync(CancellationToken cancellationToken) =>
        await db.Indexes.AsNoTracking().Select(index => (int?)index.Generation).SingleOrDefaultAsync(cancellationToken) ?? TenantIndex.First;

    private async Task<int[]> GenerationsAsync(CancellationToken cancellationToken)
    {
        var index = await db.Indexes.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return index?.Building is { } building ? [index.Generation, building] : [index?.Generation ?? TenantIndex.First];
    }

    // Answers what was newer than what was there.
    private Task<List<WrittenEntry>> WriteEntriesAsync(List<IndexedRecord> records, int[] generations, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. records.Select(record => record.Id)];
        string[] resources = [.. records.Select(record => record.Type)];
        DateTimeOffset[] times = [.. records.Select(record => record.AsOf.ToUniversalTime())];
        string?[] texts = [.. records.Select(record => record.Texts is null ? null : JsonSerializer.Serialize(record.Texts.ToDictionary(text => text.Path, text => text.Text)))];
        return db.Database.SqlQuery<WrittenEntry>(
            $"""
            INSERT INTO search_entries AS kept (tenant_id, generation, record_id, resource, as_of, texts)
            SELECT {db.Caller.RequiredTenantId}, generation, record_id, resource, as_of, texts::jsonb
            FROM unnest({ids}, {resources}, {times}, {texts}) AS record (record_id, resource, as_of, texts) CROSS JOIN unnest({generations}) AS generation
            ORDER BY record_id, generation
            ON CONFLICT (tenant_id, generation, record_id) DO UPDATE SET resource = excluded.resource, as_of = excluded.as_of, texts = excluded.texts
            WHERE kept.as_of <= excluded.as_of
            RETURNING generation, record_id
            """).ToListAsync(cancellationToken);
    }

    private Task<int> DeleteWordsAsync(WordRows rows, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        DELETE FROM search_words AS old USING unnest({rows.EntryGenerations}, {rows.EntryIds}) AS entry (generation, record_id)
        WHERE old.tenant_id = {db.Caller.RequiredTenantId} AND old.generation = entry.generation AND old.record_id = entry.record_id
          AND NOT EXISTS (SELECT FROM unnest({rows.Generations}, {rows.Ids}, {rows.Words}, {rows.Fields}) AS new (generation, record_id, word, field)
              WHERE new.generation = old.generation AND new.record_id = old.record_id AND new.word = old.word AND new.field = old.field)
        """, cancellationToken);

    private Task<int> InsertWordsAsync(WordRows rows, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO search_words AS kept (tenant_id, generation, word, field, record_id, weight)
        SELECT {db.Caller.RequiredTenantId}, generation, word, field, record_id, weight
        FROM unnest({rows.Generations}, {rows.Ids}, {rows.Words}, {rows.Fields}, {rows.Weights}) AS new (generation, record_id, word, field, weight)
        ON CONFLICT (tenant_id, generation, word, field, record_id) DO UPDATE SET weight = excluded.weight WHERE kept.weight <> excluded.weight
        """, cancellationToken);

    // In the order of words, so that two who learn the same ones wait for each other in the same order.
    private Task InsertTermsAsync(WordRows rows, CancellationToken cancellationToken)
    {
        var (generations, terms) = rows.Terms();
        var trigrams = terms.Distinct(StringComparer.Ordinal).SelectMany(word => Trigrams.Of(word).Select(trigram => (word, trigram))).ToList();
        string[] words = [.. trigrams.Select(part => part.word)];
        string[] parts = [.. trigrams.Select(part => part.trigram)];
        return terms.Length == 0 ? Task.CompletedTask : db.Database.ExecuteSqlAsync(
            $"""
            WITH learnt AS (
                INSERT INTO search_terms (tenant_id, generation, word)
                SELECT {db.Caller.RequiredTenantId}, generation, word FROM unnest({generations}, {terms}) AS term (generation, word) ORDER BY generation, word COLLATE "C"
                ON CONFLICT DO NOTHING RETURNING generation, word)
            INSERT INTO search_trigrams (tenant_id, generation, trigram, word)
            SELECT {db.Caller.RequiredTenantId}, learnt.generation, part.trigram, learnt.word
            FROM learnt JOIN unnest({words}, {parts}) AS part (word, trigram) ON part.word = learnt.word COLLATE "C"
            """, cancellationToken);
    }
}
