using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Testing;
using Xunit;
using Record = Platform.Records.V1.Record;

namespace Records.Tests;

public sealed class RecordFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_is_made_read_changed_deleted_and_restored_at_the_address_of_its_object()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number), RecordsFixture.Of("bought", FieldType.Date));
        using var rest = records.RestOf(tenant);
        using var made = await rest.PostAsJsonAsync(new Uri("/api/v1/objects/machines", UriKind.Relative), new { name = "Press", customFields = new { power = 50, bought = "2026-05-31" } }, Token);
        var press = Record.Parser.ParseJson(await made.Content.ReadAsStringAsync(Token));
        Assert.Equal(("records.machine", "M-001", "Press", 50d), (press.Resource, press.Number, press.Name, press.CustomFields.Fields["power"].NumberValue));
        Assert.Equal($"\"{press.Etag}\"", made.Headers.ETag?.Tag);
        var address = new Uri($"/api/v1/objects/machines/{press.Id}", UriKind.Relative);
        Assert.Equal(press, Record.Parser.ParseJson(await rest.GetStringAsync(address, Token)));

        using var changed = await rest.PatchAsJsonAsync(address, new { customFields = new { power = 60 }, etag = press.Etag }, Token);
        var stronger = Record.Parser.ParseJson(await changed.Content.ReadAsStringAsync(Token));
        Assert.Equal((60d, "2026-05-31", "Press"), (stronger.CustomFields.Fields["power"].NumberValue, stronger.CustomFields.Fields["bought"].StringValue, stronger.Name));
        using var stale = await rest.PatchAsJsonAsync(address, new { name = "Old", etag = press.Etag }, Token);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);

        using var deleted = await rest.DeleteAsync(address, Token);
        Assert.Equal(TimeSpan.FromDays(30), Span(Record.Parser.ParseJson(await deleted.Content.ReadAsStringAsync(Token))));
        Assert.Empty((await ListAsync(tenant)).Records);
        Assert.Equal([press.Id], (await ListAsync(tenant, list => list.ShowDeleted = true)).Records.Select(record => record.Id));
        using var again = await rest.DeleteAsync(address, Token);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        using var restored = await rest.PostAsync(new Uri($"{address}:undelete", UriKind.Relative), null, Token);
        Assert.Equal(("M-001", null), (Record.Parser.ParseJson(await restored.Content.ReadAsStringAsync(Token)).Number, Record.Parser.ParseJson(await restored.Content.ReadAsStringAsync(Token)).DeleteTime));
        Assert.Single((await ListAsync(tenant)).Records);
    }

    [Fact]
    public async Task A_list_is_filtered_sorted_searched_counted_and_read_page_by_page()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number));
        foreach (var (name, power) in new[] { ("Drill", 10), ("Saw", 30), ("Press", 20), ("Crane", 40) })
            await records.CreateAsync(tenant, name, $$"""{"power":{{power}}}""");
        Assert.Equal(["Crane", "Saw"], Names(await ListAsync(tenant, list => (list.Filter, list.OrderBy) = ("custom_fields.power > 20", "custom_fields.power desc"))));
        Assert.Equal(["Press"], Names(await ListAsync(tenant, list => list.Query = "pres")));
        Assert.Equal(["Saw"], Names(await ListAsync(tenant, list => list.Query = "m-002")));
        var first = await ListAsync(tenant, list => (list.PageSize, list.OrderBy, list.ShowTotal, list.Filter) = (2, "name", true, "custom_fields.power < 40"));
        Assert.Equal((3, true), (first.TotalSize, first.HasTotalSize));
        var second = await ListAsync(tenant, list => (list.PageSize, list.OrderBy, list.Filter, list.PageToken) = (2, "name", "custom_fields.power < 40", first.NextPageToken));
        Assert.Equal(["Drill", "Press", "Saw"], Names(first).Concat(Names(second)));
        Assert.False(second.HasTotalSize);
        await Expect.FailsAsync("INVALID_FILTER", records.RecordsOf(tenant).ListRecordsAsync(new ListRecordsRequest { Object = "machines", Filter = "custom_fields.powr > 1" }, cancellationToken: Token));
    }

    [Fact]
    public async Task Another_company_sees_nothing_even_if_it_has_an_object_of_that_name()
    {
        var (mine, theirs) = (records.CompanyWithMachines(), records.CompanyWithMachines());
        var press = await records.CreateAsync(mine, "Press");
        Assert.Empty((await ListAsync(theirs)).Records);
        var other = records.RecordsOf(theirs);
        await Expect.FailsAsync("NOT_FOUND", other.GetRecordAsync(new GetRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token));
        await Expect.FailsAsync("NOT_FOUND", other.UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = new Record { Id = press.Id, Name = "Mine" } }, cancellationToken: Token));
        await Expect.FailsAsync("NOT_FOUND", other.DeleteRecordAsync(new DeleteRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token));
        Assert.Equal("M-001", (await records.CreateAsync(theirs, "Own")).Number);
        Assert.Equal("Press", (await records.RecordsOf(mine).GetRecordAsync(new GetRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token)).Name);
    }

    [Fact]
    public async Task Records_of_one_object_are_none_of_another()
    {
        var tenant = Guid.CreateVersion7();
        records.Fields.SetObjects(tenant, [RecordsFixture.Machines(), RecordsFixture.Kind("visit", "visits")]);
        var press = await records.CreateAsync(tenant, "Press");
        Assert.Empty((await records.RecordsOf(tenant).ListRecordsAsync(new ListRecordsRequest { Object = "visits" }, cancellationToken: Token)).Records);
        await Expect.FailsAsync("NOT_FOUND", records.RecordsOf(tenant).GetRecordAsync(new GetRecordRequest { Object = "visits", Id = press.Id }, cancellationToken: Token));
        await Expect.FailsAsync("NOT_FOUND", records.RecordsOf(tenant).ListRecordsAsync(new ListRecordsRequest { Object = "planes" }, cancellationToken: Token));
        await Expect.FailsAsync("INVALID_ARGUMENT", records.RecordsOf(tenant).CreateRecordAsync(
            new CreateRecordRequest { Object = "visits", Record = new Record { Name = "x", Resource = "records.machine" } }, cancellationToken: Token));
    }

    [Fact]
    public async Task Numbers_follow_the_pattern_without_a_gap_and_a_refused_record_takes_none()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("code", FieldType.Text, unique: true));
        await records.DeliverAsync(tenant, new FieldsChanged { Version = 2, Field = RecordsFixture.Of("code", FieldType.Text, unique: true) });
        var batch = new BatchCreateRecordsRequest { Object = "machines", Records = { Coded("a"), Coded("b"), Coded("c") } };
        var made = await records.RecordsOf(tenant).BatchCreateRecordsAsync(batch, cancellationToken: Token);
        Assert.Equal(["M-001", "M-002", "M-003"], made.Records.Select(record => record.Number));
        Assert.Equal("M-002", made.Records[1].Name);
        var said = await Expect.FailsAsync("CUSTOM_FIELD_NOT_UNIQUE", records.RecordsOf(tenant).BatchCreateRecordsAsync(
            new BatchCreateRecordsRequest { Object = "machines", Records = { Coded("d"), Coded("A") } }, cancellationToken: Token));
        Assert.Contains("record.customFields.code", said, StringComparison.Ordinal);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => records.RecordsOf(tenant).CreateRecordAsync(
            new CreateRecordRequest { Object = "machines", Record = Coded($"x{i}") }, cancellationToken: Token).ResponseAsync));
        var all = (await ListAsync(tenant, list => list.OrderBy = "number")).Records.Select(record => record.Number);
        Assert.Equal(Enumerable.Range(1, 11).Select(i => $"M-{i:000}"), all);
    }

    [Fact]
    public async Task A_yearly_pattern_names_the_year_and_an_object_without_one_needs_names()
    {
        var tenant = Guid.CreateVersion7();
        records.Fields.SetObjects(tenant, [RecordsFixture.Machines("{yyyy}/{0}"), RecordsFixture.Kind("visit", "visits")]);
        Assert.Equal($"{TimeProvider.System.GetUtcNow().Year}/1", (await records.CreateAsync(tenant, "Press")).Number);
        var said = await Expect.FailsAsync("INVALID_ARGUMENT", records.RecordsOf(tenant).CreateRecordAsync(new CreateRecordRequest { Object = "visits", Record = new Record() }, cancellationToken: Token));
        Assert.Contains("record.name", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_record_is_named_where_it_stands()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number, required: true));
        using var rest = records.RestOf(tenant);
        using var refused = await rest.PostAsJsonAsync(
            new Uri("/api/v1/objects/machines:batchCreate", UriKind.Relative), new { records = new[] { new { customFields = (object)new { power = 1 } }, new { customFields = (object)new { power = "strong" } } } }, Token);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("records[1].customFields.power", problem.GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Empty((await ListAsync(tenant)).Records);
        await Expect.FailsAsync("INVALID_ARGUMENT", records.RecordsOf(tenant).CreateRecordAsync(new CreateRecordRequest { Object = "machines", Record = new Record() }, cancellationToken: Token));
    }

    [Fact]
    public async Task Each_change_is_an_event_and_an_entry_of_the_log_under_the_objects_name()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number));
        var press = await records.CreateAsync(tenant, "Press", """{"power":1}""");
        var client = records.RecordsOf(tenant);
        await client.UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = new Record { Id = press.Id, CustomFields = Struct.Parser.ParseJson("""{"power":2}""") } }, cancellationToken: Token);
        await client.DeleteRecordAsync(new DeleteRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token);
        await client.UndeleteRecordAsync(new UndeleteRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token);
        foreach (var type in new[] { "RecordCreated", "RecordUpdated", "RecordDeleted", "RecordRestored" })
            Assert.Equal(1, await records.EventsAsync(tenant, type, press.Id));
        var history = await records.GrpcFor(tenant, AuditHistory.Permission).HistoryAsync("records.machine", press.Id, atLeast: 4);
        Assert.Equal(["create", "update", "delete", "undelete"], history.Select(entry => entry.Action));
        Assert.Equal((1d, 2d), (Power(history[1].Before), Power(history[1].After)));
    }

    [Fact]
    public async Task A_unique_value_is_refused_in_the_object_alone_and_a_searchable_one_is_found()
    {
        var code = RecordsFixture.Of("code", FieldType.Text, unique: true, searchable: true);
        var visitCode = code.Clone();
        visitCode.Resource = "records.visit";
        var tenant = Guid.CreateVersion7();
        var version = records.Fields.SetObjects(tenant, [RecordsFixture.Machines(), RecordsFixture.Kind("visit", "visits")], code, visitCode);
        var old = await records.CreateAsync(tenant, "Old", """{"code":"old"}""");
        await records.DeliverAsync(tenant, new FieldsChanged { Version = version, Field = code });
        await records.DeliverAsync(tenant, new FieldsChanged { Version = version, Field = visitCode });
        await Eventually.HoldsAsync(async () => await records.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_indexes WHERE tenant_id = '{tenant}' AND state = 'Ready'") == 2);
        var press = await records.CreateAsync(tenant, "Press", """{"code":"p1"}""");
        await Expect.FailsAsync("CUSTOM_FIELD_NOT_UNIQUE", records.RecordsOf(tenant).CreateRecordAsync(
            new CreateRecordRequest { Object = "machines", Record = new Record { Name = "Other", CustomFields = Struct.Parser.ParseJson("""{"code":"P1"}""") } }, cancellationToken: Token));
        await Expect.FailsAsync("CUSTOM_FIELD_NOT_UNIQUE", records.RecordsOf(tenant).CreateRecordAsync(
            new CreateRecordRequest { Object = "machines", Record = new Record { Name = "Other", CustomFields = Struct.Parser.ParseJson("""{"code":"OLD"}""") } }, cancellationToken: Token));
        await records.RecordsOf(tenant).CreateRecordAsync(
            new CreateRecordRequest { Object = "visits", Record = new Record { Name = "Visit", CustomFields = Struct.Parser.ParseJson("""{"code":"p1"}""") } }, cancellationToken: Token);
        Assert.Equal([press.Id], (await ListAsync(tenant, list => list.Filter = "custom_fields.code = \"p1\"")).Records.Select(record => record.Id));
        Assert.Equal([old.Id], (await ListAsync(tenant, list => list.Filter = "custom_fields.code = \"old\"")).Records.Select(record => record.Id));
    }

    [Fact]
    public async Task An_export_has_a_column_for_each_field_and_is_told_of()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number));
        await records.CreateAsync(tenant, "Press", """{"power":50}""");
        await records.CreateAsync(tenant, "Drill", """{"power":5}""");
        using var rest = records.RestOf(tenant);
        using var answer = await rest.GetAsync(new Uri("/api/v1/objects/machines:export?filter=custom_fields.power%20%3E%2010", UriKind.Relative), Token);
        var lines = (await answer.Content.ReadAsStringAsync(Token)).Trim().Split("\r\n");
        var names = lines[0].Split(',');
        var row = Assert.Single(lines.Skip(1)).Split(',');
        Assert.Equal(("M-001", "Press", "50"), (row[Array.IndexOf(names, "number")], row[Array.IndexOf(names, "name")], row[Array.IndexOf(names, "custom_fields.power")]));
        Assert.Equal("records.machine.csv", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        var history = await records.GrpcFor(tenant, AuditHistory.Permission).HistoryAsync("records.machine", $"{tenant}");
        Assert.Equal("export", Assert.Single(history).Action);
    }

    private static Record Coded(string code) => new() { CustomFields = new Struct { Fields = { ["code"] = Value.ForString(code) } } };

    private static double Power(Struct fields) => fields.Fields["customFields"].StructValue.Fields["power"].NumberValue;

    private static IEnumerable<string> Names(ListRecordsResponse list) => list.Records.Select(record => record.Name);

    private static TimeSpan Span(Record deleted) => deleted.PurgeTime.ToDateTimeOffset() - deleted.DeleteTime.ToDateTimeOffset();

    private async Task<ListRecordsResponse> ListAsync(Guid tenant, Action<ListRecordsRequest>? say = null)
    {
        var list = new ListRecordsRequest { Object = "machines" };
        say?.Invoke(list);
        return await records.RecordsOf(tenant).ListRecordsAsync(list, cancellationToken: Token);
    }
}
