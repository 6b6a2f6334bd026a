using Platform.Contacts.Duplicates;
using Xunit;

namespace Contacts.Tests.Duplicates;

public sealed class MatchFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    [Theory]
    [InlineData("phone", "+49 (30) 123-45 67", "0049301234567")]
    [InlineData("name", "ACME, Inc.", "acme")]
    [InlineData("name", "Müller & Söhne GmbH & Co. KG", "Müller Söhne")]
    [InlineData("name", "ООО «Ромашка»", "Ромашка")]
    [InlineData("website", "https://www.Acme.example/about", "acme.example")]
    [InlineData("email", " Jane@Acme.example", "jane@acme.example ")]
    public void What_does_not_matter_is_left_out(string field, string left, string right) =>
        Assert.Equal(MatchTexts.Normalise(field, left), MatchTexts.Normalise(field, right));

    [Theory]
    [InlineData("Meyer")]
    [InlineData("Maier")]
    [InlineData("Schmidt")]
    [InlineData("Øystein Şahin")]
    [InlineData("Müller")]
    [InlineData("Щербаков")]
    [InlineData("Philipp")]
    [InlineData("Tietz")]
    [InlineData("Lee")]
    [InlineData("Store 1122")]
    [InlineData("123")]
    [InlineData("山田 太郎")]
    [InlineData("Ioáo")]
    [InlineData("Straße-Weiß (O'Neil)")]
    public async Task A_name_sounds_the_same_here_and_in_the_database(string name)
    {
        var stored = await contacts.Database.QueryAsync<string>($"SELECT coalesce(platform.sound_key('{name.Replace("'", "''", StringComparison.Ordinal)}'), '')");
        Assert.Equal(stored, MatchTexts.SoundOf(name));
    }

    [Fact]
    public void Names_that_sound_alike_have_one_key_and_others_do_not()
    {
        Assert.Equal(MatchTexts.SoundOf("Meyer"), MatchTexts.SoundOf("Mayr"));
        Assert.Equal(MatchTexts.SoundOf("Schmidt"), MatchTexts.SoundOf("Smit"));
        Assert.NotEqual(MatchTexts.SoundOf("Meyer"), MatchTexts.SoundOf("Keller"));
        Assert.NotEqual(MatchTexts.SoundOf("Store 1"), MatchTexts.SoundOf("Store 2"));
        Assert.Equal(MatchTexts.SoundOf("Şahin"), MatchTexts.SoundOf("Sahin"));
        Assert.Equal(MatchTexts.SoundOf("Щербаков"), MatchTexts.SoundOf("Sherbakov"));
        Assert.True(MatchTexts.Similarity("Johnson", "Jonson") > 0.4);
        Assert.Equal(0, MatchTexts.Similarity("Johnson", "Peek"));
    }
}
