using Google.Protobuf.WellKnownTypes;
using Platform.Common.V1;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Records.Tests.Imports;
using Xunit;
using Record = Platform.Records.V1.Record;

namespace Records.Tests;

public sealed class RelationFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_relation_leads_to_a_record_that_is_there_or_is_refused_by_name()
    {
        var garage = new Garage(records, RelationDeletion.Unspecified);
        var (press, drill) = (await garage.MakeAsync("machines"), await garage.MakeAsync("machines"));
        var visit = await garage.MakeAsync("visits", new { machine = press.Id, tools = new[] { drill.Id, press.Id, drill.Id } });
        Assert.Equal(new[] { press.Id, drill.Id }.Order(StringComparer.Ordinal), Garage.Ids(visit, "tools"));
        var missing = Guid.CreateVersion7();
        var said = await Expect.FailsAsync("INVALID_ARGUMENT", garage.TryMake("visits", new { machine = missing }));
        Assert.Contains($"record.customFields.machine: There is no machine with id '{missing}'", said, StringComparison.Ordinal);
        Assert.Contains("record.customFields.tools", await Expect.FailsAsync("INVALID_ARGUMENT", garage.TryMake("visits", new { tools = new[] { press.Id, visit.Id } })), StringComparison.Ordinal);
        await Expect.FailsAsync("INVALID_ARGUMENT", garage.TryMake("visits", new { tools = "Press" }));
        await Expect.FailsAsync("INVALID_ARGUMENT", garage.TryMake("visits", new { tools = Enumerable.Range(0, 101).Select(_ => Guid.CreateVersion7()) }));
        var theirs = await new Garage(records, RelationDeletion.Unspecified).MakeAsync("machines");
        await Expect.FailsAsync("INVALID_ARGUMENT", garage.TryMake("visits", new { machine = theirs.Id }));
        Assert.Equal([visit.Id], await garage.FindAsync("visits"));
    }

    [Fact]
    public async Task In_a_batch_the_record_is_named_and_none_is_made()
    {
        var garage = new Garage(records, RelationDeletion.Unspecified);
        var press = await garage.MakeAsync("machines");
        var batch = new BatchCreateRecordsRequest { Object = "visits", Records = { Leading(press.Id), Leading($"{Guid.CreateVersion7()}") } };
        Assert.Contains("records[1].customFields.machine", await Expect.FailsAsync("INVALID_ARGUMENT", garage.Client.BatchCreateRecordsAsync(batch, cancellationToken: Token)), StringComparison.Ordinal);
        Assert.Empty(await garage.FindAsync("visits"));

        static Record Leading(string id) => new() { Name = "Visit", CustomFields = new Struct { Fields = { ["machine"] = Value.ForString(id) } } };
    }

    [Fact]
    public async Task Links_are_found_from_both_sides_and_follow_each_change()
    {
        var garage = new Garage(records, RelationDeletion.Unspecified);
        var (press, drill) = (await garage.MakeAsync("machines"), await garage.MakeAsync("machines"));
        var visit = await garage.MakeAsync("visits", new { machine = press.Id, tools = new[] { drill.Id } });
        await garage.MakeAsync("visits", new { machine = drill.Id });
        Assert.Equal([visit.Id], await garage.FindAsync("visits", $"custom_fields.machine = \"{press.Id}\""));
        Assert.Equal([visit.Id], await garage.FindAsync("visits", $"custom_fields.tools:\"{drill.Id}\""));
        await garage.SetAsync("visits", visit.Id, new { machine = (string?)null, tools = new[] { press.Id } });
        Assert.Empty(await garage.FindAsync("visits", $"custom_fields.machine = \"{press.Id}\" OR custom_fields.tools:\"{drill.Id}\""));
        Assert.Equal([visit.Id], await garage.FindAsync("visits", $"custom_fields.tools:\"{press.Id}\""));
        Assert.Equal(1, await LinksAsync(garage, press.Id));
        await Expect.FailsAsync("INVALID_FILTER", garage.Client.ListRecordsAsync(new ListRecordsRequest { Object = "visits", Filter = "custom_fields.tools:Press" }, cancellationToken: Token));
    }

    [Fact]
    public async Task What_the_writer_may_not_see_is_not_there_for_a_relation()
    {
        var (garage, sam) = (new Garage(records, RelationDeletion.Unspecified), Guid.CreateVersion7());
        var press = await garage.MakeAsync("machines");
        records.Access.Set(garage.Tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{sam}",
            Permissions = { RecordsFixture.All },
            Policies = { new AccessPolicy { Id = "own", Name = "Own ones", Resource = "records.machine", Specificity = PolicySpecificity.Role, Effect = PolicyEffect.Allow, Actions = { "read" }, Filter = "owner_id = user.id" } },
        });
        var client = new RecordsService.RecordsServiceClient(records.Grpc(TestTokens.ForPerson(garage.Tenant, sam)));
        var visit = new Record { Name = "Visit", CustomFields = new Struct { Fields = { ["machine"] = Value.ForString(press.Id) } } };
        Assert.Contains("that you may see", await Expect.FailsAsync("INVALID_ARGUMENT", client.CreateRecordAsync(new CreateRecordRequest { Object = "visits", Record = visit }, cancellationToken: Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relation_to_a_built_in_record_is_asked_of_its_service()
    {
        var garage = new Garage(records, RelationDeletion.Unspecified, others: [Garage.Relation("visit", "customer", "contacts.person", RelationDeletion.Clear), Garage.Relation("visit", "deals", "deals.deal", RelationDeletion.Unspecified, FieldType.Relations)]);
        var (ann, deal) = (records.BuiltInRecord("contacts.person"), records.BuiltInRecord("deals.deal"));
        var visit = await garage.MakeAsync("visits", new { customer = ann, deals = new[] { deal } });
        Assert.Equal([visit.Id], await garage.FindAsync("visits", $"custom_fields.customer = \"{ann}\" custom_fields.deals:\"{deal}\""));
        Assert.Contains("record.customFields.customer: There is no person", await Expect.FailsAsync("INVALID_ARGUMENT", garage.TryMake("visits", new { customer = deal })), StringComparison.Ordinal);
        Assert.Contains("record.customFields.deals", await Expect.FailsAsync("INVALID_ARGUMENT", garage.TryMake("visits", new { deals = new[] { deal, ann } })), StringComparison.Ordinal);
        // What stays is not asked for again.
        records.BuiltIn.TryRemove(ann, out _);
        await garage.SetAsync("visits", visit.Id, new { machine = (await garage.MakeAsync("machines")).Id });
    }

    [Fact]
    public async Task Imported_records_lead_to_records_as_others_do()
    {
        var garage = new Garage(records, RelationDeletion.Restrict);
        var (press, drill) = (await garage.MakeAsync("machines"), await garage.MakeAsync("machines"));
        using var rest = records.RestOf(garage.Tenant);
        using var answer = await Upload.SendAsync(rest, Upload.Utf8("Name,machine,tools", $"First,{press.Id},{drill.Id}; {press.Id}", $"Second,{Guid.CreateVersion7()},", "Third,,Press"), plural: "visits");
        var summary = ImportSummary.Parser.ParseJson(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal((1L, 2L), (summary.RecordsCreated, summary.RowsRejected));
        Assert.Single(await garage.FindAsync("visits", $"custom_fields.tools:\"{drill.Id}\" custom_fields.machine = \"{press.Id}\""));
        await Expect.FailsAsync("RECORD_IN_USE", garage.Delete("machines", press.Id));
        await garage.Delete("machines", drill.Id);
        Assert.Empty(await garage.FindAsync("visits", $"custom_fields.tools:\"{drill.Id}\""));
    }

    [Fact]
    public async Task Filters_go_one_step_along_relations_and_see_what_the_caller_sees()
    {
        var garage = new Garage(records, RelationDeletion.Unspecified, others: [RecordsFixture.Of("power", FieldType.Number), Garage.Relation("machine", "customer", "contacts.person", RelationDeletion.Unspecified), Garage.Relation("machine", "part_of", "records.machine", RelationDeletion.Unspecified)]);
        var (press, drill) = (await garage.MakeAsync("machines", new { power = 50 }), await garage.MakeAsync("machines", new { power = 5 }));
        var both = await garage.MakeAsync("visits", new { machine = press.Id, tools = new[] { drill.Id, press.Id } });
        var one = await garage.MakeAsync("visits", new { machine = drill.Id, tools = new[] { press.Id } });
        var none = await garage.MakeAsync("visits");
        Assert.Equal([both.Id], await garage.FindAsync("visits", "custom_fields.machine.custom_fields.power > 20"));
        Assert.Equal([one.Id], await garage.FindAsync("visits", "-custom_fields.machine.custom_fields.power > 20"));
        Assert.Equal([both.Id, one.Id], await garage.FindAsync("visits", "custom_fields.tools.name = \"machines\" custom_fields.tools.custom_fields.power = 50"));
        Assert.Equal([both.Id], await garage.FindAsync("visits", "custom_fields.tools.custom_fields.power < 10"));
        Assert.Equal([one.Id], await garage.FindAsync("visits", "-custom_fields.tools.custom_fields.power < 10"));
        Assert.Equal([none.Id], await garage.FindAsync("visits", "-custom_fields.tools:*"));
        foreach (var (filter, said) in new[] { ("custom_fields.machine.custom_fields.part_of.name = \"x\"", "two away"), ("custom_fields.machine.weight = 1", "There is no field") })
            Assert.Contains(said, await Expect.FailsAsync("INVALID_FILTER", garage.Client.ListRecordsAsync(new ListRecordsRequest { Object = "visits", Filter = filter }, cancellationToken: Token)), StringComparison.Ordinal);
        Assert.Contains("another service", await Expect.FailsAsync("INVALID_FILTER", garage.Client.ListRecordsAsync(new ListRecordsRequest { Object = "machines", Filter = "custom_fields.customer.last_name = \"x\"" }, cancellationToken: Token)), StringComparison.Ordinal);
        await garage.Delete("machines", press.Id);
        Assert.Empty(await garage.FindAsync("visits", "custom_fields.machine.custom_fields.power > 20"));
        Assert.Equal("visits", (await garage.GetAsync("visits", both.Id)).Name);
        var export = await records.RestOf(garage.Tenant).GetStringAsync(new Uri("/api/v1/objects/visits:export", UriKind.Relative), Token);
        Assert.Contains($"{drill.Id}", export, StringComparison.Ordinal);
    }

    private Task<long> LinksAsync(Garage garage, string target) => records.Database.QueryAsync<long>($"SELECT count(*) FROM record_links WHERE tenant_id = '{garage.Tenant}' AND target_id = '{target}'");
}
