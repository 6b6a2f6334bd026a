namespace Platform.Paging;

/// <summary>Rows that pass an expression.</summary>
public sealed record FilteredRows<T>(IQueryable<T> Rows);
