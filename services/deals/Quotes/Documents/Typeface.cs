using System.Reflection;
using UglyToad.PdfPig.Fonts.TrueType;
using UglyToad.PdfPig.Fonts.TrueType.Parser;

namespace Platform.Deals.Quotes.Documents;

/// <summary>A font that is part of the service, with Latin, Greek and Cyrillic letters; documents embed what they use of it.</summary>
internal sealed class Typeface
{
    private const char Unknown = '?';

    private readonly TrueTypeFont _font;
    private readonly double _unitsPerEm;

    private Typeface(byte[] file)
    {
        File = file;
        _font = TrueTypeFontParser.Parse(new TrueTypeDataBytes(file));
        _unitsPerEm = _font.GetUnitsPerEm();
    }

    public static Typeface Regular { get; } = Load("DejaVuSans.ttf");

    public static Typeface Bold { get; } = Load("DejaVuSans-Bold.ttf");

    public byte[] File { get; }

    /// <summary>How wide the text is, in points.</summary>
    public double WidthOf(string text, double size) => text.Sum(letter => WidthOf(letter)) * size / _unitsPerEm;

    /// <summary>The text with a question mark for each letter that the font does not have.</summary>
    public string Printable(string text) => string.Concat(text.Replace('\t', ' ').Where(letter => letter != '\r' && !char.IsLowSurrogate(letter)).Select(letter => Has(letter) ? letter : Unknown));

    private bool Has(char letter) => letter == ' ' || (_font.WindowsUnicodeCMap?.CharacterCodeToGlyphIndex(letter) is > 0 && _font.TryGetBoundingBox(letter, out _));

    private double WidthOf(char letter) => _font.TryGetAdvanceWidth(letter, out var width) ? width : 0;

    private static Typeface Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return new Typeface(memory.ToArray());
    }
}
