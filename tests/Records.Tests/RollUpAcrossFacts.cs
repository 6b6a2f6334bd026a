using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;
using Record = Platform.Records.V1.Record;

namespace Records.Tests;

/// <summary>Roll-ups across services: people who count visits, machines that count deals.</summary>
public sealed class RollUpAcrossFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private static readonly Field Customer = new(On("records.visit", "customer", FieldType.Relation)) { RelatedResource = "contacts.person" };
    private static readonly Field Machine = new(On("deals.deal", "machine", FieldType.Relation)) { RelatedResource = "records.machine" };
    private static readonly Field Hours = On("records.visit", "hours", FieldType.Decimal);

    private static readonly Field Visits = new(On("contacts.person", "visits", FieldType.RollUp))
    {
        RollUp = new RollUp { Resource = "records.visit", Relation = "custom_fields.customer", Function = RollUpFunction.Sum, Value = "custom_fields.hours" },
        ResultType = FieldType.Decimal,
    };

    private static readonly Field Deals = new(On("records.machine", "deals", FieldType.RollUp))
    {
        RollUp = new RollUp { Resource = "deals.deal", Relation = "custom_fields.machine", Function = RollUpFunction.Count },
        ResultType = FieldType.Number,
    };

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RecordsService.RecordsServiceClient Client => records.RecordsOf(_tenant);

    [Fact]
    public async Task What_records_give_is_told_whoever_writes_deletes_or_restores_them()
    {
        var person = records.BuiltInRecord("contacts.person").ToString();
        records.Fields.SetObjects(_tenant, [RecordsFixture.Kind("visit", "visits")], Customer, Hours);
        var early = await VisitAsync(person, "1.5");
        await DefineAsync(Visits);
        Assert.Equal(new RollUpGiven { RecordId = early.Id, ParentId = person, Number = "1.5" }, await LastAsync(early.Id));
        Assert.True((await ToldAsync())[^1].Counted);
        var visit = await VisitAsync(person, "2");
        Assert.Equal(person, (await LastAsync(visit.Id))?.ParentId);
        await Client.DeleteRecordAsync(new DeleteRecordRequest { Object = "visits", Id = visit.Id }, cancellationToken: Token);
        Assert.Equal("", (await LastAsync(visit.Id))?.ParentId);
        await Client.UndeleteRecordAsync(new UndeleteRecordRequest { Object = "visits", Id = visit.Id }, cancellationToken: Token);
        Assert.Equal(("2", person), ((await LastAsync(visit.Id))?.Number, (await LastAsync(visit.Id))?.ParentId));

        // As one does that has not heard of the roll-up yet; and a purge.
        await records.Database.ExecuteAsync($"UPDATE records SET custom_fields = '{{\"customer\": \"{person}\", \"hours\": \"7\"}}' WHERE id = '{early.Id}'");
        await records.Database.ExecuteAsync($"DELETE FROM records WHERE id = '{visit.Id}'");
        await DeliverAsync(1, new Field(On("records.visit", "word", FieldType.Text)) { Searchable = true });
        await Eventually.HoldsAsync(async () => (await LastAsync(early.Id))?.Number == "7", TimeSpan.FromSeconds(60));
        Assert.Equal("", (await LastAsync(visit.Id))?.ParentId);
        Assert.Equal(0, await records.Database.QueryAsync<long>($"SELECT count(*) FROM roll_up_values WHERE tenant_id = '{_tenant}'"));
    }

    [Fact]
    public async Task An_object_counts_records_of_another_service()
    {
        records.Fields.SetObjects(_tenant, [RecordsFixture.Machines()]);
        await DefineAsync(Machine, Deals);
        var press = await Client.CreateRecordAsync(new CreateRecordRequest { Object = "machines", Record = new Record { Name = "Press" } }, cancellationToken: Token);
        Assert.Equal("deals", Assert.Single((await GetAsync(press)).CustomFields.Fields["$pending"].ListValue.Values).StringValue);
        var key = await records.Database.QueryAsync<string>($"SELECT field_key FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND resource = 'deals.deal'");
        var told = new RollUpInputsTold { RollUp = key, Resource = "deals.deal", Run = $"{Guid.CreateVersion7()}", Number = 1, Counted = true, AsOfTime = TimeProvider.System.GetUtcNow().ToTimestamp() };
        told.Given.Add(Enumerable.Range(0, 3).Select(_ => new RollUpGiven { RecordId = $"{Guid.CreateVersion7()}", ParentId = press.Id }));
        told.Given.Add(new RollUpGiven { RecordId = $"{Guid.CreateVersion7()}", ParentId = $"{Guid.CreateVersion7()}" });
        for (var turn = 0; turn < 2; turn++)
            Assert.Equal("SUCCESS", await records.DeliverAsync(_tenant, told));
        Assert.Equal(0, (await GetAsync(press, "records.read")).CustomFields?.Fields.Count ?? 0);
        var counted = await GetAsync(press);
        Assert.Equal(3, counted.CustomFields.Fields["deals"].NumberValue);
        Assert.True(counted.CustomFields.Fields["$asOf"].StructValue.Fields.ContainsKey("deals"));

        // A later count begins with nothing; what is left of the earlier one changes nothing.
        Assert.Equal("SUCCESS", await records.DeliverAsync(_tenant, new RollUpInputsTold(told) { Run = $"{Guid.CreateVersion7()}", Number = 2 }));
        Assert.True((await GetAsync(press)).CustomFields.Fields.ContainsKey("$pending"));
        Assert.Equal("SUCCESS", await records.DeliverAsync(_tenant, new RollUpInputsTold(told) { Number = 2 }));
        Assert.True((await GetAsync(press)).CustomFields.Fields.ContainsKey("$pending"));
    }

    private static Field On(string resource, string key, FieldType type) => new() { Resource = resource, Key = key, Label = key, Type = type };

    private async Task DefineAsync(params Field[] fields)
    {
        var objects = new[] { RecordsFixture.Machines(), RecordsFixture.Kind("visit", "visits") };
        await DeliverAsync(records.Fields.SetObjects(_tenant, objects, [Customer, Hours, .. fields]), fields);
    }

    private async Task DeliverAsync(long version, params Field[] fields)
    {
        foreach (var field in fields)
            Assert.Equal("SUCCESS", await records.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = field }));
    }

    private async Task<Record> VisitAsync(string person, string hours) => await Client.CreateRecordAsync(
        new CreateRecordRequest { Object = "visits", Record = new Record { Name = "Visit", CustomFields = Struct.Parser.ParseJson($$"""{"customer":"{{person}}","hours":"{{hours}}"}""") } }, cancellationToken: Token);

    private async Task<Record> GetAsync(Record machine, params string[] permissions) =>
        await new RecordsService.RecordsServiceClient(records.GrpcFor(_tenant, permissions.Length > 0 ? permissions : ["records.read", "deals.read"]))
            .GetRecordAsync(new GetRecordRequest { Object = "machines", Id = machine.Id }, cancellationToken: Token);

    // What was told last of a record, once there is nothing more to tell.
    private async Task<RollUpGiven?> LastAsync(string record)
    {
        await Eventually.HoldsAsync(async () => await records.Database.QueryAsync<bool>(
            $"""
            SELECT bool_and(state = 'Ready' AND is_told) AND NOT EXISTS (SELECT FROM roll_up_changes WHERE tenant_id = '{_tenant}')
            FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND kind = 'RollUp'
            """), TimeSpan.FromSeconds(60));
        return (await ToldAsync()).SelectMany(message => message.Given).LastOrDefault(given => given.RecordId == record);
    }

    private async Task<List<RollUpInputsTold>> ToldAsync()
    {
        var rows = await records.Database.QueryAsync<string>(
            $"SELECT coalesce(json_agg(data ORDER BY id), '[]')::text FROM outbox_messages WHERE tenant_id = '{_tenant}' AND type = '{RollUpInputsTold.Descriptor.FullName}'");
        return [.. JsonSerializer.Deserialize<string[]>(rows)!.Select(RollUpInputsTold.Parser.ParseJson)];
    }
}
