using Platform.Filtering;

namespace Platform.Paging;

/// <summary>What a caller asks of a list.</summary>
/// <param name="PageSize">0 for the default, else 1 to 200.</param>
/// <param name="PageToken">Empty for the first page.</param>
public sealed record ListRequest(int PageSize, string PageToken)
{
    /// <summary>An expression of the filter language; empty for all rows.</summary>
    public string Filter { get; init; } = "";

    /// <summary>A sort order; empty for newest first.</summary>
    public string OrderBy { get; init; } = "";

    /// <summary>What else narrows the list, in words: a page token of another list is refused.</summary>
    public string Query { get; init; } = "";

    internal PageRequest ToPage(FilterContext context) =>
        new(PageSize, PageToken, $"{Filter}\n{context.Zone.Id}\n{Query}", context.Tenant ?? Guid.Empty);
}
