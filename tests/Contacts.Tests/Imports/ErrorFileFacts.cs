using System.Net;
using System.Text;
using ExcelDataReader;
using Grpc.Core;
using Platform.Contacts.V1;
using SpreadCheetah;
using Xunit;
using static Contacts.Tests.Imports.Workbooks;

namespace Contacts.Tests.Imports;

/// <summary>Rejected rows come back as a file of the kind that came, each as it stood, with what is wrong behind it.</summary>
public sealed class ErrorFileFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    static ErrorFileFacts() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public async Task Of_a_workbook_it_is_a_workbook_and_comes_in_again_when_it_is_mended()
    {
        var book = await OfAsync(
            Texts("Last name", "E-mail", "Phone", "Country"),
            [new("Good"), new("good@x.example"), default, default],
            [new("=Bad"), new("nobody"), new(4915112345678), default],
            [new("Far"), new("far@x.example"), new(new DateTime(2026, 5, 31)), new("Atlantis")]);
        var (type, file) = await FileAsync(book, Xlsx);
        Assert.Equal(Xlsx, type);
        var rows = Rows(file);
        Assert.Equal(["Last name", "E-mail", "Phone", "Country", "What is wrong"], rows[0]);
        Assert.Equal(["=Bad", "nobody", "4915112345678", ""], rows[1][..4]);
        Assert.StartsWith("E-mail: INVALID_EMAIL: ", rows[1][4], StringComparison.Ordinal);
        Assert.Equal(["Far", "far@x.example", "2026-05-31", "Atlantis"], rows[2][..4]);
        Assert.StartsWith("Country: INVALID_COUNTRY: ", rows[2][4], StringComparison.Ordinal);
        Assert.Equal(3, rows.Count);
        // One row is mended; of the other it is told anew, in the same column.
        rows[1][1] = "bad@x.example";
        var (_, again) = await FileAsync(await OfAsync([.. rows.Select(row => Texts([.. row]))]), Xlsx);
        Assert.Equal(["What is wrong", "Far"], new[] { Rows(again)[0][4], Rows(again)[1][0] });
        Assert.Equal((2, 5), (Rows(again).Count, Rows(again)[1].Count));
        Assert.Equal(["=Bad", "Good"], (await contacts.People(_tenant).ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People.Select(person => person.LastName).Order());
    }

    [Theory]
    [InlineData("windows-1251", false, "Имя;E-mail;Телефон")]
    [InlineData("utf-8", true, "Имя;E-mail;Телефон")]
    [InlineData("utf-16", true, "sep=|\r\nИмя|E-mail|Телефон")]
    public async Task Of_a_text_it_has_its_encoding_and_its_separator(string name, bool hasMark, string header)
    {
        var encoding = Encoding.GetEncoding(name);
        var separator = header.Contains('|', StringComparison.Ordinal) ? '|' : ';';
        var text = $"{header}\r\nЛена{separator}никто{separator}\"а{separator}б\"\r\nЖанна Щукина{separator}zhanna@x.example{separator}1\r\nОлег{separator}никто{separator}'+49\r\n";
        var (type, file) = await FileAsync([.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)], "text/csv");
        Assert.Equal($"text/csv; charset={name}", type);
        Assert.Equal(hasMark, file.AsSpan().StartsWith(encoding.GetPreamble()) && encoding.GetPreamble().Length > 0);
        var lines = encoding.GetString(file.AsSpan(hasMark ? encoding.GetPreamble().Length : 0)).Split("\r\n");
        Assert.Equal($"{header}{separator}What is wrong", string.Join("\r\n", lines[..^3]));
        Assert.StartsWith($"Лена{separator}никто{separator}\"а{separator}б\"{separator}", lines[^3], StringComparison.Ordinal);
        Assert.StartsWith($"Олег{separator}никто{separator}\"'+49\"{separator}", lines[^2], StringComparison.Ordinal);
        Assert.All(lines[^3..^1], line => Assert.Contains("E-mail: INVALID_EMAIL: ", line, StringComparison.Ordinal));
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public async Task It_comes_before_the_summary_in_pieces_of_rows_that_are_wrong_in_any_way_and_only_for_whom_it_is_wanted()
    {
        await contacts.Companies(_tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Acme", Phone = "+49 30 1234567" } }, cancellationToken: Token);
        var file = Upload.Utf8("Name,E-mail,Phone", "Acme Inc,a@x.example,+49 30 1234567", "Short", "\"Open,b@x.example,1", "Fine,c@x.example,", "Bad,nobody,");
        var messages = await SendAsync(new ImportOptions { Target = ImportTarget.Companies, Duplicates = ImportDuplicates.Skip, ErrorFile = true, DryRun = true });
        Assert.Equal(ImportContactsResponse.MessageOneofCase.Summary, messages[^1].MessageCase);
        var text = Encoding.UTF8.GetString([.. messages.Where(message => message.ErrorFile is not null).SelectMany(message => message.ErrorFile.Content)]);
        Assert.Equal(4, messages[^1].Summary.RowsRejected);
        foreach (var (row, code) in new[] { ("Acme Inc,a@x.example,\"'+49 30 1234567\",", "DUPLICATE"), ("Short,,,", "WRONG_FIELD_COUNT"), ("Bad,nobody,,", "INVALID_EMAIL"), ("b@x.example,1\",,,", "BROKEN_QUOTES") })
            Assert.Contains(text.Split("\r\n"), line => line.Contains(row, StringComparison.Ordinal) && line.Contains(code, StringComparison.Ordinal));
        Assert.DoesNotContain(await SendAsync(new ImportOptions { Target = ImportTarget.Companies, DryRun = true }), message => message.ErrorFile is not null);
        using var fine = await Upload.SendAsync(contacts.Rest(_tenant), Upload.Utf8("Name", "Fine"), "?errorFile=true&dryRun=true");
        Assert.Equal("application/json", fine.Content.Headers.ContentType?.MediaType);
        using var wrong = await Upload.SendAsync(contacts.Rest(_tenant), Upload.Utf8("Name", "Fine"), "?errorFile=xlsx");
        await Expect.ProblemAsync(wrong, HttpStatusCode.BadRequest, "INVALID_ARGUMENT");

        async Task<List<ImportContactsResponse>> SendAsync(ImportOptions options)
        {
            using var call = contacts.Imports(_tenant).ImportContacts(cancellationToken: Token);
            await call.RequestStream.WriteAsync(new ImportContactsRequest { Options = options, Content = Google.Protobuf.ByteString.CopyFrom(file) }, Token);
            await call.RequestStream.CompleteAsync();
            return await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);
        }
    }

    private async Task<(string Type, byte[] File)> FileAsync(byte[] file, string mediaType)
    {
        using var answer = await Upload.SendAsync(contacts.Rest(_tenant), file, "?errorFile=true", mediaType);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return ($"{answer.Content.Headers.ContentType}", await answer.Content.ReadAsByteArrayAsync(Token));
    }

    private static List<List<string>> Rows(byte[] book)
    {
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(book));
        var rows = new List<List<string>>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column)?.ToString() ?? "")]);
        return rows;
    }
}
