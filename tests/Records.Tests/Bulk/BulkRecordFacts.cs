using Google.Protobuf.WellKnownTypes;
using Platform.Bulk.V1;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Testing;
using Xunit;
using Record = Platform.Records.V1.Record;

namespace Records.Tests.Bulk;

/// <summary>Many records of one object are worked on at once, each as though it were written alone.</summary>
public sealed class BulkRecordFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_of_one_object_are_changed_and_are_as_they_were_when_that_is_taken_back()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number), RecordsFixture.Of("serial", FieldType.Text));
        var token = TestTokens.ForPerson(tenant, Guid.CreateVersion7(), RecordsFixture.All);
        var jobs = new BulkService.BulkServiceClient(records.Grpc(token));
        var (drill, saw) = (await records.CreateAsync(tenant, "Drill", """{"power":10}"""), await records.CreateAsync(tenant, "Saw", """{"power":30}"""));
        var strong = await DoneAsync(await jobs.BulkRecordsAsync(Of(new Struct { Fields = { ["power"] = Value.ForNumber(99) } }, "custom_fields.power < 20"), cancellationToken: Token));
        Assert.Equal(("records.machine", 1L, 1L), (strong.Resource, strong.Total, strong.Done));
        Assert.Equal((99d, 30d), (await PowerAsync(drill), await PowerAsync(saw)));
        var serial = await DoneAsync(await jobs.BulkRecordsAsync(Of(new Struct { Fields = { ["serial"] = Value.ForString("S1") } }, "name:*"), cancellationToken: Token));
        Assert.Equal((2L, 2L, 0L), (serial.Total, serial.Done, serial.Failed));
        // What was deleted and is there again is what the jobs before left.
        var gone = await DoneAsync(await jobs.BulkRecordsAsync(new BulkRecordsRequest { Object = "machines", All = true, Delete = new BulkDelete() }, cancellationToken: Token));
        foreach (var job in (BulkJob[])[gone, serial, strong])
            Assert.Equal((job.Done, 0L), (await DoneAsync(await jobs.UndoBulkJobAsync(new UndoBulkJobRequest { Id = job.Id }, cancellationToken: Token))).Undo is { } undo ? (undo.Restored, undo.Kept) : default);
        foreach (var record in (Record[])[drill, saw])
            Assert.Equal(record.CustomFields, (await ReadAsync(record)).CustomFields);
        await Expect.FailsAsync("NOT_FOUND", jobs.BulkRecordsAsync(new BulkRecordsRequest { Object = "nothings", All = true, Export = new BulkExport() }, cancellationToken: Token));
        var file = await DoneAsync(await jobs.BulkRecordsAsync(new BulkRecordsRequest { Object = "machines", All = true, Export = new BulkExport { Columns = { "name", "custom_fields.power" } } }, cancellationToken: Token));
        using var rest = records.Rest(token);
        Assert.Equal("name,custom_fields.power\r\nDrill,10\r\nSaw,30\r\n", await rest.GetStringAsync(new Uri($"/api/v1/objects/bulkJobs/{file.Id}/file", UriKind.Relative), Token));

        Task<BulkJob> DoneAsync(BulkJob job) => EndedAsync(jobs, job);

        async Task<Record> ReadAsync(Record record) => await records.RecordsOf(tenant).GetRecordAsync(new GetRecordRequest { Object = "machines", Id = record.Id }, cancellationToken: Token);
        async Task<double> PowerAsync(Record record) => (await ReadAsync(record)).CustomFields.Fields["power"].NumberValue;
    }

    [Fact]
    public async Task A_value_that_one_alone_may_have_is_given_to_one_alone()
    {
        var code = RecordsFixture.Of("code", FieldType.Text, unique: true);
        var tenant = records.CompanyWithMachines(code);
        await records.DeliverAsync(tenant, new FieldsChanged { Version = 2, Field = code });
        var jobs = new BulkService.BulkServiceClient(records.Grpc(TestTokens.ForPerson(tenant, Guid.CreateVersion7(), RecordsFixture.All)));
        var (drill, saw) = (await records.CreateAsync(tenant, "Drill"), await records.CreateAsync(tenant, "Saw"));
        var job = await EndedAsync(jobs, await jobs.BulkRecordsAsync(Of(new Struct { Fields = { ["code"] = Value.ForString("one") } }, "name:*"), cancellationToken: Token));
        Assert.Equal((2L, 1L, 1L), (job.Total, job.Done, job.Failed));
        var failed = await jobs.ListBulkJobItemsAsync(new ListBulkJobItemsRequest { BulkJobId = job.Id, Outcome = BulkOutcome.Failed }, cancellationToken: Token);
        Assert.Equal("CUSTOM_FIELD_NOT_UNIQUE", Assert.Single(failed.Items).Code);
        Assert.Contains(failed.Items[0].RecordId, (string[])[drill.Id, saw.Id]);
    }

    [Fact]
    public async Task What_is_deleted_takes_along_what_its_deletion_alone_would_and_brings_it_back()
    {
        var garage = new Garage(records, RelationDeletion.Delete, ofTools: RelationDeletion.Clear, ofVisit: RelationDeletion.Restrict);
        var jobs = new BulkService.BulkServiceClient(records.Grpc(TestTokens.ForPerson(garage.Tenant, Guid.CreateVersion7(), RecordsFixture.All)));
        var (press, saw) = (await garage.MakeAsync("machines"), await garage.MakeAsync("machines"));
        var (visit, other) = (await garage.MakeAsync("visits", new { machine = press.Id }), await garage.MakeAsync("visits", new { tools = new[] { press.Id, saw.Id } }));
        var needed = await garage.MakeAsync("visits", new { machine = saw.Id });
        var report = await garage.MakeAsync("reports", new { visit = needed.Id });
        var named = await EndedAsync(jobs, await jobs.BulkRecordsAsync(new BulkRecordsRequest { Object = "visits", Ids = { visit.Id }, Update = new BulkRecordUpdate { Record = new Record { Name = "Named" }, UpdateMask = new FieldMask { Paths = { "name" } } } }, cancellationToken: Token));
        var machines = await DeleteAsync("machines");
        // A report needs the visit that would go with the saw.
        Assert.Equal((2L, 1L, "RECORD_IN_USE"), (machines.Total, machines.Done, (await ItemsAsync(machines, BulkOutcome.Failed)).Single(item => item.RecordId == saw.Id).Code));
        Assert.Equal([saw.Id], await garage.FindAsync("machines"));
        Assert.Equal([other.Id, needed.Id], await garage.FindAsync("visits"));
        Assert.Equal([saw.Id], Garage.Ids(await garage.GetAsync("visits", other.Id), "tools"));
        Assert.Equal((1L, 0L), await UndoneAsync(machines));
        Assert.Equal((2, 3), ((await garage.FindAsync("machines")).Count(), (await garage.FindAsync("visits")).Count()));
        Assert.Equal([press.Id, saw.Id], Garage.Ids(await garage.GetAsync("visits", other.Id), "tools").Order(StringComparer.Ordinal));
        // What went along is as it was: a job from before can be taken back as well.
        Assert.Equal((1L, 0L), await UndoneAsync(named));
        // Those that came last go first: what they led to is needed no more.
        await garage.Delete("reports", report.Id);
        var visits = await DeleteAsync("visits");
        machines = await DeleteAsync("machines");
        Assert.Equal((3L, 2L), (visits.Done, machines.Done));
        // A visit whose machine is gone stays away until that is back.
        Assert.Equal((1L, 2L), await UndoneAsync(visits));
        Assert.All(await ItemsAsync(visits, BulkOutcome.Kept), item => Assert.Equal("RELATED_RECORD_DELETED", item.Code));
        Assert.Equal((2L, 0L), await UndoneAsync(machines));
        Assert.Equal((3L, 0L), await UndoneAsync(visits));
        Assert.Equal([visit.Id, other.Id, needed.Id], await garage.FindAsync("visits"));
        // Who is not let delete, does not by the many; and what is back by hand is not brought back again.
        await Expect.FailsAsync("PERMISSION_DENIED", new BulkService.BulkServiceClient(records.Grpc(TestTokens.ForPerson(garage.Tenant, Guid.CreateVersion7(), "records.read"))).BulkRecordsAsync(
            new BulkRecordsRequest { Object = "visits", All = true, Delete = new BulkDelete() }, cancellationToken: Token));
        var again = await DeleteAsync("visits");
        await garage.Restore("visits", visit.Id);
        Assert.Equal((2L, 1L), await UndoneAsync(again));
        Assert.Equal("CHANGED", Assert.Single(await ItemsAsync(again, BulkOutcome.Kept)).Code);

        async Task<BulkJob> DeleteAsync(string plural) => await EndedAsync(jobs, await jobs.BulkRecordsAsync(new BulkRecordsRequest { Object = plural, All = true, Delete = new BulkDelete() }, cancellationToken: Token));
        async Task<(long, long)> UndoneAsync(BulkJob job) => (await EndedAsync(jobs, await jobs.UndoBulkJobAsync(new UndoBulkJobRequest { Id = job.Id }, cancellationToken: Token))).Undo is { } undo ? (undo.Restored, undo.Kept) : default;
        async Task<IReadOnlyList<BulkJobItem>> ItemsAsync(BulkJob job, BulkOutcome outcome) => (await jobs.ListBulkJobItemsAsync(new ListBulkJobItemsRequest { BulkJobId = job.Id, Outcome = outcome }, cancellationToken: Token)).Items;
    }

    private static async Task<BulkJob> EndedAsync(BulkService.BulkServiceClient jobs, BulkJob job)
    {
        await Eventually.HoldsAsync(async () => (await GetAsync()).State is BulkState.Succeeded or BulkState.Undone or BulkState.Failed, TimeSpan.FromSeconds(60));
        return await GetAsync();

        async Task<BulkJob> GetAsync() => await jobs.GetBulkJobAsync(new GetBulkJobRequest { Id = job.Id }, cancellationToken: Token);
    }

    private static BulkRecordsRequest Of(Struct fields, string filter) => new() { Object = "machines", Filter = filter, Update = new BulkRecordUpdate { Record = new Record { CustomFields = fields } } };
}
