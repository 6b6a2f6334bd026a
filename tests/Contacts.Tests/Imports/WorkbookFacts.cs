using System.IO.Compression;
using System.Net;
using Google.Protobuf.WellKnownTypes;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using SpreadCheetah;
using SpreadCheetah.Worksheets;
using Xunit;
using static Contacts.Tests.Imports.Workbooks;
using Field = Platform.CustomFields.V1.Field;

namespace Contacts.Tests.Imports;

public sealed class WorkbookFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_of_a_workbook_become_people_and_numbers_and_dates_are_what_was_meant()
    {
        contacts.Fields.Set(_tenant, Of("since", FieldType.Date), Of("seen", FieldType.Instant), Of("size", FieldType.Decimal), Of("vip", FieldType.Boolean));
        var file = await OfAsync(
            Texts(" Last name ", "E-mail", "Phone", "since", "seen", "size", "vip"),
            [new("Hoffmann"), new("lena@x.example"), new(4915112345678), new(new DateTime(2024, 2, 29)), new(new DateTime(2026, 5, 31, 13, 45, 10)), new(12.1), new(true)],
            Texts("", "", ""),
            Texts("Weiß", "=HYPERLINK(1)"),
            [new("Schmidt"), new("max@x.example"), default, default, new(new DateTime(2026, 5, 31))]);
        var summary = await Upload.RestAsync(contacts.Rest(_tenant), file, mediaType: Xlsx);
        Assert.Equal([(4L, "E-mail", "INVALID_EMAIL", "")], summary.Errors.Select(error => (error.Line, error.Column, error.Code, error.Code == "INVALID_EMAIL" ? "" : error.Message)));
        Assert.Equal((3L, 2L, 1L), (summary.RowsRead, summary.PeopleCreated, summary.RowsRejected));
        var lena = await FindAsync("lena@x.example");
        Assert.Equal("4915112345678", lena.Phone);
        Assert.Equal(
            Struct.Parser.ParseJson("""{"since":"2024-02-29","seen":"2026-05-31T13:45:10.000000Z","size":"12.1","vip":true}"""),
            lena.CustomFields);
        Assert.Equal("2026-05-31T00:00:00.000000Z", (await FindAsync("max@x.example")).CustomFields.Fields["seen"].StringValue);
    }

    [Fact]
    public async Task A_number_of_a_workbook_has_all_its_digits()
    {
        await Upload.RestAsync(contacts.Rest(_tenant), await OfAsync(
            Texts("Last name", "E-mail", "Phone", "Job title"), [new("Long"), new("long@x.example"), new(1234567890123456d), new(0.0000123456789012345)], [new("Huge"), new("huge@x.example"), new(12345678901234567890d), new(1.5E+300)]), mediaType: Xlsx);
        var (person, huge) = (await FindAsync("long@x.example"), await FindAsync("huge@x.example"));
        Assert.Equal(("1234567890123456", "0.0000123456789012345"), (person.Phone, person.JobTitle));
        Assert.Equal(("12345678901234567000", "1.5E+300"), (huge.Phone, huge.JobTitle));
    }

    [Fact]
    public async Task The_first_visible_sheet_with_rows_counts_or_the_one_that_is_named()
    {
        var file = await OfAsync(
            ("Secret", WorksheetVisibility.Hidden, [Texts("Name", "E-mail"), Texts("Hidden", "hidden@x.example")]),
            ("Cover", WorksheetVisibility.Visible, []),
            ("One", WorksheetVisibility.Visible, [Texts("Name", "E-mail"), Texts("One", "one@x.example")]),
            ("Two", WorksheetVisibility.Visible, [Texts("Name", "E-mail"), Texts("Two", "two@x.example")]));
        await Upload.RestAsync(contacts.Rest(_tenant), file, mediaType: Xlsx);
        await Upload.RestAsync(contacts.Rest(_tenant), file, "?sheet=two", Xlsx);
        Assert.Equal(["one@x.example", "two@x.example"], (await AllAsync()).Select(person => person.Email).Order());
        using var response = await Upload.SendAsync(contacts.Rest(_tenant), file, "?sheet=Three", Xlsx);
        await IsRefusedAsync(response, HttpStatusCode.BadRequest, "NO_SUCH_SHEET", "'One', 'Two'");
        using var text = await Upload.SendAsync(contacts.Rest(_tenant), Upload.Utf8("Name", "X"), "?sheet=One");
        await IsRefusedAsync(text, HttpStatusCode.BadRequest, "NO_SUCH_SHEET", "Only a workbook");
    }

    /// <summary>Who is to say what columns mean sees them, also where nobody knows one of them, and nothing is read twice or lost by it.</summary>
    [Fact]
    public async Task What_a_file_begins_with_is_told_first_whatever_becomes_of_it()
    {
        var file = await OfAsync([Texts(" Wer ", "", "Wohin"), .. Enumerable.Range(1, 7).Select(i => Texts($"P{i}", i == 2 ? "#N/A" : new string('x', 300), $"p{i}@x.example"))]);
        using var refused = await Upload.SendAsync(contacts.Rest(_tenant), file, "?header=true&dryRun=true", Xlsx, "application/x-ndjson");
        var told = (await refused.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("\"MISSING_COLUMNS\"", told[1], StringComparison.Ordinal);
        var header = Google.Protobuf.JsonParser.Default.Parse<ImportContactsResponse>(told[0]).Header;
        Assert.Equal(["Wer", "", "Wohin"], header.Columns);
        Assert.Equal([2L, 3, 4, 5, 6], header.Rows.Select(row => row.Line));
        Assert.Equal(["P1", new string('x', 200), "p1@x.example"], header.Rows[0].Cells);
        Assert.Equal("#N/A", header.Rows[1].Cells[1]);

        using var taken = await Upload.SendAsync(contacts.Rest(_tenant), file, "?header=true&column=Wer:name&column=Wohin:e-mail", Xlsx, "application/x-ndjson");
        var last = (await taken.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        var summary = Google.Protobuf.JsonParser.Default.Parse<ImportContactsResponse>(last).Summary;
        Assert.Equal((7L, 1L, 6L), (summary.RowsRead, summary.RowsRejected, summary.PeopleCreated));
        // Without lines the answer is what it is without: the summary alone.
        Assert.Equal(7, (await Upload.RestAsync(contacts.Rest(_tenant), file, "?header=true&dryRun=true&column=Wer:name", Xlsx)).RowsRead);
    }

    [Fact]
    public async Task A_cell_with_an_error_costs_its_row()
    {
        var summary = await Upload.RestAsync(contacts.Rest(_tenant), await OfAsync(Texts("Name", "Job title"), Texts("Good", "x"), Texts("Bad", "#N/A"), Texts("Wide", "x", "y")), mediaType: Xlsx);
        Assert.Equal(
            [(3L, "Job title", "CELL_ERROR"), (4L, "", "WRONG_FIELD_COUNT")],
            summary.Errors.Select(error => (error.Line, error.Column, error.Code)));
        Assert.Equal(1, summary.PeopleCreated);
    }

    [Fact]
    public async Task A_workbook_comes_over_grpc_in_pieces_of_any_size()
    {
        var file = await OfAsync([Texts("Last name", "E-mail"), .. Enumerable.Range(0, 1200).Select(i => Texts($"Person {i}", $"p{i}@x.example"))]);
        var messages = await Upload.GrpcAsync(contacts.Imports(_tenant), file, ImportTarget.People, piece: 3);
        Assert.Equal((1200L, 1200L), (messages[^1].Summary.RowsRead, messages[^1].Summary.PeopleCreated));
    }

    [Fact]
    public async Task What_is_no_workbook_is_refused_whole()
    {
        var whole = await OfAsync([Texts("Last name", "E-mail"), .. Enumerable.Range(0, 3000).Select(i => Texts($"Person {i}", $"{Guid.NewGuid()}@x.example"))]);
        (byte[] File, HttpStatusCode Status, string Code)[] files =
        [
            (whole[..(whole.Length / 2)], HttpStatusCode.BadRequest, "BROKEN_WORKBOOK"),
            (Zip(("notes.txt", 10)), HttpStatusCode.BadRequest, "NOT_TEXT"),
            (Zip(("xl/workbook.xml", 10)), HttpStatusCode.BadRequest, "BROKEN_WORKBOOK"),
            (Zip(("xl/sharedStrings.xml", 300)), HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE"),
            (Zip(("XL/SharedStrings.xml", 300)), HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE"),
            (Zip(("xl\\SHAREDSTRINGS.XML", 300)), HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]], HttpStatusCode.BadRequest, "BROKEN_WORKBOOK"),
            (await OfAsync(Texts("", "")), HttpStatusCode.BadRequest, "EMPTY_FILE"),
            (await OfAsync(Texts("Shoe size"), Texts("44")), HttpStatusCode.BadRequest, "MISSING_COLUMNS"),
        ];
        foreach (var (file, status, code) in files)
        {
            using var response = await Upload.SendAsync(contacts.Rest(_tenant), file, mediaType: Xlsx);
            await IsRefusedAsync(response, status, code, "");
        }

        Assert.Empty(await AllAsync());
    }

    /// <summary>What was taken out as a workbook comes in again as it was.</summary>
    [Fact]
    public async Task An_exported_workbook_says_the_same_when_it_is_imported()
    {
        contacts.Fields.Set(_tenant, Of("since", FieldType.Date), Of("seen", FieldType.Instant), Of("size", FieldType.Decimal), Of("price", FieldType.Money), Of("vip", FieldType.Boolean), Of("code", FieldType.Text));
        var values = Struct.Parser.ParseJson("""{"since":"1965-03-01","seen":"2026-05-31T13:45:10.000000Z","size":"-12.125","price":{"amount":"99999999999999.95","currency":"EUR"},"vip":false,"code":"007"}""");
        var person = new Person { FirstName = "=1+1", LastName = "Ünal\nLine", Email = "u@x.example", Phone = "+4915112345678", CustomFields = values };
        var created = await contacts.People(_tenant).CreatePersonAsync(new CreatePersonRequest { Person = person }, cancellationToken: Token);
        using var rest = contacts.RestFor(_tenant, "contacts.export");
        using var response = await rest.GetAsync(new Uri("/api/v1/contacts/people:export?format=xlsx", UriKind.Relative), Token);
        Assert.Equal(Xlsx, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("contacts.person.xlsx", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        var file = await response.Content.ReadAsByteArrayAsync(Token);

        var summary = await Upload.RestAsync(contacts.Rest(_tenant), file, mediaType: Xlsx);
        Assert.Equal((1L, 0L, "[ ]"), (summary.RowsUnchanged, summary.RowsRejected, $"{summary.Errors}"));
        await contacts.People(_tenant).DeletePersonAsync(new DeletePersonRequest { Id = created.Id }, cancellationToken: Token);
        await Upload.RestAsync(contacts.Rest(_tenant), file, mediaType: Xlsx);
        var again = await FindAsync("u@x.example");
        Assert.Equal((person.FirstName, person.LastName, person.Phone, values), (again.FirstName, again.LastName, again.Phone, again.CustomFields));
    }

    [Fact]
    public async Task An_export_may_be_lines_of_json_and_nothing_that_is_unknown()
    {
        await contacts.People(_tenant).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Lines", Email = "l@x.example" } }, cancellationToken: Token);
        using var rest = contacts.RestFor(_tenant, "contacts.export");
        var text = await rest.GetStringAsync(new Uri("/api/v1/contacts/people:export?format=ndjson", UriKind.Relative), Token);
        Assert.Equal("Lines", Person.Parser.ParseJson(Assert.Single(text.Split('\n', StringSplitOptions.RemoveEmptyEntries))).LastName);
        using var refused = await rest.GetAsync(new Uri("/api/v1/contacts/people:export?format=pdf", UriKind.Relative), Token);
        await IsRefusedAsync(refused, HttpStatusCode.BadRequest, "\"INVALID_ARGUMENT\"", "csv, xlsx or ndjson");
    }

    private static Field Of(string key, FieldType type) => new() { Key = key, Resource = "contacts.person", Label = key, Type = type };

    private static byte[] Zip((string Name, int Mebibytes) entry)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var content = archive.CreateEntry(entry.Name, CompressionLevel.Fastest).Open();
            for (var i = 0; i < entry.Mebibytes; i++)
                content.Write(new byte[1024 * 1024]);
        }

        return file.ToArray();
    }

    private static async Task IsRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code, string part)
    {
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == status, text);
        Assert.Contains(code, text, StringComparison.Ordinal);
        Assert.Contains(part, System.Text.RegularExpressions.Regex.Unescape(text), StringComparison.Ordinal);
    }

    private async Task<Person> FindAsync(string email) => Assert.Single(await AllAsync(), person => person.Email == email);

    private async Task<IEnumerable<Person>> AllAsync() =>
        (await contacts.People(_tenant).ListPeopleAsync(new ListPeopleRequest { PageSize = 200 }, cancellationToken: Token)).People;
}
