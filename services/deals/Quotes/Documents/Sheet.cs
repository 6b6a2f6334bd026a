using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Writer;

namespace Platform.Deals.Quotes.Documents;

/// <summary>Pages of A4 that are written from the top down; a new one begins where there is no room.</summary>
internal sealed class Sheet : IDisposable
{
    public const double Left = 50;
    public const double Right = 545;

    private const double Top = 790;
    private const double Bottom = 70;
    private const double Leading = 1.4;

    // A font of PdfPig has at most 255 different letters.
    private const int MaxLetters = 250;

    private readonly PdfDocumentBuilder _document = new();
    private readonly Dictionary<Typeface, PdfDocumentBuilder.AddedFont> _fonts = [];
    private readonly Dictionary<Typeface, HashSet<char>> _letters = [];
    private readonly List<PdfPageBuilder> _pages = [];

    public Sheet(string title, string author)
    {
        (_document.DocumentInformation.Title, _document.DocumentInformation.Author) = (title, author);
        foreach (var typeface in (Typeface[])[Typeface.Regular, Typeface.Bold])
            (_fonts[typeface], _letters[typeface]) = (_document.AddTrueTypeFont(typeface.File), []);
        BeginPage();
    }

    /// <summary>Where the next line begins.</summary>
    public double Y { get; set; }

    /// <summary>Told of each page that begins but the first.</summary>
    public Action? PageBegins { get; set; }

    /// <summary>The text in lines that are no wider than this.</summary>
    public static IReadOnlyList<string> Wrap(string text, double width, double size, Typeface typeface)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var word in typeface.Printable(paragraph).Split(' ').SelectMany(word => Break(word, width, size, typeface)))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (line.Length > 0 && typeface.WidthOf(longer, size) > width)
                    lines.Add(line);
                line = line.Length > 0 && typeface.WidthOf(longer, size) > width ? word : longer;
            }

            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Makes sure that so much fits on the page.</summary>
    public void Need(double height)
    {
        if (Y - height >= Bottom)
            return;
        BeginPage();
        PageBegins?.Invoke();
    }

    /// <summary>Writes a paragraph and goes below it.</summary>
    public void Paragraph(string text, double size = 9.5, Typeface? typeface = null, double left = Left, double width = Right - Left, bool soft = false)
    {
        foreach (var line in Wrap(text, width, size, typeface ?? Typeface.Regular))
        {
            Need(size * Leading);
            Text(line, left, size, typeface, soft: soft);
            Y -= size * Leading;
        }
    }

    /// <summary>Writes one line at the place; to the left of it where it is aligned to the right.</summary>
    public void Text(string text, double x, double size = 9.5, Typeface? typeface = null, bool alignRight = false, bool soft = false)
    {
        var face = typeface ?? Typeface.Regular;
        var letters = Limit(face.Printable(text), _letters[face]);
        if (letters.Trim().Length == 0)
            return;
        var page = _pages[^1];
        if (soft)
            page.SetTextAndFillColor(90, 93, 120);
        page.AddText(letters, size, new PdfPoint(alignRight ? x - face.WidthOf(letters, size) : x, Y - size), _fonts[face]);
        if (soft)
            page.ResetColor();
    }

    /// <summary>Draws a line from the left to the right.</summary>
    public void Rule(double from = Left, double weight = 0.5)
    {
        var page = _pages[^1];
        page.SetStrokeColor(150, 152, 180);
        page.DrawLine(new PdfPoint(from, Y), new PdfPoint(Right, Y), weight);
        page.ResetColor();
    }

    /// <summary>Writes the foot of every page and gives the file.</summary>
    /// <param name="foot">What the foot of a page says, of its number and how many there are.</param>
    public byte[] Finish(Func<int, int, (string Left, string Right)> foot)
    {
        var all = _pages.ToList();
        for (var i = 0; i < all.Count; i++)
        {
            _pages.Add(all[i]);
            Y = Bottom - 25;
            var (left, right) = foot(i + 1, all.Count);
            Text(left, Left, 7, soft: true);
            Text(right, Right, 7, alignRight: true, soft: true);
        }

        return _document.Build();
    }

    public void Dispose() => _document.Dispose();

    private static string Limit(string text, HashSet<char> known) =>
        string.Concat(text.Select(letter => known.Contains(letter) || (known.Count < MaxLetters && known.Add(letter)) ? letter : ' '));

    // A word that is wider than the line is broken where it ends.
    private static IEnumerable<string> Break(string word, double width, double size, Typeface typeface)
    {
        while (typeface.WidthOf(word, size) > width && word.Length > 1)
        {
            var fits = word.Length;
            while (fits > 1 && typeface.WidthOf(word[..fits], size) > width)
                fits--;
            yield return word[..fits];
            word = word[fits..];
        }

        yield return word;
    }

    private void BeginPage()
    {
        _pages.Add(_document.AddPage(PageSize.A4));
        Y = Top;
    }
}
