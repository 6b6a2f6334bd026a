using Platform.Search.Texts;

namespace Platform.Search.Index;

/// <summary>The words of records that are written, in columns, as statements take them.</summary>
internal sealed class WordRows
{
    public WordRows(IReadOnlyCollection<WrittenEntry> written, IEnumerable<IndexedRecord> records)
    {
        var known = records.ToDictionary(record => record.Id);
        var rows = (from entry in written
                    let record = known[entry.RecordId]
                    from text in record.Texts ?? []
                    from word in Postings.Of(text)
                    select (entry.Generation, record.Id, Word: word, Field: IndexQuery.FieldOf(record.Type, text.Path), text.Weight))
            .OrderBy(row => row.Generation).ThenBy(row => row.Word, StringComparer.Ordinal).ThenBy(row => row.Field, StringComparer.Ordinal).ThenBy(row => row.Id).ToList();
        (EntryGenerations, EntryIds) = ([.. written.Select(entry => entry.Generation)], [.. written.Select(entry => entry.RecordId)]);
        (Generations, Ids, Words) = ([.. rows.Select(row => row.Generation)], [.. rows.Select(row => row.Id)], [.. rows.Select(row => row.Word)]);
        (Fields, Weights) = ([.. rows.Select(row => row.Field)], [.. rows.Select(row => row.Weight)]);
    }

    public int[] EntryGenerations { get; }

    public Guid[] EntryIds { get; }

    public int[] Generations { get; }

    public Guid[] Ids { get; }

    public string[] Words { get; }

    public string[] Fields { get; }

    public short[] Weights { get; }

    /// <summary>The words that may be meant by another one, each once a generation.</summary>
    public (int[] Generations, string[] Words) Terms()
    {
        var terms = Generations.Zip(Words).Where(row => Trigrams.Has(row.Second)).Distinct().ToList();
        return ([.. terms.Select(term => term.First)], [.. terms.Select(term => term.Second)]);
    }
}

/// <summary>An entry that was newer than what was there.</summary>
internal sealed record WrittenEntry(int Generation, Guid RecordId);
