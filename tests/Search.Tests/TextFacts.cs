using Platform.Search.Texts;
using Xunit;

namespace Search.Tests;

public sealed class TextFacts
{
    [Theory]
    [InlineData("Anna-Maria O'Neil", "anna|maria|o|neil")]
    [InlineData("Ёжик, ÉCOLE; Straße", "ежик|ecole|strasse")]
    [InlineData("a.b@c-d.example", "a|b|c|d|example")]
    [InlineData("и\u0306од e\u0301te", "йод|ete")]
    [InlineData("  \u0000 … ", "")]
    public void Texts_are_cut_into_words(string text, string words) => Assert.Equal(words, string.Join('|', Words.Of(text).Select(token => token.Word)));

    [Fact]
    public void A_word_knows_its_place_in_the_text()
    {
        const string text = "🎄 Ёлка\ud800 и ель";
        Assert.Equal(["Ёлка", "и", "ель"], Words.Of(text).Select(token => text.Substring(token.Start, token.Length)));
        var endless = new string('x', 500);
        var token = Assert.Single(Words.Of(endless));
        Assert.Equal((Words.MaxLength, 500), (token.Word.Length, token.Length));
    }

    [Fact]
    public void A_key_is_never_cut_within_a_character()
    {
        var beginning = new string('x', Words.MaxLength - 1);
        Assert.Equal(Keys.Sign + beginning, Keys.OfText(beginning + "🎄"));
        Assert.Equal(Keys.Sign + beginning + "y", Keys.OfText(beginning + "yz"));
    }

    [Theory]
    [InlineData("smirnov", "smirnova", true)]
    [InlineData("smrinova", "smirnova", true)]
    [InlineData("smirnva", "smirnova", true)]
    [InlineData("smrin", "smirnova", true)]
    [InlineData("anna", "hanna", true)]
    [InlineData("anna", "inga", false)]
    [InlineData("ann", "anne", false)]
    [InlineData("smirnova", "simonov", false)]
    public void Words_are_close_where_few_letters_differ(string typed, string known, bool close) => Assert.Equal(close, Closeness.Means(typed, known));

    [Theory]
    [InlineData("+7 (916) 123-45-67", "=9161234567")]
    [InlineData("8 916 1234567", "=9161234567")]
    [InlineData("1234", null)]
    [InlineData("INV-2026", null)]
    public void Phones_are_compared_by_their_digits(string written, string? key) => Assert.Equal(key, Keys.OfPhone(written));
}
