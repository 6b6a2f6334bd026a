using Google.Protobuf.WellKnownTypes;
using Platform.Access.V1;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Record = Platform.Records.V1.Record;

namespace Records.Tests.Timeline;

public sealed class TimelineFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_tells_what_happened_to_it_newest_first()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number), RecordsFixture.Of("place", FieldType.Text));
        var press = await records.CreateAsync(tenant, "Press", """{"power":50,"place":"Hall 1"}""");
        var client = records.RecordsOf(tenant);
        await client.UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = Changed(press.Id, """{"power":60}""", "Big press") }, cancellationToken: Token);
        await client.DeleteRecordAsync(new DeleteRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token);
        Assert.Equal(3, (await ListAsync(tenant, press.Id)).Entries.Count);
        await client.UndeleteRecordAsync(new UndeleteRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token);
        var entries = (await ListAsync(tenant, press.Id)).Entries;
        Assert.Equal([TimelineKind.Restored, TimelineKind.Deleted, TimelineKind.Changed, TimelineKind.Created], entries.Select(entry => entry.Kind));
        Assert.Equal(["name", "custom_fields.power"], entries[2].Changes.Select(change => change.Field));
        Assert.Equal(("Press", "Big press", 50d, 60d), (entries[2].Changes[0].From.StringValue, entries[2].Changes[0].To.StringValue, entries[2].Changes[1].From.NumberValue, entries[2].Changes[1].To.NumberValue));
        Assert.Equal(["number", "name", "owner_id", "custom_fields.place", "custom_fields.power"], entries[3].Changes.Select(change => change.Field));
        Assert.All(entries[3].Changes, change => Assert.Null(change.From));
        Assert.Equal(entries[3].Changes[2].To.StringValue, entries[3].Actor);
    }

    [Fact]
    public async Task Notes_stand_between_what_happened_and_are_changed_by_who_wrote_them()
    {
        var tenant = records.CompanyWithMachines();
        var press = await records.CreateAsync(tenant, "Press");
        var (anna, ben) = (TimelineOf(tenant, RecordsFixture.All), TimelineOf(tenant, RecordsFixture.All));
        var note = await anna.CreateNoteAsync(new CreateNoteRequest { Object = "machines", RecordId = press.Id, Note = new Note { Body = "Leaks oil." } }, cancellationToken: Token);
        await records.RecordsOf(tenant).UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = Changed(press.Id, "{}", "Old press") }, cancellationToken: Token);
        Assert.Equal([TimelineKind.Changed, TimelineKind.Note, TimelineKind.Created], (await ListAsync(tenant, press.Id)).Entries.Select(entry => entry.Kind));
        var change = new UpdateNoteRequest { Object = "machines", RecordId = press.Id, Note = new Note { Id = note.Id, Etag = note.Etag, Body = "Leaks oil, repaired." } };
        await Expect.FailsAsync("NOT_YOUR_NOTE", ben.UpdateNoteAsync(change, cancellationToken: Token));
        await anna.UpdateNoteAsync(change, cancellationToken: Token);
        await Expect.FailsAsync("STALE_ETAG", anna.UpdateNoteAsync(change, cancellationToken: Token));
        var shown = (await ListAsync(tenant, press.Id, TimelineKind.Note)).Entries.Single();
        Assert.Equal(("Leaks oil, repaired.", shown.Actor, note.CreateTime), (shown.Note.Body, shown.Note.AuthorId, shown.Note.CreateTime));
        await ben.DeleteNoteAsync(new DeleteNoteRequest { Object = "machines", RecordId = press.Id, Id = note.Id }, cancellationToken: Token);
        await Expect.FailsAsync("NOT_FOUND", ben.DeleteNoteAsync(new DeleteNoteRequest { Object = "machines", RecordId = press.Id, Id = note.Id }, cancellationToken: Token));
        Assert.Empty((await ListAsync(tenant, press.Id, TimelineKind.Note)).Entries);
        var log = await records.GrpcFor(tenant, AuditHistory.Permission).HistoryAsync("records.machine", press.Id, atLeast: 5);
        Assert.Equal(["create", "note", "update", "edit_note", "delete_note"], log.Select(entry => entry.Action));
    }

    [Theory]
    [InlineData("", "INVALID_ARGUMENT")]
    [InlineData("long", "INVALID_ARGUMENT")]
    public async Task A_note_needs_a_text_of_moderate_length(string body, string code)
    {
        var tenant = records.CompanyWithMachines();
        var press = await records.CreateAsync(tenant, "Press");
        var note = new Note { Body = body.Length == 0 ? " " : new string('x', 10_001) };
        await Expect.FailsAsync(code, TimelineOf(tenant, RecordsFixture.All).CreateNoteAsync(new CreateNoteRequest { Object = "machines", RecordId = press.Id, Note = note }, cancellationToken: Token));
    }

    [Fact]
    public async Task Pages_follow_one_another_without_a_gap_and_kinds_narrow_them()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number));
        var press = await records.CreateAsync(tenant, "Press");
        var timeline = TimelineOf(tenant, RecordsFixture.All);
        for (var i = 1; i <= 4; i++)
        {
            await records.RecordsOf(tenant).UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = Changed(press.Id, $$"""{"power":{{i}}}""", "") }, cancellationToken: Token);
            await timeline.CreateNoteAsync(new CreateNoteRequest { Object = "machines", RecordId = press.Id, Note = new Note { Body = $"Note {i}" } }, cancellationToken: Token);
        }

        var (ids, token) = (new List<string>(), "");
        do
        {
            var page = await timeline.ListTimelineAsync(new ListTimelineRequest { Object = "machines", RecordId = press.Id, PageSize = 2, PageToken = token }, cancellationToken: Token);
            Assert.InRange(page.Entries.Count, 1, 2);
            ids.AddRange(page.Entries.Select(entry => entry.Id));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        Assert.Equal((await ListAsync(tenant, press.Id)).Entries.Select(entry => entry.Id), ids);
        Assert.Equal(9, ids.Distinct().Count());
        Assert.Equal(["Note 4", "Note 3", "Note 2", "Note 1"], (await ListAsync(tenant, press.Id, TimelineKind.Note)).Entries.Select(entry => entry.Note.Body));
        Assert.Equal(5, (await ListAsync(tenant, press.Id, TimelineKind.Changed, TimelineKind.Created)).Entries.Count);
        var first = await timeline.ListTimelineAsync(new ListTimelineRequest { Object = "machines", RecordId = press.Id, PageSize = 2 }, cancellationToken: Token);
        await Expect.FailsAsync("INVALID_ARGUMENT", timeline.ListTimelineAsync(
            new ListTimelineRequest { Object = "machines", RecordId = press.Id, PageToken = first.NextPageToken, Kinds = { TimelineKind.Note } }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_hidden_field_is_not_told_of_and_a_masked_one_without_its_values()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("price", FieldType.Number), RecordsFixture.Of("power", FieldType.Number), RecordsFixture.Of("place", FieldType.Text));
        var press = await records.CreateAsync(tenant, "Press", """{"price":4711,"power":5,"place":"Hall 0815"}""");
        await records.RecordsOf(tenant).UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = Changed(press.Id, """{"price":4712}""", "") }, cancellationToken: Token);
        await records.RecordsOf(tenant).UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = Changed(press.Id, """{"price":4713,"place":"Hall 0816"}""", "") }, cancellationToken: Token);
        var sam = Guid.CreateVersion7();
        records.Access.Set(tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{sam}",
            Permissions = { RecordsFixture.All },
            Policies =
            {
                new AccessPolicy
                {
                    Id = "f",
                    Name = "No prices",
                    Resource = "records.machine",
                    Specificity = PolicySpecificity.Role,
                    FieldRules =
                    {
                        new FieldRule { Path = "custom_fields.price", Access = FieldAccess.Hidden },
                        new FieldRule { Path = "custom_fields.place", Access = FieldAccess.Masked },
                    },
                },
            },
        });
        var seen = await new TimelineService.TimelineServiceClient(records.Grpc(TestTokens.ForPerson(tenant, sam))).ListTimelineAsync(
            new ListTimelineRequest { Object = "machines", RecordId = press.Id }, cancellationToken: Token);
        Assert.Equal([TimelineKind.Changed, TimelineKind.Created], seen.Entries.Select(entry => entry.Kind));
        Assert.DoesNotContain("471", seen.ToString().Replace(press.Id, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("price", seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Hall", seen.ToString(), StringComparison.Ordinal);
        var place = Assert.Single(seen.Entries[0].Changes);
        Assert.Equal(("custom_fields.place", true), (place.Field, place.Masked));
        Assert.Equal(5d, seen.Entries[1].Changes.Single(change => change.Field == "custom_fields.power").To.NumberValue);
    }

    [Fact]
    public async Task That_a_confidential_field_was_changed_is_told_without_its_values()
    {
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("lock", FieldType.Confidential), RecordsFixture.Of("place", FieldType.Text));
        var trusted = new RecordsService.RecordsServiceClient(records.GrpcFor(tenant, [.. RecordsFixture.All, "metadata.confidential"]));
        var press = await records.CreateAsync(tenant, "Press");
        foreach (var fields in (string[])["""{"lock":"0815-1"}""", """{"lock":"0815-2"}""", """{"place":"Hall 2"}"""])
            await trusted.UpdateRecordAsync(new UpdateRecordRequest { Object = "machines", Record = Changed(press.Id, fields, "") }, cancellationToken: Token);
        var entries = (await ListAsync(tenant, press.Id)).Entries;
        Assert.Equal(["custom_fields.place", "custom_fields.lock", "custom_fields.lock"], entries.Take(3).Select(entry => Assert.Single(entry.Changes).Field));
        Assert.All(entries.Skip(1).Take(2), entry => Assert.Equal((true, null, null), (entry.Changes[0].Masked, entry.Changes[0].From, entry.Changes[0].To)));
        Assert.DoesNotContain("0815", entries.ToString().Replace(press.Id, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_see_a_record_finds_no_timeline_and_who_may_not_change_it_writes_no_note()
    {
        var tenant = records.CompanyWithMachines();
        var (press, other) = (await records.CreateAsync(tenant, "Press"), records.CompanyWithMachines());
        var request = new ListTimelineRequest { Object = "machines", RecordId = press.Id };
        var note = new CreateNoteRequest { Object = "machines", RecordId = press.Id, Note = new Note { Body = "Hello" } };
        await Expect.FailsAsync("NOT_FOUND", TimelineOf(other, RecordsFixture.All).ListTimelineAsync(request, cancellationToken: Token));
        await Expect.FailsAsync("NOT_FOUND", TimelineOf(other, RecordsFixture.All).CreateNoteAsync(note, cancellationToken: Token));
        await Expect.FailsAsync("PERMISSION_DENIED", TimelineOf(tenant, ["records.read"]).CreateNoteAsync(note, cancellationToken: Token));
        await Expect.FailsAsync("PERMISSION_DENIED", TimelineOf(tenant, ["metadata.read"]).ListTimelineAsync(request, cancellationToken: Token));
        var blind = Person(tenant, new AccessPolicy { Id = "r", Name = "Own", Resource = "records.machine", Specificity = PolicySpecificity.Role, Effect = PolicyEffect.Allow, Actions = { "read" }, Filter = "owner_id = user.id" });
        await Expect.FailsAsync("NOT_FOUND", blind.ListTimelineAsync(request, cancellationToken: Token));
        var reader = Person(tenant, new AccessPolicy { Id = "u", Name = "No changes", Resource = "records.machine", Specificity = PolicySpecificity.Role, Effect = PolicyEffect.Deny, Actions = { "update" } });
        Assert.Single((await reader.ListTimelineAsync(request, cancellationToken: Token)).Entries);
        await Expect.FailsAsync("DENIED_BY_POLICY", reader.CreateNoteAsync(note, cancellationToken: Token));
    }

    [Fact]
    public async Task A_record_is_told_of_those_that_refer_to_it_as_far_as_the_caller_may_see_them()
    {
        var tenant = Guid.CreateVersion7();
        records.Fields.SetObjects(tenant, [RecordsFixture.Machines(), RecordsFixture.Kind("visit", "visits")], new Platform.CustomFields.V1.Field
        {
            Resource = "records.visit",
            Key = "machine",
            Label = "Machine",
            Type = FieldType.Relation,
            RelatedResource = "records.machine",
        });
        var (press, drill, client) = (await records.CreateAsync(tenant, "Press"), await records.CreateAsync(tenant, "Drill"), records.RecordsOf(tenant));
        var visit = await client.CreateRecordAsync(new CreateRecordRequest { Object = "visits", Record = Changed("", $$"""{"machine":"{{press.Id}}"}""", "Yearly check") }, cancellationToken: Token);
        var linked = (await ListAsync(tenant, press.Id, TimelineKind.Linked)).Entries.Single();
        Assert.Equal(new RelatedRecord { Resource = "records.visit", Id = visit.Id, Name = "Yearly check", Field = "custom_fields.machine" }, linked.Related);
        Assert.Equal(visit.OwnerId, linked.Actor);
        await client.UpdateRecordAsync(new UpdateRecordRequest { Object = "visits", Record = Changed(visit.Id, $$"""{"machine":"{{drill.Id}}"}""", "Check") }, cancellationToken: Token);
        Assert.Equal([TimelineKind.Unlinked, TimelineKind.Linked, TimelineKind.Created], (await ListAsync(tenant, press.Id)).Entries.Select(entry => entry.Kind));
        Assert.Equal("Check", (await ListAsync(tenant, drill.Id, TimelineKind.Linked)).Entries.Single().Related.Name);
        var blind = Person(tenant, new AccessPolicy { Id = "r", Name = "Own", Resource = "records.visit", Specificity = PolicySpecificity.Role, Effect = PolicyEffect.Allow, Actions = { "read" }, Filter = "owner_id = user.id" });
        Assert.Equal([TimelineKind.Created], (await blind.ListTimelineAsync(new ListTimelineRequest { Object = "machines", RecordId = press.Id }, cancellationToken: Token)).Entries.Select(entry => entry.Kind));
    }

    [Fact]
    public async Task A_record_that_is_gone_takes_its_notes_along()
    {
        var tenant = records.CompanyWithMachines();
        var press = await records.CreateAsync(tenant, "Press");
        await TimelineOf(tenant, RecordsFixture.All).CreateNoteAsync(new CreateNoteRequest { Object = "machines", RecordId = press.Id, Note = new Note { Body = "Hello" } }, cancellationToken: Token);
        await records.RecordsOf(tenant).DeleteRecordAsync(new DeleteRecordRequest { Object = "machines", Id = press.Id }, cancellationToken: Token);
        await records.Database.ExecuteAsync($"UPDATE record_purges SET due_time = now() WHERE tenant_id = '{tenant}'");
        await Eventually.HoldsAsync(async () => await records.Database.QueryAsync<long>($"SELECT count(*) FROM record_activities WHERE tenant_id = '{tenant}'") == 0);
    }

    private static Record Changed(string id, string fields, string name) => new() { Id = id, Name = name, CustomFields = Struct.Parser.ParseJson(fields) };

    private TimelineService.TimelineServiceClient TimelineOf(Guid tenant, string[] permissions) => new(records.GrpcFor(tenant, permissions));

    private TimelineService.TimelineServiceClient Person(Guid tenant, params AccessPolicy[] policies)
    {
        var person = Guid.CreateVersion7();
        records.Access.Set(tenant, new Platform.Tenants.V1.Access { UserId = $"{person}", Permissions = { RecordsFixture.All }, Policies = { policies } });
        return new(records.Grpc(TestTokens.ForPerson(tenant, person)));
    }

    private async Task<ListTimelineResponse> ListAsync(Guid tenant, string id, params TimelineKind[] kinds) =>
        await TimelineOf(tenant, RecordsFixture.All).ListTimelineAsync(new ListTimelineRequest { Object = "machines", RecordId = id, Kinds = { kinds } }, cancellationToken: Token);
}
