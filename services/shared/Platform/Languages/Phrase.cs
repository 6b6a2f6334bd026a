using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Platform.Languages;

/// <summary>
/// A sentence with its parts apart from its words, which are its name in the other languages: <c>$"At most {limit} characters."</c> is
/// <c>At most {0} characters.</c> and a number. Made by the compiler where <see cref="Wording.Say(Phrase)"/> is called.
/// </summary>
/// <param name="literalLength">How long the words are.</param>
/// <param name="formattedCount">How many parts there are.</param>
[InterpolatedStringHandler]
public sealed class Phrase(int literalLength, int formattedCount)
{
    private static readonly CultureInfo Spaced = new("") { NumberFormat = new NumberFormatInfo { NumberGroupSeparator = "\u00a0" } };

    private readonly StringBuilder _words = new(literalLength + (formattedCount * 3));
    private readonly List<object?> _parts = new(formattedCount);

    /// <summary>Takes words.</summary>
    public void AppendLiteral(string text) => _words.Append(text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    /// <summary>Takes a part.</summary>
    public void AppendFormatted<T>(T value) => Append(value);

    /// <summary>Takes a part that is written in a form of its own, which is the same in all languages but for what stands between thousands.</summary>
    public void AppendFormatted<T>(T value, string format)
        where T : IFormattable => Append(value.ToString(format, SpokenLanguage.Current == SpokenLanguage.Default ? CultureInfo.InvariantCulture : Spaced));

    /// <summary>The words, with the places of the parts.</summary>
    internal string Words => _words.ToString();

    /// <summary>The sentence in other words.</summary>
    internal string In(string words) => string.Format(CultureInfo.InvariantCulture, words, [.. _parts]);

    private void Append(object? part)
    {
        _words.Append('{').Append(_parts.Count).Append('}');
        _parts.Add(part);
    }
}
