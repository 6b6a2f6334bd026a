using System.Diagnostics;
using System.Text;
using Platform.Contacts.V1;
using Xunit;

namespace Contacts.Tests.Imports;

public sealed class LargeImportFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private const int Rows = 100_000;

    [Fact]
    [Trait("category", "long")]
    public async Task A_hundred_thousand_rows_come_in_without_holding_them()
    {
        var tenant = Guid.CreateVersion7();
        var file = new StringBuilder("First name,Last name,E-mail,Phone,Job title,Company,City\n");
        for (var i = 0; i < Rows; i++)
            file.Append(i % 5_000 == 17 ? $"First {i},Last {i},nobody\n" : $"First {i},Last {i},person{i}@import.example,+49 30 {i},\"Buyer, region {i % 90}\",Company {i % 20_000},Nürnberg\n");
        var bytes = Encoding.UTF8.GetBytes(file.ToString());
        file.Clear();
        GC.Collect();
        var before = Environment.WorkingSet;
        var started = Stopwatch.GetTimestamp();
        var messages = await Upload.GrpcAsync(contacts.Imports(tenant), bytes, ImportTarget.People, piece: 64 * 1024);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var summary = messages[^1].Summary;
        TestContext.Current.SendDiagnosticMessage("{0} rows, {1} MB in {2:0.0} s, {3} MB more memory", Rows, bytes.Length / 1024 / 1024, elapsed.TotalSeconds, (Environment.WorkingSet - before) / 1024 / 1024);
        Assert.Equal((100_000L, 99_980L, 19_996L, 20L), (summary.RowsRead, summary.PeopleCreated, summary.CompaniesCreated, summary.RowsRejected));
        Assert.Equal(100, messages.Count(message => message.Progress is not null));
        Assert.Equal(20, messages.Count(message => message.RowError is { Code: "WRONG_FIELD_COUNT" }));
    }

    [Fact]
    [Trait("category", "long")]
    public async Task A_million_rows_come_in_in_four_minutes_with_rules_for_duplicates_and_are_taken_back_in_two()
    {
        const int Million = 1_000_000;
        var importer = new Importer(contacts);
        var file = new StringBuilder("First name,Last name,E-mail,Phone,Job title,Company,City\n");
        // As in life, names come again: the same last name 500 times, the same whole name a few times.
        for (var i = 0; i < Million; i++)
            file.Append($"{Name(i * 7919L % 1_009)},{Name(i % 1_999)},person{i}@import.example,+49 30 {i},\"Buyer, region {i % 90}\",Company {i % 200_000},Nürnberg\n");
        var bytes = Encoding.UTF8.GetBytes(file.ToString());
        file.Clear();
        var started = Stopwatch.GetTimestamp();
        var messages = await Upload.GrpcAsync(importer.Imports, bytes, ImportTarget.People, piece: 64 * 1024, duplicates: ImportDuplicates.Skip);
        var (imported, summary) = (Stopwatch.GetElapsedTime(started), messages[^1].Summary);
        started = Stopwatch.GetTimestamp();
        var undo = await importer.UndoAsync(summary.ImportId, seconds: 1_200);
        var undone = Stopwatch.GetElapsedTime(started);
        TestContext.Current.SendDiagnosticMessage("{0} rows in {1:0} s, {2} records taken back in {3:0} s", Million, imported.TotalSeconds, undo.Done, undone.TotalSeconds);
        Assert.Equal((1_000_000L, 1_000_000L, 200_000L, 0L), (summary.RowsRead, summary.PeopleCreated, summary.CompaniesCreated, summary.RowsRejected));
        Assert.Equal((1_200_000L, 0L), (undo.Deleted, undo.Kept));
        Assert.True(imported < TimeSpan.FromMinutes(4), $"The import took {imported}.");
        Assert.True(undone < TimeSpan.FromMinutes(2), $"To take it back took {undone}.");

        static string Name(long number) => string.Concat(number.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(digit => "bacedofugi"[digit - '0']).Prepend('M'));
    }
}
