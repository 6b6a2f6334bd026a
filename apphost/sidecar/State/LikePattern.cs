namespace Platform.Sidecar.State;

/// <summary>Patterns of SQL LIKE made of literal text.</summary>
internal static class LikePattern
{
    public static string Escape(string literal) => literal
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);

    public static string StartsWith(string literal) => Escape(literal) + "%";
}
