namespace Platform.Search.Index;

/// <summary>
/// Where the records of the scope's tenant are found by their texts. The default keeps them in PostgreSQL; another engine, such as
/// Elasticsearch, is another implementation. It knows nothing of who may read what: callers name the fields that may match, and ask
/// the owners of the records.
/// </summary>
internal interface ISearchIndex
{
    /// <summary>Keeps what is newer than what it has of each record; the same again changes nothing.</summary>
    Task WriteAsync(IReadOnlyCollection<IndexedRecord> records, CancellationToken cancellationToken);

    /// <summary>Records in the order of how well they match, of equals the newest first.</summary>
    Task<IReadOnlyList<Candidate>> FindAsync(IndexQuery query, CancellationToken cancellationToken);

    /// <summary>Known words that a typed one may mean, without what it begins; empty where it is too short.</summary>
    Task<IReadOnlyList<string>> CloseWordsAsync(string typed, CancellationToken cancellationToken);
}
