using System.Text;
using Platform.Contacts.V1;
using Xunit;

namespace Contacts.Tests.Imports;

public sealed class EncodingFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private const string Russian = "Имя,Фамилия,Почта\nИван,Петров,ivan@x.example\nМария,Сидорова,maria@x.example\n";
    private const string German = "Vorname,Nachname,E-Mail\nJürgen,Müller,jm@x.example\nBjörn,Groß,bg@x.example\n";
    private readonly Guid _tenant = Guid.CreateVersion7();

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("windows-1251", false)]
    public async Task Russian_text_is_read_in_its_encoding(string encoding, bool mark) => await ReadsAsync(encoding, mark, Russian, "Петров", "Сидорова");

    [Theory]
    [InlineData("windows-1252", false)]
    [InlineData("iso-8859-1", false)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    public async Task German_text_is_read_in_its_encoding(string encoding, bool mark) => await ReadsAsync(encoding, mark, German, "Müller", "Groß");

    [Fact]
    public async Task A_long_file_of_Windows_1251_is_read_to_its_end()
    {
        var rows = Enumerable.Range(0, 50).Select(i => $"Пётр;Сидоров{i};p{i}@x.example;ЗАО «Василёк» № 5\n");
        var summary = await Upload.RestAsync(contacts.Rest(_tenant), Encode("windows-1251", false, $"Имя;Фамилия;Электронная почта;Компания\n{string.Concat(rows)}"));
        Assert.Equal((50L, 0L), (summary.PeopleCreated, summary.RowsRejected));
        Assert.Contains("Сидоров49", await LastNamesAsync());
    }

    [Theory]
    [InlineData("René,Dupont,“Chez René” – Paris")]
    [InlineData("Sean,O’Brien,Pub")]
    [InlineData("Åsa,Öberg,Företag")]
    public async Task One_row_of_a_Western_file_is_enough_to_know_it(string row)
    {
        Assert.Equal(1, (await Upload.RestAsync(contacts.Rest(_tenant), Encode("windows-1252", false, $"First name,Last name,Job title\n{row}\n"))).PeopleCreated);
        Assert.Equal([row.Split(',')[1]], await LastNamesAsync());
    }

    [Fact]
    public async Task A_declared_charset_is_believed()
    {
        var file = Encode("koi8-r", false, Russian);
        await Upload.RestAsync(contacts.Rest(_tenant), file, mediaType: "text/csv; charset=koi8-r");
        Assert.Equal(["Петров", "Сидорова"], await LastNamesAsync());
    }

    [Fact]
    public async Task A_row_that_cannot_be_decoded_is_rejected_with_its_line_and_the_others_are_kept()
    {
        byte[] file = [.. Encoding.UTF8.GetBytes("Имя,Фамилия\nИван,Петров\n"), .. "Broken,"u8, 0xFF, 0xC3, (byte)'\n', .. Encoding.UTF8.GetBytes("Мария,Сидорова\n")];
        var summary = await Upload.RestAsync(contacts.Rest(_tenant), file);
        var error = Assert.Single(summary.Errors);
        Assert.Equal((3L, "Фамилия", "INVALID_ENCODING"), (error.Line, error.Column, error.Code));
        Assert.Equal(["Петров", "Сидорова"], await LastNamesAsync());
    }

    [Fact]
    public async Task A_late_first_letter_decides_the_encoding()
    {
        var ascii = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"First{i},Last{i},mail{i}@x.example\n"));
        var file = Encode("windows-1252", false, $"Vorname,Nachname,E-Mail\n{ascii}Jürgen,Müller,jm@x.example\nBjörn,Groß,bg@x.example\nÄnne,Weiß,aw@x.example\n");
        var messages = await Upload.GrpcAsync(contacts.Imports(_tenant), file, ImportTarget.People, piece: 1_000);
        Assert.Equal((5_003L, 0L), (messages[^1].Summary.PeopleCreated, messages[^1].Summary.RowsRejected));
        Assert.Contains("Müller", await LastNamesAsync());
    }

    private async Task ReadsAsync(string encoding, bool mark, string text, params string[] lastNames)
    {
        var summary = await Upload.RestAsync(contacts.Rest(_tenant), Encode(encoding, mark, text));
        Assert.Equal((2L, 0L), (summary.PeopleCreated, summary.RowsRejected));
        Assert.Equal(lastNames.Order(StringComparer.Ordinal), (await LastNamesAsync()).Order(StringComparer.Ordinal));
    }

    private async Task<List<string>> LastNamesAsync()
    {
        var list = await contacts.People(_tenant).ListPeopleAsync(new ListPeopleRequest { PageSize = 200 }, cancellationToken: TestContext.Current.CancellationToken);
        return [.. list.People.Select(person => person.LastName).Order(StringComparer.Ordinal)];
    }

    private static byte[] Encode(string name, bool mark, string text)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        return [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
    }
}
