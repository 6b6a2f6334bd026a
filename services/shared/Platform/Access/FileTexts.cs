using System.Text;

namespace Platform.Access;

/// <summary>
/// E-mails, phones and addresses in a cell of a file: <c>home: anna@home.example</c>, <c>billing: Domkloster 4 | 50667 | Köln | | DE</c>, several
/// parted by semicolons. What parts them has a backslash in front where it is a letter of a text, so that reading gives what was written.
/// </summary>
public static class FileTexts
{
    private const char Escape = '\\';
    private const char Part = '|';
    private const char Next = ';';
    private const char Labelled = ':';

    /// <summary>One of them.</summary>
    /// <param name="label">What it is for; empty where nobody said.</param>
    /// <param name="parts">What it is.</param>
    internal static string Write(string label, IReadOnlyList<string> parts)
    {
        var text = string.Join($" {Part} ", parts.Select(Escaped));
        return label.Length == 0 ? text : $"{Escaped(label)}{Labelled} {text}";
    }

    /// <summary>All that a cell has.</summary>
    public static IEnumerable<(string Label, IReadOnlyList<string> Parts)> Read(string cell) =>
        Split(cell, Next, '\n').Where(text => text.Trim().Length > 0).Select(text =>
        {
            var labelled = Split(text, Labelled);
            // "12:30" and "tel:1" are no label: behind one there is a space.
            var (label, rest) = labelled.Count > 1 && labelled[1].StartsWith(' ') ? (labelled[0], text[(labelled[0].Length + 1)..]) : ("", text);
            return (Plain(label), (IReadOnlyList<string>)[.. Split(rest, Part).Select(Plain)]);
        });

    private static string Escaped(string text) => string.Concat(text.Select(letter => letter is Escape or Part or Next or Labelled ? $"{Escape}{letter}" : letter == '\n' ? " " : $"{letter}"));

    private static List<string> Split(string text, params char[] between)
    {
        var (parts, start) = (new List<string>(), 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Escape)
                i++;
            else if (between.Contains(text[i]))
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
            plain.Append(text[i] == Escape && i + 1 < text.Length ? text[++i] : text[i]);
        return plain.ToString().Trim();
    }
}
