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
}
