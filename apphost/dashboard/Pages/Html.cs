using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Platform.Dashboard.Pages;

/// <summary>Markup. What is interpolated into it is encoded unless it is markup itself.</summary>
internal readonly record struct Html(string Value)
{
    public static readonly Html Empty = new("");

    public static Html Of(HtmlInterpolation markup) => new(markup.ToString());

    public static Html When(bool condition, HtmlInterpolation markup) => condition ? Of(markup) : Empty;

    public override string ToString() => Value;
}

[InterpolatedStringHandler]
internal readonly struct HtmlInterpolation(int literalLength, int formattedCount)
{
    // Letters of every language stand in a UTF-8 page as they are.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    private readonly StringBuilder _builder = new(literalLength + formattedCount * 16);

    public void AppendLiteral(string markup) => _builder.Append(markup);

    public void AppendFormatted(Html markup) => _builder.Append(markup.Value);

    public void AppendFormatted(IEnumerable<Html> markup)
    {
        foreach (var part in markup)
            _builder.Append(part.Value);
    }

    public void AppendFormatted(string? text) => _builder.Append(Encoder.Encode(text ?? ""));

    public void AppendFormatted(long number) => _builder.Append(CultureInfo.InvariantCulture, $"{number}");

    public void AppendFormatted(double number, string format) => _builder.Append(number.ToString(format, CultureInfo.InvariantCulture));

    public override string ToString() => _builder.ToString();
}
