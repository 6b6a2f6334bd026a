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

    /// <summary>A text as a field; one that a spreadsheet would take for a formula gets an apostrophe in front.</summary>
    public static string Text(string text)
    {
        if (text.Length > 0 && FormulaStarts.Contains(text[0]))
            return $"\"'{Doubled(text)}\"";
        return text.AsSpan().ContainsAny(Special) ? $"\"{Doubled(text)}\"" : text;
    }

    private static string Doubled(string text) => text.Replace("\"", "\"\"", StringComparison.Ordinal);
}
