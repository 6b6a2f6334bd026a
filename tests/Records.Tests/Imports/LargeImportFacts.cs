using System.Diagnostics;
using System.Text;
using Platform.CustomFields.V1;
using Xunit;

namespace Records.Tests.Imports;

public sealed class LargeImportFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private const int Rows = 10_000;

    [Fact]
    [Trait("category", "long")]
    public async Task Ten_thousand_rows_come_in_and_the_same_file_changes_nothing()
    {
        var code = RecordsFixture.Of("code", FieldType.Text, unique: true);
        var tenant = records.CompanyWithMachines(code, RecordsFixture.Of("power", FieldType.Number), RecordsFixture.Of("bought", FieldType.Date), RecordsFixture.Of("price", FieldType.Money));
        await records.DeliverAsync(tenant, new FieldsChanged { Version = 2, Field = code });
        var file = new StringBuilder("Name,Code,Power,Bought,Price\n");
        for (var i = 0; i < Rows; i++)
            file.Append(FormattableString.Invariant($"Machine {i},C{i},{i % 300},2026-05-{(i % 28) + 1:00},{i % 90}.50 EUR\n"));
        using var rest = records.RestOf(tenant);
        rest.Timeout = TimeSpan.FromMinutes(5);
        foreach (var created in new[] { Rows, 0 })
        {
            var started = Stopwatch.GetTimestamp();
            var summary = await Upload.RestAsync(rest, Encoding.UTF8.GetBytes(file.ToString()));
            TestContext.Current.SendDiagnosticMessage("{0} rows, {1} of them new, in {2:0.0} s", Rows, created, Stopwatch.GetElapsedTime(started).TotalSeconds);
            Assert.Equal((created, Rows - created, 0L), (summary.RecordsCreated, summary.RowsUnchanged, summary.RowsRejected));
        }
    }
}
