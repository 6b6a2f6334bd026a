using System.Net;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Platform.Contacts.V1;
using Xunit;

namespace EndToEnd.Tests;

public sealed class ImportFacts(RunningStack stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Ten_thousand_rows_come_in() => ComeInAsync(10_000);

    [Fact]
    [Trait("category", "long")]
    public Task A_hundred_thousand_rows_come_in() => ComeInAsync(100_000);

    [Fact]
    public async Task A_row_of_a_megabyte_and_a_broken_encoding_cost_only_their_own_rows()
    {
        var run = Guid.NewGuid().ToString("N")[..8];
        byte[] file =
        [
            .. Encoding.UTF8.GetBytes($"first_name,last_name,email\nÄnne,Good,a-{run}@import.example\n"),
            .. Encoding.UTF8.GetBytes($"Large,{new string('x', 1024 * 1024)},b-{run}@import.example\n"),
            .. Encoding.UTF8.GetBytes($"Олег,Good,c-{run}@import.example\nBad,"), 0xC3, 0x28, .. Encoding.UTF8.GetBytes($",d-{run}@import.example\n"),
            .. Encoding.UTF8.GetBytes($"Eve,Good,e-{run}@import.example\n"),
        ];
        var summary = await ImportAsync(file);
        Assert.Equal((3, 2), (summary.PeopleCreated, summary.RowsRejected));
        Assert.Equal([(3, "ROW_TOO_LONG"), (5, "INVALID_ENCODING")], summary.Errors.Select(error => ((int)error.Line, error.Code)));
    }

    [Fact]
    public async Task Missing_columns_are_named_and_nothing_is_imported()
    {
        using var response = await PostAsync(Encoding.UTF8.GetBytes("colour,size\nred,4\n"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal("MISSING_COLUMNS", problem.GetProperty("code").GetString());
    }

    private async Task ComeInAsync(int rows)
    {
        var run = Guid.NewGuid().ToString("N")[..8];
        var file = new StringBuilder("First name;E-mail;Last name\n");
        for (var i = 0; i < rows; i++)
            file.Append($"First {i};p{i}-{run}@import.example;Last {i}\n");
        var summary = await ImportAsync(Encoding.UTF8.GetBytes(file.ToString()));
        Assert.Equal((rows, rows, 0), (summary.RowsRead, summary.PeopleCreated, summary.RowsRejected));
    }

    private async Task<ImportSummary> ImportAsync(byte[] file)
    {
        using var response = await PostAsync(file);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonParser.Default.Parse<ImportSummary>(text);
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] file)
    {
        using var http = await stack.HttpForSamAsync();
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new("text/csv") } };
        return await http.PostAsync(new Uri("/api/v1/contacts/imports?target=people", UriKind.Relative), content, Token);
    }
}
