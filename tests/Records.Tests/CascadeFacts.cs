using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Record = Platform.Records.V1.Record;

namespace Records.Tests;

public sealed class CascadeFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_that_others_need_is_not_deleted_until_they_let_go()
    {
        var garage = new Garage(records, RelationDeletion.Restrict);
        var press = await garage.MakeAsync("machines");
        var visit = await garage.MakeAsync("visits", new { machine = press.Id });
        await Expect.FailsAsync("RECORD_IN_USE", garage.Delete("machines", press.Id));
        await garage.SetAsync("visits", visit.Id, new { machine = (string?)null });
        await garage.Delete("machines", press.Id);
        await Expect.FailsAsync("INVALID_ARGUMENT", garage.TryMake("visits", new { machine = press.Id }));
    }

    [Fact]
    public async Task Nobody_comes_to_need_what_is_being_deleted()
    {
        var garage = new Garage(records, RelationDeletion.Restrict);
        for (var i = 0; i < 6; i++)
        {
            var press = await garage.MakeAsync("machines");
            var outcomes = await Task.WhenAll(
                OutcomeAsync(() => garage.Delete("machines", press.Id)),
                OutcomeAsync(() => garage.TryMake("visits", new { machine = press.Id })),
                OutcomeAsync(() => garage.TryMake("visits", new { tools = new[] { press.Id } })));
            var isThere = (await garage.FindAsync("machines", $"id = \"{press.Id}\"")).Any();
            Assert.Equal(isThere, !outcomes[0]);
            Assert.Equal(outcomes[1] ? 1 : 0, (await garage.FindAsync("visits", $"custom_fields.machine = \"{press.Id}\"")).Count());
            Assert.True(isThere || !outcomes[1], "A visit needs a machine that was deleted.");
        }

        static async Task<bool> OutcomeAsync(Func<AsyncUnaryCall<Record>> call)
        {
            try
            {
                await call();
                return true;
            }
            catch (RpcException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task A_relation_is_emptied_when_its_record_goes_and_full_again_when_it_is_back()
    {
        var garage = new Garage(records, RelationDeletion.Clear);
        var (press, drill) = (await garage.MakeAsync("machines"), await garage.MakeAsync("machines"));
        var visit = await garage.MakeAsync("visits", new { machine = press.Id, tools = new[] { drill.Id, press.Id } });
        var moved = await garage.MakeAsync("visits", new { machine = press.Id });
        await garage.Delete("machines", press.Id);
        var left = await garage.GetAsync("visits", visit.Id);
        Assert.Equal([drill.Id], Garage.Ids(left, "tools"));
        Assert.Empty(Garage.Ids(left, "machine"));
        Assert.Equal(1, await records.EventsAsync(garage.Tenant, "RecordUpdated", visit.Id));
        await garage.SetAsync("visits", moved.Id, new { machine = drill.Id });
        await garage.Restore("machines", press.Id);
        var back = await garage.GetAsync("visits", visit.Id);
        Assert.Equal([press.Id], Garage.Ids(back, "machine"));
        Assert.Equal(2, Garage.Ids(back, "tools").Count());
        Assert.Equal([drill.Id], Garage.Ids(await garage.GetAsync("visits", moved.Id), "machine"));
        Assert.Equal((2L, 2L), (await LinksAsync(garage, press.Id), await LinksAsync(garage, drill.Id)));
    }

    [Fact]
    public async Task Records_go_along_in_a_chain_and_come_back_with_their_cause()
    {
        var garage = new Garage(records, RelationDeletion.Delete, ofVisit: RelationDeletion.Delete);
        var press = await garage.MakeAsync("machines");
        var visit = await garage.MakeAsync("visits", new { machine = press.Id });
        var report = await garage.MakeAsync("reports", new { visit = visit.Id });
        var early = await garage.MakeAsync("reports", new { visit = visit.Id });
        await garage.Delete("reports", early.Id);
        await garage.Delete("machines", press.Id);
        Assert.Empty(await garage.FindAsync("visits"));
        Assert.Equal(1, await records.EventsAsync(garage.Tenant, "RecordDeleted", report.Id));
        var said = await Expect.FailsAsync("RECORD_DELETED_WITH_ANOTHER", garage.Restore("visits", visit.Id));
        Assert.Contains(press.Id, said, StringComparison.Ordinal);
        await garage.Restore("machines", press.Id);
        Assert.Equal([visit.Id], await garage.FindAsync("visits", $"custom_fields.machine = \"{press.Id}\""));
        // What was deleted before was not deleted with it.
        Assert.Equal([report.Id], await garage.FindAsync("reports"));
        Assert.Equal(1, await records.EventsAsync(garage.Tenant, "RecordRestored", report.Id));
    }

    [Fact]
    public async Task All_stay_where_one_of_those_that_would_go_along_is_needed()
    {
        var garage = new Garage(records, RelationDeletion.Delete, ofVisit: RelationDeletion.Restrict);
        var press = await garage.MakeAsync("machines");
        var visit = await garage.MakeAsync("visits", new { machine = press.Id });
        var report = await garage.MakeAsync("reports", new { visit = visit.Id });
        await Expect.FailsAsync("RECORD_IN_USE", garage.Delete("machines", press.Id));
        Assert.Equal([press.Id], await garage.FindAsync("machines"));
        Assert.Equal([visit.Id], await garage.FindAsync("visits"));
        await garage.Delete("reports", report.Id);
        await garage.Delete("machines", press.Id);
        // The report was gone when its visit went: it is in use with it, or not at all.
        await Expect.FailsAsync("RELATED_RECORD_DELETED", garage.Restore("reports", report.Id));
        await garage.Restore("machines", press.Id);
        await garage.Restore("reports", report.Id);
    }

    [Fact]
    public async Task Records_that_lead_to_each_other_go_together()
    {
        var garage = new Garage(records, RelationDeletion.Delete, others: Garage.Relation("machine", "last_visit", "records.visit", RelationDeletion.Delete));
        var press = await garage.MakeAsync("machines");
        var visit = await garage.MakeAsync("visits", new { machine = press.Id });
        await garage.SetAsync("machines", press.Id, new { last_visit = visit.Id });
        await garage.Delete("visits", visit.Id);
        Assert.Empty(await garage.FindAsync("machines"));
        await garage.Restore("visits", visit.Id);
        Assert.Equal([press.Id], await garage.FindAsync("machines", $"custom_fields.last_visit = \"{visit.Id}\""));
    }

    [Fact]
    public async Task A_record_is_no_part_of_its_own_parts()
    {
        var garage = new Garage(records, RelationDeletion.Unspecified, others: [Garage.Relation("machine", "part_of", "records.machine", RelationDeletion.Delete), Garage.Relation("machine", "like", "records.machine", RelationDeletion.Unspecified)]);
        var line = await garage.MakeAsync("machines");
        var press = await garage.MakeAsync("machines", new { part_of = line.Id });
        var motor = await garage.MakeAsync("machines", new { part_of = press.Id });
        Assert.Contains("record.customFields.part_of", await Expect.FailsAsync("RELATION_CYCLE", garage.TrySet("machines", line.Id, new { part_of = motor.Id })), StringComparison.Ordinal);
        await Expect.FailsAsync("RELATION_CYCLE", garage.TrySet("machines", line.Id, new { part_of = line.Id }));
        await garage.SetAsync("machines", motor.Id, new { part_of = line.Id, like = motor.Id });
        await garage.Delete("machines", line.Id);
        Assert.Empty(await garage.FindAsync("machines"));
        await garage.Restore("machines", line.Id);
        Assert.Equal([line.Id, press.Id, motor.Id], await garage.FindAsync("machines"));
    }

    [Fact]
    public async Task Who_may_not_change_what_follows_may_not_delete()
    {
        var (garage, sam) = (new Garage(records, RelationDeletion.Clear), Guid.CreateVersion7());
        var press = await garage.MakeAsync("machines");
        var visit = await garage.MakeAsync("visits", new { machine = press.Id });
        records.Access.Set(garage.Tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{sam}",
            Permissions = { RecordsFixture.All },
            Policies = { new AccessPolicy { Id = "fixed", Name = "Visits are fixed", Resource = "records.visit", Specificity = PolicySpecificity.Role, Effect = PolicyEffect.Deny, Actions = { "update" } } },
        });
        var client = new RecordsService.RecordsServiceClient(records.Grpc(TestTokens.ForPerson(garage.Tenant, sam)));
        await Expect.FailsAsync("DENIED_BY_POLICY", client.DeleteRecordAsync(new DeleteRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token));
        Assert.Equal([press.Id], await garage.FindAsync("machines"));
        Assert.Equal([visit.Id], await garage.FindAsync("visits", $"custom_fields.machine = \"{press.Id}\""));
    }

    [Fact]
    public async Task A_deletion_that_would_change_too_much_changes_nothing()
    {
        var garage = new Garage(records, RelationDeletion.Delete);
        var press = await garage.MakeAsync("machines");
        var batch = new BatchCreateRecordsRequest { Object = "visits" };
        batch.Records.AddRange(Enumerable.Range(0, 20).Select(i => new Record { Name = $"Visit {i}", CustomFields = new Struct { Fields = { ["machine"] = Value.ForString(press.Id) } } }));
        await garage.Client.BatchCreateRecordsAsync(batch, cancellationToken: Token);
        await Expect.FailsAsync("TOO_MANY_RELATED_RECORDS", garage.Delete("machines", press.Id));
        Assert.Equal([press.Id], await garage.FindAsync("machines"));
    }

    [Fact]
    public async Task One_that_needs_a_record_is_found_among_however_many_that_only_name_it()
    {
        var garage = new Garage(records, RelationDeletion.Unspecified, others: Garage.Relation("report", "machine", "records.machine", RelationDeletion.Restrict));
        var press = await garage.MakeAsync("machines");
        var batch = new BatchCreateRecordsRequest { Object = "visits" };
        batch.Records.AddRange(Enumerable.Range(0, 30).Select(i => new Record { Name = $"Visit {i}", CustomFields = new Struct { Fields = { ["machine"] = Value.ForString(press.Id) } } }));
        await garage.Client.BatchCreateRecordsAsync(batch, cancellationToken: Token);
        var report = await garage.MakeAsync("reports", new { machine = press.Id });
        await Expect.FailsAsync("RECORD_IN_USE", garage.Delete("machines", press.Id));
        await garage.Delete("reports", report.Id);
        await garage.Delete("machines", press.Id);
        Assert.Equal(30, (await garage.FindAsync("visits", $"custom_fields.machine = \"{press.Id}\"")).Count());
        await garage.Restore("machines", press.Id);
    }

    [Fact]
    public async Task When_a_built_in_record_goes_relations_are_emptied_and_records_go_along()
    {
        var garage = new Garage(records, RelationDeletion.Unspecified, ofVisit: RelationDeletion.Delete, others:
        [
            Garage.Relation("visit", "customer", "contacts.person", RelationDeletion.Delete),
            Garage.Relation("machine", "keepers", "contacts.person", RelationDeletion.Unspecified, FieldType.Relations),
            Garage.Relation("machine", "buyer", "contacts.person", RelationDeletion.Unspecified),
        ]);
        var (ann, bob) = (records.BuiltInRecord("contacts.person"), records.BuiltInRecord("contacts.person"));
        var press = await garage.MakeAsync("machines", new { keepers = new[] { ann, bob }, buyer = ann });
        var visit = await garage.MakeAsync("visits", new { customer = ann });
        var report = await garage.MakeAsync("reports", new { visit = visit.Id });
        var kept = await garage.MakeAsync("visits", new { customer = bob });
        Assert.Equal("SUCCESS", await records.DeliverAsync(garage.Tenant, new Platform.Contacts.V1.PersonDeleted { Id = $"{ann}" }));
        await Eventually.HoldsAsync(async () => await records.Database.QueryAsync<long>($"SELECT count(*) FROM record_links WHERE tenant_id = '{garage.Tenant}' AND target_id = '{ann}'") == 0);
        Assert.Equal([kept.Id], await garage.FindAsync("visits"));
        Assert.Empty(await garage.FindAsync("reports"));
        var left = await garage.GetAsync("machines", press.Id);
        Assert.Equal([$"{bob}"], Garage.Ids(left, "keepers"));
        Assert.Equal([$"{ann}"], Garage.Ids(left, "buyer"));
        // A visit can be restored by itself, and its report comes with it.
        await garage.Restore("visits", visit.Id);
        Assert.Equal([report.Id], await garage.FindAsync("reports"));
    }

    [Fact]
    public async Task What_leads_to_a_deal_waits_while_the_deal_can_come_back()
    {
        var garage = new Garage(records, RelationDeletion.Unspecified, others: [Garage.Relation("visit", "customer", "deals.deal", RelationDeletion.Unspecified)]);
        var deal = records.BuiltInRecord("deals.deal");
        var visit = await garage.MakeAsync("visits", new { customer = deal });
        var waiting = $"SELECT count(*) FROM record_purges WHERE record_id = '{deal}' AND due_time > now() + interval '1 day'";
        Assert.Equal("SUCCESS", await records.DeliverAsync(garage.Tenant, new Platform.Deals.V1.DealDeleted { Id = $"{deal}", Restorable = true }));
        Assert.Equal(1, await records.Database.QueryAsync<long>(waiting));
        Assert.Equal("SUCCESS", await records.DeliverAsync(garage.Tenant, new Platform.Deals.V1.DealRestored { Id = $"{deal}" }));
        Assert.Equal(0, await records.Database.QueryAsync<long>(waiting));
        Assert.Equal([$"{deal}"], Garage.Ids(await garage.GetAsync("visits", visit.Id), "customer"));
    }

    [Fact]
    public async Task A_purge_takes_the_links_of_both_ends()
    {
        var garage = new Garage(records, RelationDeletion.Clear);
        var (press, drill) = (await garage.MakeAsync("machines"), await garage.MakeAsync("machines"));
        var visit = await garage.MakeAsync("visits", new { machine = press.Id, tools = new[] { drill.Id } });
        await garage.Delete("machines", press.Id);
        await garage.Delete("visits", visit.Id);
        Assert.Equal(2, await LinksAsync(garage, press.Id, drill.Id));
        await records.Database.ExecuteAsync($"UPDATE record_purges SET due_time = now() WHERE tenant_id = '{garage.Tenant}'");
        await Eventually.HoldsAsync(async () => await LinksAsync(garage, press.Id, drill.Id) == 0);
    }

    private Task<long> LinksAsync(Garage garage, params string[] targets) => records.Database.QueryAsync<long>(
        $"SELECT count(*) FROM record_links WHERE tenant_id = '{garage.Tenant}' AND target_id IN ({string.Join(',', targets.Select(id => $"'{id}'"))})");
}
