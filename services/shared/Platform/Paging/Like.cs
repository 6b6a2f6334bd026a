namespace Platform.Paging;

/// <summary>Patterns for LIKE and ILIKE.</summary>
public static class Like
{
    /// <summary>Matches the text anywhere; its own wildcards are taken literally.</summary>
    public static string Containing(string text) =>
        $"%{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}
