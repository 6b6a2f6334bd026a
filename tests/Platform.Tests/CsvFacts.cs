using CsCheck;
using Platform.Exporting;
using Xunit;

namespace Platform.Tests;

public sealed class CsvFacts
{
    private static readonly Gen<string> Field = Gen.String[Gen.OneOf('\'', '=', '+', '-', '@', '\t', '\r', '\n', '＝', '"', ',', ' ', '4', 'a'), 0, 6];

    [Fact]
    public void A_text_is_read_as_it_was_written() => Field.Sample(text => Assert.Equal(text, Csv.Plain(Unquoted(Csv.Text(text)))));

    [Fact]
    public void No_field_begins_like_a_formula() =>
        Field.Sample(text => Assert.False("=+-@\t\r\n＝＋－＠".Contains(Unquoted(Csv.Text(text)).FirstOrDefault('a'), StringComparison.Ordinal)));

    [Theory]
    [InlineData("'+49 30 1", "+49 30 1")]
    [InlineData("''+49 30 1", "'+49 30 1")]
    [InlineData("'90s", "'90s")]
    [InlineData("'", "'")]
    [InlineData("-5", "-5")]
    [InlineData("", "")]
    public void Only_the_apostrophe_in_front_of_a_formula_is_taken_away(string field, string text) => Assert.Equal(text, Csv.Plain(field));

    private static string Unquoted(string field) => field.StartsWith('"') ? field[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : field;
}
