using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Platform.Access.V1;
using Platform.Common.V1;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;
using Record = Platform.Records.V1.Record;

namespace Records.Tests.Imports;

public sealed class ImportFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_becomes_a_record_with_its_number_fields_event_and_entry_of_the_log()
    {
        var power = RecordsFixture.Of("power", FieldType.Number);
        (power.Label, power.LabelTranslations["ru"]) = ("Power, kW", "Мощность");
        var kind = new Field { Resource = "records.machine", Key = "kind", Label = "Kind", Type = FieldType.SingleChoice };
        kind.Choices.Add(new Choice { Key = "press", Label = "Hydraulic press", LabelTranslations = { ["de"] = "Presse" } });
        var tenant = records.CompanyWithMachines(power, kind);
        var summary = await ImportAsync(tenant, "Name;Мощность;Kind;Price;Colour", "Big press;50;presse;12.50 EUR;red", ";7;;;");
        Assert.Equal((2L, 2L, 0L), (summary.RowsRead, summary.RecordsCreated, summary.RowsRejected));
        Assert.Equal(["Price", "Colour"], summary.IgnoredColumns);
        var all = await ListAsync(tenant);
        var (press, unnamed) = (all.Single(record => record.Name == "Big press"), all.Single(record => record.Name != "Big press"));
        Assert.Equal(("M-001", "Big press", 50d, "press"), (press.Number, press.Name, press.CustomFields.Fields["power"].NumberValue, press.CustomFields.Fields["kind"].StringValue));
        Assert.Equal(("M-002", "M-002"), (unnamed.Number, unnamed.Name));
        Assert.NotEqual("", press.OwnerId);
        Assert.Equal(1, await records.EventsAsync(tenant, "RecordCreated", press.Id));
        Assert.Equal(["create"], (await records.GrpcFor(tenant, AuditHistory.Permission).HistoryAsync("records.machine", press.Id)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task The_same_file_adds_nothing_the_second_time()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number), RecordsFixture.Of("place", FieldType.Text));
        string[] file = ["Name,Power,Place", "Press,50,Hall 1", "Press,60,Hall 1", "Drill,,", ",5,", ",,Hall 2", "Press,50,Hall 1"];
        var first = await ImportAsync(tenant, file);
        Assert.Equal((5L, 1L), (first.RecordsCreated, first.RowsUnchanged));
        var second = await ImportAsync(tenant, file);
        Assert.Equal((0L, 0L, 6L), (second.RecordsCreated, second.RecordsUpdated, second.RowsUnchanged));
        Assert.Equal(5, (await ListAsync(tenant)).Count);
    }

    [Fact]
    public async Task An_export_comes_in_again_without_a_change()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number), RecordsFixture.Of("bought", FieldType.Date), RecordsFixture.Of("price", FieldType.Money));
        await records.CreateAsync(tenant, "Press", """{"power":50,"bought":"2026-05-31","price":{"amount":"12.50","currency":"EUR"}}""");
        await records.CreateAsync(tenant, "", """{"power":5}""");
        using var rest = records.RestOf(tenant);
        var file = await rest.GetByteArrayAsync(new Uri("/api/v1/objects/machines:export", UriKind.Relative), Token);
        var (again, byId) = (await Upload.RestAsync(rest, file), await Upload.RestAsync(rest, file, "?match=id"));
        // What has no name is called by its number, which its row says too.
        Assert.Equal((0L, 2L, 0L, 2L), (again.RecordsCreated, again.RowsUnchanged, byId.RecordsCreated, byId.RowsUnchanged));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task Values_of_all_types_come_back_as_they_were_exported(string format)
    {
        var tenant = Guid.CreateVersion7();
        records.Fields.SetObjects(tenant, [RecordsFixture.Machines()], EveryField.Of("records.machine", ""));
        using var rest = records.RestFor(tenant, [.. RecordsFixture.All, "metadata.confidential"]);
        using var made = await rest.PostAsJsonAsync("/api/v1/objects/machines", new JsonObject { ["name"] = "Press", ["customFields"] = JsonNode.Parse(JsonFormatter.Default.Format(EveryField.Values(""))) }, Token);
        var text = await made.Content.ReadAsStringAsync(Token);
        Assert.True(made.IsSuccessStatusCode, text);
        var (before, path) = (JsonNode.Parse(text)!["customFields"], $"/api/v1/objects/machines/{JsonNode.Parse(text)!["id"]}");
        var file = await rest.GetByteArrayAsync(new Uri($"/api/v1/objects/machines:export?format={format}", UriKind.Relative), Token);
        using var emptied = await rest.PatchAsJsonAsync($"{path}?updateMask=customFields", new JsonObject { ["customFields"] = new JsonObject() }, Token);
        Assert.Empty(JsonNode.Parse(await emptied.Content.ReadAsStringAsync(Token))!["customFields"]!.AsObject());
        var summary = await Upload.RestAsync(rest, file, "?match=id");
        Assert.Equal((1L, 0L), (summary.RecordsUpdated, summary.RowsRejected));
        var again = JsonNode.Parse(await rest.GetStringAsync(new Uri(path, UriKind.Relative), Token))!["customFields"];
        Assert.True(JsonNode.DeepEquals(before, again), $"{again} and not {before}");
    }

    [Fact]
    public async Task A_unique_field_recognises_records_and_only_what_is_empty_is_filled()
    {
        var code = RecordsFixture.Of("code", FieldType.Text, unique: true);
        var tenant = records.CompanyWithMachines(code, RecordsFixture.Of("power", FieldType.Number));
        await records.DeliverAsync(tenant, new FieldsChanged { Version = 2, Field = code });
        var press = await records.CreateAsync(tenant, "Press", """{"code":"P1"}""");
        var summary = await ImportAsync(tenant, "Code,Name,Power", "p1,Other name,50", "P1,,60", "p2,Drill,7", "P2,,");
        Assert.Equal((1L, 1L, 2L, 0L), (summary.RecordsCreated, summary.RecordsUpdated, summary.RowsUnchanged, summary.RowsRejected));
        var kept = await records.RecordsOf(tenant).GetRecordAsync(new GetRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token);
        Assert.Equal(("Press", 50d, "P1"), (kept.Name, kept.CustomFields.Fields["power"].NumberValue, kept.CustomFields.Fields["code"].StringValue));
        Assert.Equal(1, await records.EventsAsync(tenant, "RecordUpdated", press.Id));
        Assert.Equal(["create", "update"], (await records.GrpcFor(tenant, AuditHistory.Permission).HistoryAsync("records.machine", press.Id, atLeast: 2)).Select(entry => entry.Action));
    }

    [Theory]
    [InlineData("?match=number", "number,power", "M-001,50", "M-009,1", "NO_SUCH_RECORD")]
    [InlineData("?match=name", "name,power", "PRESS,50", "Ünknown,", "")]
    [InlineData("?match=custom_fields.place", "place,power", "HALL 1,50", "Hall 2,1", "")]
    [InlineData("?match=custom_fields.place&column=Wo:custom_fields.place", "Wo,power", "hall 1,50", "Hall 2,1", "")]
    public async Task Records_are_recognised_by_the_field_that_the_caller_names(string query, string header, string known, string unknown, string code)
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number), RecordsFixture.Of("place", FieldType.Text));
        var press = await records.CreateAsync(tenant, "Press", """{"place":"Hall 1"}""");
        using var rest = records.RestOf(tenant);
        var summary = await Upload.RestAsync(rest, Upload.Utf8(header, known, unknown), query);
        Assert.Equal((1L, code.Length > 0 ? 0L : 1L), (summary.RecordsUpdated, summary.RecordsCreated));
        Assert.Equal(code.Length > 0 ? [(3L, code)] : [], summary.Errors.Select(error => (error.Line, error.Code)));
        var changed = await records.RecordsOf(tenant).GetRecordAsync(new GetRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token);
        Assert.Equal(50d, changed.CustomFields.Fields["power"].NumberValue);
    }

    [Fact]
    public async Task Each_bad_row_is_reported_and_every_good_one_kept()
    {
        var tenant = Guid.CreateVersion7();
        var code = RecordsFixture.Of("code", FieldType.Text, unique: true);
        records.Fields.SetObjects(tenant, [RecordsFixture.Machines()], RecordsFixture.Of("power", FieldType.Number, required: true), code, RecordsFixture.Of("tag", FieldType.Text, unique: true));
        await records.DeliverAsync(tenant, new FieldsChanged { Version = 2, Field = RecordsFixture.Of("tag", FieldType.Text, unique: true) });
        var summary = await ImportAsync(tenant, "Name,Power,Code,Tag", "Press,50,a,t1", ",50,,", "Saw,strong,b,", "Mill,,c,", $"{new string('x', 301)},1,d,", "Bad,1", "Drill,5,e,t2", "Crane,5,f,T1", "Lift,5,g,");
        Assert.Equal((9L, 3L, 6L), (summary.RowsRead, summary.RecordsCreated, summary.RowsRejected));
        Assert.Equal(
            [(3L, "Name", "MISSING_NAME"), (4, "Power", "INVALID_CUSTOM_FIELD"), (5, "Power", "INVALID_CUSTOM_FIELD"), (6, "Name", "INVALID_NAME"), (7, "", "WRONG_FIELD_COUNT"), (9, "", "CUSTOM_FIELD_NOT_UNIQUE")],
            summary.Errors.Select(error => (error.Line, error.Column, error.Code)));
    }

    [Theory]
    [InlineData("Colour\nred", "", "MISSING_COLUMNS")]
    [InlineData("Name,NAME\na,b", "", "DUPLICATE_COLUMNS")]
    [InlineData("Name,Power\na,1", "?match=number", "MISSING_COLUMNS")]
    [InlineData("Name,Power\na,1", "?match=power", "INVALID_ARGUMENT")]
    [InlineData("Name,Power\na,1", "?match=custom_fields.colour", "MISSING_COLUMNS")]
    [InlineData("Name,Power\na,1", "?column=Name:colour", "INVALID_ARGUMENT")]
    [InlineData("Name,Power\na,1", "?column=Name", "INVALID_ARGUMENT")]
    [InlineData("Name,Power\na,1", "?dryRun=maybe", "INVALID_ARGUMENT")]
    [InlineData("Name,Power\na,1", "?target=people", "INVALID_ARGUMENT")]
    [InlineData("", "", "EMPTY_FILE")]
    public async Task A_file_that_cannot_be_read_is_one_precise_error(string file, string query, string code)
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number));
        using var rest = records.RestOf(tenant);
        using var response = await Upload.SendAsync(rest, System.Text.Encoding.UTF8.GetBytes(file), query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"\"{code}\"", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Empty(await ListAsync(tenant));
    }

    [Fact]
    public async Task A_file_of_which_no_column_is_known_tells_what_it_has()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number));
        using var rest = records.RestOf(tenant);
        using var response = await Upload.SendAsync(rest, System.Text.Encoding.UTF8.GetBytes("Was;Wie\nPress;50\n"), "?header=true", accept: "application/x-ndjson");
        var told = (await response.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var header = Google.Protobuf.JsonParser.Default.Parse<ImportResponse>(told[0]).Header;
        Assert.Equal("Was Wie | 2: Press 50", $"{string.Join(' ', header.Columns)} | {string.Join(", ", header.Rows.Select(row => $"{row.Line}: {string.Join(' ', row.Cells)}"))}");
        Assert.Contains("\"MISSING_COLUMNS\"", Assert.Single(told[1..]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_be_and_takes_no_number()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number));
        using var rest = records.RestOf(tenant);
        var tried = await Upload.RestAsync(rest, Upload.Utf8("Name,Power", "Press,50", "Saw,strong"), "?dryRun=true");
        Assert.Equal((1L, 1L), (tried.RecordsCreated, tried.RowsRejected));
        Assert.Empty(await ListAsync(tenant));
        Assert.Equal("M-001", (await records.CreateAsync(tenant, "Drill")).Number);
    }

    [Fact]
    public async Task Over_grpc_progress_and_errors_come_as_they_happen_and_the_summary_last()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number));
        var rows = Enumerable.Range(0, 2_100).Select(i => i % 1_000 == 7 ? $"Machine {i},strong" : $"Machine {i},{i}");
        var options = new ImportOptions { Columns = { ["Leistung"] = "custom_fields.power" } };
        var messages = await Upload.GrpcAsync(ImportsOf(tenant), Upload.Utf8(["Bezeichnung,Leistung", .. rows]), options);
        Assert.Equal([1_000L, 2_000L], messages.Where(message => message.Progress is not null).Select(message => message.Progress.RowsRead));
        Assert.Equal([9L, 1_009L, 2_009L], messages.Where(message => message.RowError is not null).Select(message => message.RowError.Line));
        Assert.Equal((2_100L, 2_097L), (messages[^1].Summary.RowsRead, messages[^1].Summary.RecordsCreated));
        Assert.Equal(1L, await records.Database.QueryAsync<long>($"SELECT count(*) FROM records WHERE tenant_id = '{tenant}' AND number = 'M-2097'"));
    }

    [Fact]
    public async Task Parallel_imports_of_one_file_lose_no_row_and_double_none()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number));
        var file = Upload.Utf8(["Name,Power", .. Enumerable.Range(0, 700).Select(i => $"Machine {i},{i}")]);
        using var rest = records.RestOf(tenant);
        var summaries = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Upload.RestAsync(rest, file)));
        Assert.Equal((700L, 1_400L), (summaries.Sum(summary => summary.RecordsCreated), summaries.Sum(summary => summary.RowsUnchanged)));
    }

    [Fact]
    public async Task Records_of_another_company_or_object_are_not_recognised()
    {
        var tenant = Guid.CreateVersion7();
        records.Fields.SetObjects(tenant, [RecordsFixture.Machines(), RecordsFixture.Kind("visit", "visits")]);
        var other = records.CompanyWithMachines();
        var theirs = await records.CreateAsync(other, "Press");
        await records.RecordsOf(tenant).CreateRecordAsync(new CreateRecordRequest { Object = "visits", Record = new Record { Name = "Press" } }, cancellationToken: Token);
        using var rest = records.RestOf(tenant);
        var byId = await Upload.RestAsync(rest, Upload.Utf8("id,name", $"{theirs.Id},Press"), "?match=id");
        Assert.Equal("NO_SUCH_RECORD", Assert.Single(byId.Errors).Code);
        Assert.Equal(1L, (await ImportAsync(tenant, "Name", "Press")).RecordsCreated);
        using var unknown = await Upload.SendAsync(rest, Upload.Utf8("Name", "Press"), plural: "planes");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_done()
    {
        var tenant = records.CompanyWithMachines();
        using var rest = records.RestFor(tenant, "records.read", "records.write");
        using var response = await Upload.SendAsync(rest, Upload.Utf8("Name", "Press"));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var client = new ImportsService.ImportsServiceClient(records.GrpcFor(tenant, "records.write"));
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(() => Upload.GrpcAsync(client, Upload.Utf8("Name", "Press"), new ImportOptions()))).StatusCode);
    }

    [Fact]
    public async Task Policies_hold_for_each_row_and_field_rules_for_the_file()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number));
        using var strong = Person(tenant, new AccessPolicy
        {
            Id = "c",
            Name = "Small ones",
            Resource = "records.machine",
            Specificity = PolicySpecificity.Role,
            Effect = PolicyEffect.Deny,
            Actions = { "create" },
            Filter = "custom_fields.power > 20",
        });
        var summary = await Upload.RestAsync(strong, Upload.Utf8("Name,Power", "Drill,5", "Press,50"));
        Assert.Equal((1L, "DENIED_BY_POLICY"), (summary.RecordsCreated, Assert.Single(summary.Errors).Code));
        using var blind = Person(tenant, new AccessPolicy
        {
            Id = "f",
            Name = "No power",
            Resource = "records.machine",
            Specificity = PolicySpecificity.Role,
            FieldRules = { new FieldRule { Path = "custom_fields.power", Access = FieldAccess.Hidden } },
        });
        using var refused = await Upload.SendAsync(blind, Upload.Utf8("Name,Power", "Saw,5"));
        Assert.Contains("FIELD_NOT_WRITABLE", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Single(await ListAsync(tenant));
    }

    private ImportsService.ImportsServiceClient ImportsOf(Guid tenant) => new(records.GrpcFor(tenant, RecordsFixture.All));

    private HttpClient Person(Guid tenant, params AccessPolicy[] policies)
    {
        var person = Guid.CreateVersion7();
        records.Access.Set(tenant, new Platform.Tenants.V1.Access { UserId = $"{person}", Permissions = { RecordsFixture.All }, Policies = { policies } });
        return records.Rest(TestTokens.ForPerson(tenant, person));
    }

    private async Task<ImportSummary> ImportAsync(Guid tenant, params string[] lines)
    {
        using var rest = records.RestOf(tenant);
        return await Upload.RestAsync(rest, Upload.Utf8(lines));
    }

    private async Task<IReadOnlyList<Record>> ListAsync(Guid tenant) =>
        (await records.RecordsOf(tenant).ListRecordsAsync(new ListRecordsRequest { Object = "machines", PageSize = 200 }, cancellationToken: Token)).Records;
}
