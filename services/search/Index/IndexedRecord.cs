namespace Platform.Search.Index;

/// <summary>A record as it was at some time; the index keeps the latest.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="AsOf">When it was like this.</param>
/// <param name="Texts">What is searched; null where the record is gone.</param>
internal sealed record IndexedRecord(string Type, Guid Id, DateTimeOffset AsOf, IReadOnlyList<IndexedText>? Texts);
