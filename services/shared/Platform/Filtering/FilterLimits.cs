namespace Platform.Filtering;

/// <summary>How large an expression may be.</summary>
public static class FilterLimits
{
    /// <summary>Characters of the whole expression.</summary>
    public const int Length = 10 * 1024;

    /// <summary>Parentheses within each other.</summary>
    public const int Depth = 32;

    /// <summary>Names of a path: <c>custom_fields.address.city</c> has three.</summary>
    public const int Path = 8;

    /// <summary>Comparisons.</summary>
    public const int Terms = 200;

    /// <summary>Fields of a sort order.</summary>
    public const int SortKeys = 5;
}
