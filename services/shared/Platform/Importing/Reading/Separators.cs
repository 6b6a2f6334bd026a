namespace Platform.Importing.Reading;

/// <summary>What stands between fields.</summary>
internal static class Separators
{
    public static readonly char[] All = [',', ';', '\t', '|'];

    /// <summary>The separator that the line <c>sep=;</c> names, which Excel writes before the header; null where it is none.</summary>
    public static char? Declared(string line) =>
        line.Trim(' ') is { Length: 5 } text && text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && All.Contains(text[4]) ? text[4] : null;

    /// <summary>The separator that makes most known columns of the header, and among equals most columns.</summary>
    public static char Detect(string header, Func<string, bool> isKnown) => All.MaxBy(separator =>
    {
        var columns = CsvFields.Split(header, separator);
        return (columns.Count(isKnown), columns.Length);
    });
}
