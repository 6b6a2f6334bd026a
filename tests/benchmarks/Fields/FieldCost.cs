using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.LocalPostgres;
using Platform.Records.V1;
using Spectre.Console;

namespace Platform.Benchmarks.Fields;

/// <summary>Lists over a million people, and over a million records of an object, with filters and orders by custom fields: through the service's door, beside SQL with the same index.</summary>
internal static class FieldCost
{
    private const int Rows = 1_000_000;
    private const int Calls = 300;

    public static async Task<int> RunAsync(string postgres, TimeSpan length, CancellationToken cancellationToken)
    {
        Environment.SetEnvironmentVariable(TestPostgres.Variable, postgres);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("list of 50", "people, ms", "SQL, ms", "times", "records, ms", "SQL, ms", "times");
        var (people, records) = (await PeopleAsync(cancellationToken), await RecordsAsync(cancellationToken));
        foreach (var (ofPeople, ofRecords) in people.Zip(records))
            table.AddRow(ofPeople.Name, $"{ofPeople.Door:0.00}", $"{ofPeople.Sql:0.00}", $"{ofPeople.Ratio:0.0}", $"{ofRecords.Door:0.00}", $"{ofRecords.Sql:0.00}", $"{ofRecords.Ratio:0.0}");
        AnsiConsole.Write(table);
        return 0;
    }

    private static async Task<List<ListTimes>> PeopleAsync(CancellationToken cancellationToken)
    {
        await using var service = new MeasuredContacts();
        await service.InitializeAsync();
        var tenant = Guid.CreateVersion7();
        service.Fields.Set(tenant, MillionRows.People.Fields);
        await MillionRows.People.FillAsync(service.Database.Owner, tenant, Rows, cancellationToken);
        var client = new PeopleService.PeopleServiceClient(service.GrpcFor(tenant, "contacts.read"));
        return await FieldLists.MeasureAsync(MillionRows.People, Rows, tenant, service.Database.Owner, AskAsync, Calls, cancellationToken);

        async Task<(int Rows, string Next)> AskAsync(string filter, string orderBy, int size, string token)
        {
            var page = await client.ListPeopleAsync(new ListPeopleRequest { Filter = filter, OrderBy = orderBy, PageSize = size, PageToken = token }, cancellationToken: cancellationToken);
            return (page.People.Count, page.NextPageToken);
        }
    }

    private static async Task<List<ListTimes>> RecordsAsync(CancellationToken cancellationToken)
    {
        await using var service = new MeasuredRecords();
        await service.InitializeAsync();
        var tenant = Guid.CreateVersion7();
        var kind = new ObjectType { Id = $"{Guid.CreateVersion7()}", Key = "machine", PluralKey = "machines", Label = "Machine", PluralLabel = "Machines", Resource = MillionRows.Machines.Resource };
        service.Fields.SetObjects(tenant, [kind], MillionRows.Machines.Fields);
        await MillionRows.Machines.FillAsync(service.Database.Owner, tenant, Rows, cancellationToken);
        var client = new RecordsService.RecordsServiceClient(service.GrpcFor(tenant, "records.read"));
        return await FieldLists.MeasureAsync(MillionRows.Machines, Rows, tenant, service.Database.Owner, AskAsync, Calls, cancellationToken);

        async Task<(int Rows, string Next)> AskAsync(string filter, string orderBy, int size, string token)
        {
            var page = await client.ListRecordsAsync(new ListRecordsRequest { Object = "machines", Filter = filter, OrderBy = orderBy, PageSize = size, PageToken = token }, cancellationToken: cancellationToken);
            return (page.Records.Count, page.NextPageToken);
        }
    }
}
