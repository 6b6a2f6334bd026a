namespace Platform.Importing.Columns;

/// <summary>Headers as people write them.</summary>
public static class HeaderText
{
    /// <summary>Letters and digits only, in lower case: two headers that differ in nothing else mean the same.</summary>
    public static string Normalize(string header) =>
        string.Concat(header.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)).Replace('ё', 'е');
}
