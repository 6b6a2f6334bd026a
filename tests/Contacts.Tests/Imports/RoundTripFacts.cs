using System.Buffers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Google.Protobuf;
using Platform.Contacts.V1;
using Platform.Exporting;
using Platform.Importing.Reading;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Imports;

public sealed class RoundTripFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\"\r\n,;\t");

    private static readonly Gen<string> Text = Gen.String[Gen.Frequency((6, Gen.Char['a', 'z']), (2, Gen.Char['А', 'я']), (1, Gen.OneOf('"', ',', ';', '\t', ' ', '\n', '=', 'ß', '€', '\''))), 0, 30];

    private static readonly Gen<(char Separator, string End, bool Quoted)> Style = Gen.Select(Gen.OneOf(',', ';', '\t'), Gen.OneOf("\n", "\r\n", "\r"), Gen.Bool);

    /// <summary>Reading is the inverse of writing, whatever the text, the separator, the line ends and the pieces.</summary>
    [Fact]
    public async Task Records_are_read_as_they_were_written() =>
        await Gen.Select(Style, Text.Array[3].Array[1, 20], Gen.Int[1, 64]).SampleAsync(async (style, rows, piece) =>
        {
            var file = Encoding.UTF8.GetBytes(string.Concat(rows.Select(row => Write(row, style) + style.End)));
            var read = new List<string[]>();
            var reader = new RecordReader(await TextSource.OpenAsync(Pieces(file, piece), EncodingUnderTest, default)) { Separator = style.Separator, Columns = 3 };
            while (await reader.ReadAsync(default) is { } record)
                read.Add(CsvFields.Split(record.Text, style.Separator));
            Assert.Equal(rows, read);
        }, iter: 500);

    [Fact]
    public async Task People_are_stored_as_they_were_written() =>
        await Gen.Select(Style, Gen.Select(Text, Text, Text).Array[1, 40]).SampleAsync(async (style, rows) =>
        {
            var tenant = Guid.CreateVersion7();
            var file = Encoding.UTF8.GetBytes(string.Concat(rows.Select((row, i) => Write([$"{i}", row.Item1, row.Item2, row.Item3], style) + style.End).Prepend(Write(["Last name", "First name", "Job title", "Phone"], style) + style.End)));
            var summary = await Upload.RestAsync(contacts.Rest(tenant), file);
            Assert.Equal((rows.Length, 0), (summary.PeopleCreated, summary.RowsRejected));
            var list = await contacts.People(tenant).ListPeopleAsync(new ListPeopleRequest { PageSize = 200 }, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(
                rows.Select((row, i) => ($"{i}", Csv.Plain(row.Item1).Trim(), Csv.Plain(row.Item2).Trim(), Csv.Plain(row.Item3).Trim())).Order(),
                list.People.Select(person => (person.LastName, person.FirstName, person.JobTitle, person.Phone)).Order());
        }, iter: 20, threads: 1);

    /// <summary>What exports write in front of a formula is no part of the value, whoever writes the file again.</summary>
    [Fact]
    public async Task Values_that_begin_like_formulas_come_back_as_exports_wrote_them()
    {
        var tenant = Guid.CreateVersion7();
        string[] phones = ["+49 30 123456", "'+49 30 2", "-5", "=1+1", "@home", "'90s", "'", "O'Neil"];
        var file = Encoding.UTF8.GetBytes(string.Concat(phones.Select((phone, i) => $"{i},{Csv.Text(phone)}{Csv.LineEnd}").Prepend($"Last name,{Csv.Text("=Phone")}{Csv.LineEnd}")));
        var summary = await Upload.RestAsync(contacts.Rest(tenant), file);
        Assert.Equal((phones.Length, 0), (summary.PeopleCreated, summary.RowsRejected));
        var list = await contacts.People(tenant).ListPeopleAsync(new ListPeopleRequest { PageSize = 200 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(phones, list.People.OrderBy(person => person.LastName, StringComparer.Ordinal).Select(person => person.Phone));
    }

    [Theory]
    [InlineData("people", "contacts.person")]
    [InlineData("companies", "contacts.company")]
    [InlineData("leads", "contacts.lead")]
    public async Task Custom_fields_of_all_types_come_back_as_they_were_exported(string target, string resource)
    {
        var (tenant, token, values) = (Guid.CreateVersion7(), TestContext.Current.CancellationToken, EveryField.Values("deals.deal"));
        contacts.Fields.Set(tenant, EveryField.Of(resource, "deals.deal"));
        using var rest = contacts.RestFor(tenant, "contacts.read", "contacts.write", "contacts.import", "contacts.export", "metadata.confidential");
        var record = new JsonObject { [target == "companies" ? "name" : "lastName"] = "Stone", ["email"] = "s@x.example", ["customFields"] = JsonNode.Parse(JsonFormatter.Default.Format(values)) };
        using var made = await rest.PostAsJsonAsync($"/api/v1/contacts/{target}", record, token);
        var text = await made.Content.ReadAsStringAsync(token);
        Assert.True(made.IsSuccessStatusCode, text);
        var (before, id) = (JsonNode.Parse(text)!["customFields"], $"{JsonNode.Parse(text)!["id"]}");
        foreach (var (format, mediaType) in new[] { ("csv", "text/csv"), ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") })
        {
            var file = await rest.GetByteArrayAsync(new Uri($"/api/v1/contacts/{target}:export?format={format}", UriKind.Relative), token);
            using var deleted = await rest.DeleteAsync(new Uri($"/api/v1/contacts/{target}/{id}", UriKind.Relative), token);
            Assert.True(deleted.IsSuccessStatusCode);
            var summary = await Upload.RestAsync(rest, file, $"?target={target}", mediaType);
            Assert.True(summary is { RowsRejected: 0, RowsRead: 1 }, $"{summary}");
            var listed = JsonNode.Parse(await rest.GetStringAsync(new Uri($"/api/v1/contacts/{target}", UriKind.Relative), token))![target]!.AsArray();
            var again = Assert.Single(listed)!;
            Assert.True(JsonNode.DeepEquals(before, again["customFields"]), $"{format}: {again["customFields"]} and not {before}");
            id = $"{again["id"]}";
        }
    }

    private static Encoding EncodingUnderTest => EncodingGuess.Utf8;

    private static LimitedContent Pieces(byte[] file, int size)
    {
        var at = 0;
        return new LimitedContent((buffer, _) =>
        {
            var count = Math.Min(Math.Min(size, buffer.Length), file.Length - at);
            file.AsMemory(at, count).CopyTo(buffer);
            at += count;
            return ValueTask.FromResult(count);
        });
    }

    private static string Write(string[] row, (char Separator, string End, bool Quoted) style) => string.Join(style.Separator, row.Select(field =>
        style.Quoted || field.Length == 0 || field.AsSpan().IndexOfAny(Special) >= 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field));
}
