using Platform.Benchmarks.Fields;
using Platform.Contacts.V1;
using Xunit;

namespace Contacts.Tests.CustomFields;

/// <summary>Lists over a million people with filters and orders by custom fields, beside SQL with the same index, in one run.</summary>
[Trait("category", "long")]
public sealed class MillionRowFacts(ContactsFixture contacts, ITestOutputHelper output) : IClassFixture<ContactsFixture>
{
    private const int Rows = 1_000_000;
    private const int Calls = 200;

    // A call costs about as much whatever it finds: where SQL has nothing to do but to find one row, that alone is more.
    private const double MostTimes = 3;
    private const double Call = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_takes_at_most_three_times_what_its_SQL_takes()
    {
        var tenant = Guid.CreateVersion7();
        contacts.Fields.Set(tenant, MillionRows.People.Fields);
        await MillionRows.People.FillAsync(contacts.Database.Owner, tenant, Rows, Token);
        var measured = await FieldLists.MeasureAsync(MillionRows.People, Rows, tenant, contacts.Database.Owner, AskAsync, Calls, Token);
        foreach (var times in measured)
            output.WriteLine($"{times.Name}: {times.Door:0.00} ms, SQL {times.Sql:0.00} ms: {times.Ratio:0.0} times");
        Assert.All(measured, times => Assert.True(times.Door < (times.Sql * MostTimes) + Call, $"{times.Name}: {times.Door:0.00} ms, SQL {times.Sql:0.00} ms"));

        async Task<(int Rows, string Next)> AskAsync(string filter, string orderBy, int size, string token)
        {
            var page = await contacts.People(tenant).ListPeopleAsync(new ListPeopleRequest { Filter = filter, OrderBy = orderBy, PageSize = size, PageToken = token }, cancellationToken: Token);
            return (page.People.Count, page.NextPageToken);
        }
    }
}
