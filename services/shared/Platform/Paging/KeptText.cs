namespace Platform.Paging;

/// <summary>A value that is kept beside a record, as a text whose order is that of the values.</summary>
internal sealed class KeptText
{
    public Guid RecordId { get; init; }

    public string SortKey { get; init; } = "";
}
