using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;
using Record = Platform.Records.V1.Record;

namespace Records.Tests;

/// <summary>Auto-numbers and formulas of objects that a company defined, each counted and computed for its own object.</summary>
public sealed class ComputedFieldFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RecordsService.RecordsServiceClient Client => records.RecordsOf(_tenant);

    [Fact]
    public async Task Numbers_have_no_gap_however_many_records_are_made_at_once_and_each_object_counts_for_itself()
    {
        await DefineAsync(Number("machine", "T-{000}"), Number("visit", "V-{0}"), new Field(Of("machine", "mail", FieldType.Text)) { Unique = true });
        Assert.Equal("T-001", Text(await CreateAsync("""{"mail":"taken"}"""), "number"));
        var made = await Task.WhenAll(Enumerable.Range(0, 9).Select(i => OutcomeAsync(() => CreateAsync(i % 3 == 0 ? """{"mail":"taken"}""" : "{}"))));
        Assert.Equal(Enumerable.Range(2, 6).Select(i => $"T-{i:000}"), made.OfType<Record>().Select(record => Text(record, "number")).Order());
        Assert.Equal("V-1", Text(await CreateAsync("{}", "visits"), "number"));
        var batch = await Client.BatchCreateRecordsAsync(new BatchCreateRecordsRequest { Object = "machines", Records = { new Record { Name = "A" }, new Record { Name = "B" } } }, cancellationToken: Token);
        Assert.Equal(["T-008", "T-009"], batch.Records.Select(record => Text(record, "number")));
    }

    [Fact]
    public async Task A_number_is_the_platforms_and_is_found_and_told()
    {
        await DefineAsync(Number("machine", "No. {0}"));
        var press = await CreateAsync("{}");
        Assert.Equal([press.Id], await IdsAsync("custom_fields.number = \"No. 1\""));
        Assert.Contains("No. 1", await EventAsync(press.Id), StringComparison.Ordinal);
        var change = new Record { Id = press.Id, CustomFields = Struct.Parser.ParseJson("""{"number":"No. 9"}""") };
        Assert.Contains("record.customFields.number", await Expect.FailsAsync("INVALID_ARGUMENT", Client.UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = change }, cancellationToken: Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_from_before_get_numbers_in_the_order_in_which_they_were_made()
    {
        await DefineAsync();
        var before = new List<string>();
        for (var i = 0; i < 4; i++)
            before.Add((await CreateAsync("{}")).Id);
        await CreateAsync("{}", "visits");
        await DefineAsync(Number("machine", "{000}"));
        await Eventually.HoldsAsync(async () => (await IdsAsync("custom_fields.number:*")).Count == 4);
        Assert.Equal(before, await IdsAsync("", "custom_fields.number"));
        Assert.Equal("005", Text(await CreateAsync("{}"), "number"));
    }

    [Fact]
    public async Task A_formula_is_computed_with_every_write_and_is_filtered_and_ordered_by()
    {
        await DefineAsync(Of("machine", "power", FieldType.Number), Formula("twice", "custom_fields.power * 2"), Formula("title", "concat(upper(name), \" \", text(custom_fields.twice))", FieldType.Text));
        var press = await CreateAsync("""{"power":5}""");
        Assert.Equal(("10", "MACHINE 10"), (Text(press, "twice"), Text(press, "title")));
        Assert.Contains("MACHINE 10", await EventAsync(press.Id), StringComparison.Ordinal);
        var stronger = await Client.UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = new Record { Id = press.Id, Name = "Press", CustomFields = Struct.Parser.ParseJson("""{"power":6}""") } }, cancellationToken: Token);
        Assert.Equal("PRESS 12", Text(stronger, "title"));
        var drill = await CreateAsync("""{"power":7}""");
        Assert.Equal([drill.Id], await IdsAsync("custom_fields.twice > 12.5"));
        Assert.Equal([drill.Id, press.Id], await IdsAsync("", "custom_fields.twice desc"));
        var export = await records.RestOf(_tenant).GetStringAsync(new Uri("/api/v1/objects/machines:export?orderBy=name", UriKind.Relative), Token);
        Assert.Contains("PRESS 12", export, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_formula_is_computed_anew_in_its_object_alone()
    {
        await DefineAsync(Of("machine", "power", FieldType.Number), Of("visit", "power", FieldType.Number), Formula("twice", "custom_fields.power * 2"), Formula("twice", "custom_fields.power * 2", of: "visit"));
        for (var i = 1; i <= 3; i++)
            await CreateAsync($$"""{"power":{{i}}}""");
        var visit = await CreateAsync("""{"power":4}""", "visits");
        await DefineAsync(Of("machine", "power", FieldType.Number), Of("visit", "power", FieldType.Number), Formula("twice", "custom_fields.power * 20"), Formula("twice", "custom_fields.power * 2", of: "visit"));
        await Eventually.HoldsAsync(async () => (await IdsAsync("custom_fields.twice >= 20")).Count == 3);
        var listed = await Client.ListRecordsAsync(new ListRecordsRequest { Object = "machines", OrderBy = "custom_fields.twice desc" }, cancellationToken: Token);
        Assert.Equal(["60", "40", "20"], listed.Records.Select(record => Text(record, "twice")));
        Assert.All(listed.Records, record => Assert.Equal(record.CreateTime, record.UpdateTime));
        Assert.Equal("8", Text(await Client.GetRecordAsync(new GetRecordRequest { Object = "visits", Id = visit.Id }, cancellationToken: Token), "twice"));
    }

    private static Field Of(string key, string field, FieldType type) => new() { Resource = $"records.{key}", Key = field, Type = type, Label = field };

    private static Field Number(string key, string pattern) => new(Of(key, "number", FieldType.AutoNumber)) { NumberPattern = pattern, Unique = true };

    private static Field Formula(string field, string formula, FieldType result = FieldType.Decimal, string of = "machine") => new(Of(of, field, FieldType.Formula)) { Formula = formula, ResultType = result };

    private static string Text(Record record, string key) => record.CustomFields.Fields[key].StringValue;

    private async Task DefineAsync(params Field[] fields)
    {
        var version = records.Fields.SetObjects(_tenant, [RecordsFixture.Machines(), RecordsFixture.Kind("visit", "visits")], fields);
        await records.Services.GetRequiredService<CustomFieldDirectory>().SpreadAsync(_tenant, version, Token);
        foreach (var field in fields)
            Assert.Equal("SUCCESS", await records.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = field }));
    }

    private async Task<Record> CreateAsync(string json, string plural = "machines") => await Client.CreateRecordAsync(
        new CreateRecordRequest { Object = plural, Record = new Record { Name = "Machine", CustomFields = Struct.Parser.ParseJson(json) } }, cancellationToken: Token);

    private async Task<List<string>> IdsAsync(string filter, string order = "") =>
        [.. (await Client.ListRecordsAsync(new ListRecordsRequest { Object = "machines", Filter = filter, OrderBy = order }, cancellationToken: Token)).Records.Select(record => record.Id)];

    private Task<string> EventAsync(string id) => records.Database.QueryAsync<string>($"SELECT data::text FROM outbox_messages WHERE aggregate_id = '{id}' ORDER BY id DESC LIMIT 1")!;

    private static async Task<Record?> OutcomeAsync(Func<Task<Record>> call)
    {
        try
        {
            return await call();
        }
        catch (RpcException)
        {
            return null;
        }
    }
}
