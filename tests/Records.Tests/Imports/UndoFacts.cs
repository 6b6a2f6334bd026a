using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Record = Platform.Records.V1.Record;

namespace Records.Tests.Imports;

/// <summary>An import into an object is taken back: what it made is deleted, what it changed is as it was, and what somebody touched since stays.</summary>
public sealed class UndoFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_made_is_deleted_and_what_it_changed_is_as_it_was()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number), RecordsFixture.Of("place", FieldType.Text));
        var press = await records.CreateAsync(tenant, "Press", """{"place":"Hall 1"}""");
        var rows = Enumerable.Range(0, 1_100).Select(i => $"Machine {i},{i},Hall 2");
        var id = await ImportAsync(tenant, "?match=name", ["Name,Power,Place", "Press,50,", .. rows]);
        var known = await GetAsync(tenant, id);
        Assert.Equal((ImportState.Done, "records.machine", 1_100L, 1L, TimeSpan.FromDays(30)), (known.State, known.Resource, known.RecordsCreated, known.RecordsUpdated, known.UndoTimeLimit.ToDateTimeOffset() - known.CreateTime.ToDateTimeOffset()));
        var undo = await UndoAsync(tenant, id);
        Assert.Equal((1_101L, 1_101L, 1_100L, 1L, 0L), (undo.Done, undo.Total, undo.Deleted, undo.Restored, undo.Kept));
        var left = Assert.Single((await records.RecordsOf(tenant).ListRecordsAsync(new ListRecordsRequest { Object = "machines" }, cancellationToken: Token)).Records);
        Assert.Equal((press.Id, press.Name, press.Number, press.CustomFields), (left.Id, left.Name, left.Number, left.CustomFields));
        Assert.Equal((2L, 0L), (await records.EventsAsync(tenant, "RecordUpdated", press.Id), await records.Database.QueryAsync<long>($"SELECT count(*) FROM imported_records WHERE tenant_id = '{tenant}'")));
        Assert.Equal(1_100L, await records.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{tenant}' AND type = 'platform.records.v1.RecordDeleted'"));
        // Each can be restored as any deleted record.
        var one = await records.Database.QueryAsync<Guid>($"SELECT id FROM records WHERE tenant_id = '{tenant}' AND name = 'Machine 7'");
        Assert.Null((await records.RecordsOf(tenant).UndeleteRecordAsync(new UndeleteRecordRequest { Object = "machines", Id = $"{one}" }, cancellationToken: Token)).DeleteTime);
        await Expect.FailsAsync("IMPORT_UNDONE", ImportsOf(tenant).UndoImportAsync(new UndoImportRequest { Object = "machines", Id = id }, cancellationToken: Token));
        Assert.Equal([id], (await ImportsOf(tenant).ListImportsAsync(new ListImportsRequest { Object = "machines" }, cancellationToken: Token)).Imports.Select(import => import.Id));
    }

    [Fact]
    public async Task What_somebody_changed_or_uses_since_stays_and_is_told_with_the_reason()
    {
        var garage = new Garage(records, RelationDeletion.Clear);
        var client = records.RecordsOf(garage.Tenant);
        var old = await client.CreateRecordAsync(new CreateRecordRequest { Object = "machines", Record = new Record { Name = "Old" } }, cancellationToken: Token);
        var id = await ImportAsync(garage.Tenant, "?match=name", "Name", "Old", "Changed", "Visited", "Noted", "Left", "Gone", "Free");
        var all = (await client.ListRecordsAsync(new ListRecordsRequest { Object = "machines", PageSize = 200 }, cancellationToken: Token)).Records.ToDictionary(record => record.Name, record => record.Id);
        await client.UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = new Record { Id = all["Changed"], Name = "Renamed" } }, cancellationToken: Token);
        await garage.MakeAsync("visits", new { machine = all["Visited"] });
        var visit = await garage.MakeAsync("visits", new { machine = all["Left"] });
        await garage.Delete("visits", visit.Id);
        await new TimelineService.TimelineServiceClient(records.GrpcFor(garage.Tenant, RecordsFixture.All)).CreateNoteAsync(
            new CreateNoteRequest { Object = "machines", RecordId = all["Noted"], Note = new Note { Body = "Loud" } }, cancellationToken: Token);
        await garage.Delete("machines", all["Gone"]);
        var undo = await UndoAsync(garage.Tenant, id);
        Assert.Equal(
            new[] { (all["Changed"], "CHANGED"), (all["Visited"], "IN_USE"), (all["Noted"], "IN_USE") }.Order(), undo.KeptRecords.Select(record => (record.Id, record.Reason)).Order());
        Assert.Equal((6L, 3L, 0L, 3L), (undo.Total, undo.Deleted, undo.Restored, undo.Kept));
        var left = (await client.ListRecordsAsync(new ListRecordsRequest { Object = "machines", PageSize = 200 }, cancellationToken: Token)).Records.Select(record => record.Name);
        Assert.Equal(["Noted", "Old", "Renamed", "Visited"], left.Order());
        Assert.Equal(old.Id, all["Old"]);
    }

    [Fact]
    public async Task It_is_done_by_those_who_may_write_all_of_its_records_in_their_own_company_while_there_is_time()
    {
        var tenant = records.CompanyWithMachines();
        var id = await ImportAsync(tenant, "", "Name", "Press");
        var request = new UndoImportRequest { Object = "machines", Id = id };
        var other = records.CompanyWithMachines();
        await Expect.FailsAsync("NOT_FOUND", ImportsOf(other).UndoImportAsync(request, cancellationToken: Token));
        await Expect.FailsAsync("NOT_FOUND", ImportsOf(other).GetImportAsync(new GetImportRequest { Object = "machines", Id = id }, cancellationToken: Token));
        Assert.Empty((await ImportsOf(other).ListImportsAsync(new ListImportsRequest { Object = "machines" }, cancellationToken: Token)).Imports);
        await Expect.FailsAsync("PERMISSION_DENIED", new ImportsService.ImportsServiceClient(records.GrpcFor(tenant, "records.write")).UndoImportAsync(request, cancellationToken: Token));
        var user = Guid.CreateVersion7();
        var policy = new AccessPolicy { Id = "p", Name = "Narrow", Resource = "records.machine", Specificity = PolicySpecificity.Role, Effect = PolicyEffect.Deny, Actions = { "delete" }, Filter = "name = \"Press\"" };
        records.Access.Set(tenant, new Access { UserId = $"{user}", Permissions = { RecordsFixture.All }, Policies = { policy } });
        await Expect.FailsAsync("DENIED_BY_POLICY", new ImportsService.ImportsServiceClient(records.Grpc(TestTokens.ForPerson(tenant, user))).UndoImportAsync(request, cancellationToken: Token));
        await records.Database.ExecuteAsync($"UPDATE imports SET state = 'Running', update_time = now() WHERE id = '{id}'");
        await Expect.FailsAsync("IMPORT_RUNNING", ImportsOf(tenant).UndoImportAsync(request, cancellationToken: Token));
        await records.Database.ExecuteAsync($"UPDATE imports SET state = 'Done', create_time = now() - interval '30 days' WHERE id = '{id}'");
        await Expect.FailsAsync("UNDO_TOO_LATE", ImportsOf(tenant).UndoImportAsync(request, cancellationToken: Token));
        // And then what was kept for it goes.
        await records.Database.ExecuteAsync($"UPDATE import_chores SET due_time = now() WHERE import_id = '{id}'");
        await Eventually.HoldsAsync(async () => await records.Database.QueryAsync<long>($"SELECT count(*) FROM imported_records WHERE import_id = '{id}'") == 0, TimeSpan.FromSeconds(60));
        Assert.Equal(ImportState.Done, (await GetAsync(tenant, id)).State);
    }

    private async Task<string> ImportAsync(Guid tenant, string query, params string[] lines)
    {
        using var rest = records.RestOf(tenant);
        return (await Upload.RestAsync(rest, Upload.Utf8(lines), query)).ImportId;
    }

    private ImportsService.ImportsServiceClient ImportsOf(Guid tenant) => new(records.GrpcFor(tenant, RecordsFixture.All));

    private async Task<Import> GetAsync(Guid tenant, string id) => await ImportsOf(tenant).GetImportAsync(new GetImportRequest { Object = "machines", Id = id }, cancellationToken: Token);

    private async Task<ImportUndo> UndoAsync(Guid tenant, string id)
    {
        await ImportsOf(tenant).UndoImportAsync(new UndoImportRequest { Object = "machines", Id = id }, cancellationToken: Token);
        await Eventually.HoldsAsync(async () => (await GetAsync(tenant, id)).State == ImportState.Undone, TimeSpan.FromSeconds(60));
        return (await GetAsync(tenant, id)).Undo;
    }

}
