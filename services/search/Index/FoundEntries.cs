namespace Platform.Search.Index;

/// <summary>The statement that finds records.</summary>
internal static class FoundEntries
{
    // A whole value comes before whatever words add up to.
    private const int KeyPoints = 100_000;

    // Behind everything that begins with a word: the last character that there is.
    private const string Last = "\U0010FFFF";

    // Four points for a word as it was typed, three for one that begins so, one for a close one; times the field's weight. Each word
    // counts once a record, where it counts most.
    public static FormattableString Of(SearchDbContext db, int generation, IndexQuery query)
    {
        var tenant = db.Caller.RequiredTenantId;
        string[] words = [.. query.Terms.Select(term => term.Word)];
        string[] ends = [.. words.Select(word => word + Last)];
        int[] numbers = [.. Enumerable.Range(1, words.Length)];
        var close = query.Terms.SelectMany((term, at) => term.Close.Select(word => (Word: word, Number: at + 1))).ToList();
        string[] closeWords = [.. close.Select(word => word.Word)];
        int[] closeNumbers = [.. close.Select(word => word.Number)];
        string[] keys = [.. query.Keys];
        string[] beginnings = [.. query.Beginnings];
        string[] beginningEnds = [.. beginnings.Select(word => word + Last)];
        string[] fields = [.. query.Fields];
        var (points, id) = query.After is { } after ? (after.Points, after.Id) : (long.MaxValue, Guid.AllBitsSet);
        return
            $"""
            WITH hits AS (
                SELECT found.record_id, term.number, max(found.weight * CASE WHEN found.word = term.word THEN 4 ELSE 3 END) AS points
                FROM unnest({words}, {ends}, {numbers}) AS term (word, finish, number)
                JOIN search_words AS found ON found.word >= term.word COLLATE "C" AND found.word < term.finish COLLATE "C"
                WHERE found.tenant_id = {tenant} AND found.generation = {generation} AND found.field = ANY({fields}) GROUP BY 1, 2
                UNION ALL
                SELECT found.record_id, term.number, max(found.weight)
                FROM unnest({closeWords}, {closeNumbers}) AS term (word, number) JOIN search_words AS found ON found.word = term.word COLLATE "C"
                WHERE found.tenant_id = {tenant} AND found.generation = {generation} AND found.field = ANY({fields}) GROUP BY 1, 2
                UNION ALL
                SELECT found.record_id, 0, max(found.weight) * 3
                FROM unnest({beginnings}, {beginningEnds}) AS term (word, finish)
                JOIN search_words AS found ON found.word >= term.word COLLATE "C" AND found.word < term.finish COLLATE "C"
                WHERE found.tenant_id = {tenant} AND found.generation = {generation} AND found.field = ANY({fields}) GROUP BY 1
                UNION ALL
                SELECT found.record_id, 0, {KeyPoints} FROM search_words AS found
                WHERE found.tenant_id = {tenant} AND found.generation = {generation} AND found.word = ANY({keys}) AND found.field = ANY({fields}) GROUP BY 1
            ), matched AS (
                SELECT record_id, sum(points)::bigint AS points FROM (SELECT record_id, number, max(points) AS points FROM hits GROUP BY 1, 2) AS best
                GROUP BY 1 HAVING count(*) FILTER (WHERE number > 0) = {words.Length} OR bool_or(number = 0)
            ), page AS (
                SELECT record_id, points FROM matched WHERE (points, record_id) < ({points}, {id}) ORDER BY points DESC, record_id DESC LIMIT {query.Limit}
            )
            SELECT entry.resource, entry.record_id, page.points, entry.as_of, entry.texts::text AS texts
            FROM page JOIN search_entries AS entry ON entry.tenant_id = {tenant} AND entry.generation = {generation} AND entry.record_id = page.record_id
            WHERE entry.texts IS NOT NULL ORDER BY page.points DESC, page.record_id DESC
            """;
    }
}

/// <summary>A row of what was found.</summary>
internal sealed record FoundEntry(string Resource, Guid RecordId, long Points, DateTimeOffset AsOf, string Texts);
