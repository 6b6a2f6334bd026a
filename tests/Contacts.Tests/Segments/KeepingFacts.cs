using Grpc.Core;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Company = Platform.Contacts.V1.Company;
using Field = Platform.CustomFields.V1.Field;
using Person = Platform.Contacts.V1.Person;

namespace Contacts.Tests.Segments;

/// <summary>Members are right whoever else is at work, and whatever is away or not known yet.</summary>
public sealed class KeepingFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Keeper _keeper = new(contacts);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Otherwise records that lead to each other would be looked at for ever.</summary>
    [Fact]
    public async Task Whoever_is_looked_at_because_of_another_record_has_nobody_else_looked_at()
    {
        var acme = await _keeper.CompanyAsync("Acme");
        await _keeper.PersonAsync("Ann", company: acme.Id);
        var segment = await _keeper.DynamicAsync("company.name = \"Acme\"");
        Assert.Equal("Ann", await _keeper.NamesAsync(segment.Id));
        await contacts.Database.ExecuteAsync($"DELETE FROM segment_members WHERE segment_id = '{segment.Id}'");
        await NoteAsync("contacts.company by link");
        Assert.Equal("", await _keeper.NamesAsync(segment.Id));
        await NoteAsync("contacts.company");
        Assert.Equal("Ann", await _keeper.NamesAsync(segment.Id));

        async Task NoteAsync(string resource)
        {
            await contacts.Database.ExecuteAsync($"INSERT INTO segment_checks (tenant_id, id, resource, record_id, due_time) VALUES ('{_keeper.Tenant}', gen_random_uuid(), '{resource}', '{acme.Id}', now())");
            // Whatever is saved wakes who looks at what was written.
            await _keeper.StaticAsync();
        }
    }

    [Fact]
    public async Task Whoever_was_being_written_when_the_segment_was_made_belongs_to_it()
    {
        var ann = await _keeper.PersonAsync("Ann");
        await using var writing = await OpenTransaction.BeginAsync(contacts.Database, $"UPDATE people SET job_title = 'CEO' WHERE id = '{ann.Id}'");
        var segment = await _keeper.Segments.CreateSegmentAsync(
            new CreateSegmentRequest { Segment = new Segment { Name = "CEOs", Resource = Keeper.OfPeople, Kind = SegmentKind.Dynamic, Filter = "job_title = \"CEO\"" } }, cancellationToken: Token);
        // Either it waits for the writer, or it is done without.
        await Eventually.HoldsAsync(async () => (await _keeper.GetAsync(segment.Id)).State == SegmentState.Ready || await contacts.Database.QueryAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%pg_snapshot_xmin%'") > 0, Patience);
        await writing.CommitAsync();
        await _keeper.ReadyAsync(segment.Id);
        Assert.Equal("Ann", await _keeper.NamesAsync(segment.Id));
    }

    [Fact]
    public async Task While_it_cannot_be_asked_what_fields_a_company_has_nothing_is_decided()
    {
        contacts.Fields.Set(_keeper.Tenant, new Field { Resource = Keeper.OfPeople, Key = "size", Label = "Size", Type = FieldType.Number });
        var ann = await _keeper.PersonAsync("Ann", "CEO");
        var segment = await _keeper.DynamicAsync("job_title = \"CEO\"");
        Assert.Equal("Ann", await _keeper.NamesAsync(segment.Id));
        contacts.Fields.Down = true;
        try
        {
            // What was known last is forgotten with the process.
            await contacts.RestartAsync();
            await contacts.Database.ExecuteAsync($"UPDATE people SET job_title = 'CFO' WHERE id = '{ann.Id}'");
            var noted = await contacts.Database.QueryAsync<DateTime>($"SELECT due_time FROM segment_checks WHERE tenant_id = '{_keeper.Tenant}'");
            // Whatever is saved wakes who looks at what was written.
            await _keeper.StaticAsync();
            await Eventually.HoldsAsync(async () => await contacts.Database.QueryAsync<long>(
                $"SELECT count(*) FROM segment_checks WHERE tenant_id = '{_keeper.Tenant}' AND due_time > '{noted:O}'") == 1, Patience);
            await Expect.FailsAsync(StatusCode.Unavailable, "METADATA_UNAVAILABLE", _keeper.Segments.CountSegmentMembersAsync(new CountSegmentMembersRequest { SegmentId = segment.Id }, cancellationToken: Token));
        }
        finally
        {
            contacts.Fields.Down = false;
        }

        Assert.Equal("", await _keeper.NamesAsync(segment.Id));
    }

    [Fact]
    public async Task While_a_roll_up_is_counted_anew_members_stay_and_the_segment_says_that_it_is_pending()
    {
        await DefineAsync("", isCounted: true);
        var (acme, other) = (await _keeper.CompanyAsync("Acme"), await _keeper.CompanyAsync("Other"));
        await _keeper.PersonAsync("Ann", "CEO", acme.Id);
        await _keeper.PersonAsync("Bob", company: other.Id);
        var segment = await _keeper.DynamicAsync("custom_fields.people >= 1", "contacts.company");
        Assert.Equal("Acme Other", await CompaniesAsync(segment));
        // Nothing is counted until all have ended who had begun to write.
        await using (var writing = await OpenTransaction.BeginAsync(contacts.Database, "SELECT pg_current_xact_id()"))
        {
            await DefineAsync("job_title = \"CEO\"", isCounted: false);
            await _keeper.Companies.UpdateCompanyAsync(new UpdateCompanyRequest { Company = new Company { Id = acme.Id, Phone = "+49 30 1" } }, cancellationToken: Token);
            Assert.Equal("Acme Other", await CompaniesAsync(segment));
            Assert.Equal(SegmentState.Pending, (await _keeper.GetAsync(segment.Id)).State);
            await writing.CommitAsync();
        }

        await _keeper.ReadyAsync(segment.Id);
        Assert.Equal("Acme", await CompaniesAsync(segment));
        Assert.Equal((1L, 0L), (await _keeper.EventsAsync("SegmentMemberAdded", acme.Id), await _keeper.EventsAsync("SegmentMemberRemoved", acme.Id)));

        async Task DefineAsync(string filter, bool isCounted)
        {
            var field = new Field
            {
                Resource = "contacts.company",
                Key = "people",
                Label = "People",
                Type = FieldType.RollUp,
                ResultType = FieldType.Number,
                RollUp = new RollUp { Resource = Keeper.OfPeople, Relation = "company_id", Function = RollUpFunction.Count, Filter = filter },
            };
            var version = contacts.Fields.Set(_keeper.Tenant, field);
            Assert.Equal("SUCCESS", await contacts.DeliverAsync(_keeper.Tenant, new FieldsChanged { Version = version, Field = field }));
            var states = isCounted ? "state = 'Ready'" : "state = 'Building'";
            await Eventually.HoldsAsync(async () => await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_indexes WHERE tenant_id = '{_keeper.Tenant}' AND kind = 'RollUp' AND {states}") == 1, Patience);
        }
    }

    [Fact]
    public async Task A_place_goes_to_the_record_that_is_there_in_the_end_and_who_leaves_is_told_of_once()
    {
        var (ann, bob, eve) = (await _keeper.PersonAsync("Ann"), await _keeper.PersonAsync("Bob"), await _keeper.PersonAsync("Eve"));
        var segment = await _keeper.StaticAsync();
        await _keeper.AddAsync(segment.Id, ann.Id);
        // Nobody looks at members before both merges are done.
        await using (var holding = await OpenTransaction.BeginAsync(contacts.Database, $"SELECT FROM segments WHERE id = '{segment.Id}' FOR UPDATE"))
        {
            await MergeAsync(ann, bob);
            await MergeAsync(bob, eve);
            await holding.CommitAsync();
        }

        Assert.Equal("Eve", await _keeper.NamesAsync(segment.Id));
        Assert.Equal((1L, 1L), (await _keeper.EventsAsync("SegmentMemberRemoved", ann.Id), await _keeper.EventsAsync("SegmentMemberAdded", eve.Id)));
        await _keeper.People.UnmergePersonAsync(new UnmergePersonRequest { Id = eve.Id }, cancellationToken: Token);
        await _keeper.People.UnmergePersonAsync(new UnmergePersonRequest { Id = bob.Id }, cancellationToken: Token);
        Assert.Equal("Ann Eve", await _keeper.NamesAsync(segment.Id));
        Assert.Equal((1L, 2L), (await _keeper.EventsAsync("SegmentMemberRemoved", ann.Id), await _keeper.EventsAsync("SegmentMemberAdded", ann.Id)));

        async Task MergeAsync(Person from, Person into) =>
            await _keeper.People.MergePersonAsync(new MergePersonRequest { Id = into.Id, Merged = { new MergedRecord { Id = from.Id } } }, cancellationToken: Token);
    }

    [Fact]
    public async Task Of_those_who_make_segments_at_once_one_has_the_last_place()
    {
        await contacts.Database.ExecuteAsync(
            $"""
            INSERT INTO segments (tenant_id, id, name, description, resource, kind, filter, time_zone, watches, reads, create_time, update_time)
            SELECT '{_keeper.Tenant}', gen_random_uuid(), 'Segment ' || i, '', '{Keeper.OfPeople}', 'Dynamic', 'last_name:*', '', ARRAY['{Keeper.OfPeople}'], '{"{}"}', now(), now() FROM generate_series(1, 199) AS i
            """);
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await _keeper.Segments.CreateSegmentAsync(
                    new CreateSegmentRequest { Segment = new Segment { Name = $"Last {i}", Resource = Keeper.OfPeople, Kind = SegmentKind.Dynamic, Filter = "last_name:*" } }, cancellationToken: Token);
            }
            catch (RpcException full) when (full.StatusCode == StatusCode.ResourceExhausted)
            {
                Interlocked.Increment(ref refused);
            }
        }));
        Assert.Equal(7, refused);
        await contacts.Database.ExecuteAsync($"DELETE FROM segments WHERE tenant_id = '{_keeper.Tenant}'");
    }

    [Fact]
    public async Task Members_are_listed_by_the_rules_of_their_kind_and_not_by_those_of_others()
    {
        await _keeper.PersonAsync("Ann", "CEO");
        var segment = await _keeper.DynamicAsync("last_name:*");
        Assert.Equal("Ann", await _keeper.NamesAsync(segment.Id));
        var request = new ListSegmentMembersRequest { SegmentId = segment.Id, Filter = "job_title = \"CEO\"", OrderBy = "job_title" };
        var noLeads = new SegmentsService.SegmentsServiceClient(_keeper.Restricted(Hiding("contacts.lead")));
        Assert.Equal("Ann", Assert.Single((await noLeads.ListSegmentMembersAsync(request, cancellationToken: Token)).People).LastName);
        var noPeople = new SegmentsService.SegmentsServiceClient(_keeper.Restricted(Hiding(Keeper.OfPeople)));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", noPeople.ListSegmentMembersAsync(new ListSegmentMembersRequest(request) { OrderBy = "" }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", noPeople.ListSegmentMembersAsync(new ListSegmentMembersRequest(request) { Filter = "" }, cancellationToken: Token));
        Assert.Equal("", Assert.Single((await noPeople.ListSegmentMembersAsync(new ListSegmentMembersRequest { SegmentId = segment.Id }, cancellationToken: Token)).People).JobTitle);

        static AccessPolicy Hiding(string resource) => new()
        {
            Id = "p",
            Name = "No titles",
            Resource = resource,
            Specificity = PolicySpecificity.Role,
            FieldRules = { new FieldRule { Path = "job_title", Access = FieldAccess.Hidden } },
        };
    }

    private async Task<string> CompaniesAsync(Segment segment)
    {
        await _keeper.LookedAtAsync();
        return string.Join(' ', (await _keeper.MembersAsync(segment.Id)).Companies.Select(company => company.Name).Order(StringComparer.Ordinal));
    }
}
