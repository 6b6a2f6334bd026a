using System.Buffers;

namespace Platform.Exporting;

/// <summary>Fields of CSV (RFC 4180).</summary>
public static class Csv
{
    /// <summary>What a line ends with.</summary>
    public const string LineEnd = "\r\n";

    private static readonly SearchValues<char> Special = SearchValues.Create("\",;\t\r\n");

    // A spreadsheet takes what begins like this for a formula (OWASP, CSV injection).
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    /// <summary>
    /// A text as a field; one that a spreadsheet would take for a formula gets an apostrophe in front, and so does one that has an
    /// apostrophe there already, so that <see cref="Plain" /> gives back whatever was written.
    /// </summary>
    public static string Text(string text)
    {
        if (IsFormula(text))
            return $"\"'{Doubled(text)}\"";
        return text.AsSpan().ContainsAny(Special) ? $"\"{Doubled(text)}\"" : text;
    }

    /// <summary>The text of a field whose quotes are read: without the apostrophe that <see cref="Text" /> puts in front of a formula.</summary>
    public static string Plain(string field) => field.StartsWith('\'') && IsFormula(field) ? field[1..] : field;

    private static bool IsFormula(ReadOnlySpan<char> text) => text.TrimStart('\'') is { Length: > 0 } rest && FormulaStarts.Contains(rest[0]);

    private static string Doubled(string text) => text.Replace("\"", "\"\"", StringComparison.Ordinal);
}
