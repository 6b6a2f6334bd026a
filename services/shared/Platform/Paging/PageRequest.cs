namespace Platform.Paging;

/// <summary>Which page is asked for.</summary>
/// <param name="Size">0 for the default, else 1 to 200.</param>
/// <param name="Token">Empty for the first page.</param>
/// <param name="Query">The filter in words, whatever narrows the list: a token of another filter is refused.</param>
/// <param name="Tenant">Whose list it is: a token of another tenant is refused.</param>
public sealed record PageRequest(int Size, string Token, string Query, Guid Tenant);
