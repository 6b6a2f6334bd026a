using System.Text;
using Contacts.Tests.Imports;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Bulk.V1;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Contacts.Tests.Leads.Scoring;

/// <summary>Leads have the score that the company's rules give them, whoever writes them, and whatever becomes of the rules.</summary>
public sealed class ScoringFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] All = ["contacts.read", "contacts.write", "contacts.import"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadsService.LeadsServiceClient Leads => contacts.Leads(_tenant);

    [Fact]
    public async Task A_score_is_the_sum_of_the_points_of_the_rules_that_hold_whoever_writes_the_lead()
    {
        contacts.Fields.Set(_tenant, new Field { Resource = "contacts.lead", Key = "size", Label = "Size", Type = FieldType.Number });
        await SetAsync(("Fair", "source = \"fair\"", 40), ("Reachable", "email:*", 30), ("Large", "custom_fields.size > 3", 60), ("Given up", "status = LEAD_STATUS_UNQUALIFIED", -100));
        await ReadyAsync();
        var fair = await CreateAsync(new Lead { LastName = "Fair", Source = "fair", Email = "fair@x.example", Score = 7 });
        Assert.Equal((true, 70, false), (fair.HasScore, fair.Score, fair.ScorePending));
        Assert.Equal("70", await contacts.Database.QueryAsync<string>($"SELECT data::jsonb -> 'lead' ->> 'score' FROM outbox_messages WHERE aggregate_id = '{fair.Id}'"));
        var large = await Leads.UpdateLeadAsync(new UpdateLeadRequest { Lead = new Lead { Id = fair.Id, CustomFields = new Struct { Fields = { ["size"] = Value.ForNumber(4) } } } }, cancellationToken: Token);
        Assert.Equal(100, large.Score);
        var plain = await CreateAsync(new Lead { LastName = "Plain", Status = LeadStatus.Unqualified });
        Assert.Equal((true, 0), (plain.HasScore, plain.Score));
        using var rest = contacts.Rest(_tenant);
        await Upload.RestAsync(rest, Encoding.UTF8.GetBytes("Last name,Source,E-mail\nFile,fair,\nLine,,line@x.example\n"), "?target=leads");
        Assert.Equal([("Fair", 100), ("File", 40), ("Line", 30), ("Plain", 0)], (await ListAsync("", "score desc")).Select(lead => (lead.LastName, lead.Score)));
        Assert.Equal(["File", "Fair"], (await ListAsync("score >= 40", "score")).Select(lead => lead.LastName));

        var why = await Leads.ExplainLeadScoreAsync(new ExplainLeadScoreRequest { LeadId = fair.Id }, cancellationToken: Token);
        Assert.Equal([("Fair", 40), ("Reachable", 30), ("Large", 60)], why.Parts.Select(part => (part.Rule, part.Points)));
        Assert.Equal((100, false), (why.Score, why.Partial));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", contacts.Leads(Guid.CreateVersion7()).ExplainLeadScoreAsync(new ExplainLeadScoreRequest { LeadId = fair.Id }, cancellationToken: Token));

        // Rules of assignment know it before the lead is there.
        var expert = $"{Guid.CreateVersion7()}";
        await Leads.UpdateLeadAssignmentAsync(new UpdateLeadAssignmentRequest { Assignment = new LeadAssignment { Rules = { new LeadAssignmentRule { Name = "Hot", Filter = "score >= 70", OwnerId = expert } } } }, cancellationToken: Token);
        Assert.Equal(expert, (await CreateAsync(new Lead { LastName = "Hot", Source = "fair", Email = "hot@x.example" })).OwnerId);
        Assert.NotEqual(expert, (await CreateAsync(new Lead { LastName = "Cold", Source = "fair" })).OwnerId);
    }

    [Fact]
    public async Task When_the_rules_change_every_score_follows_and_is_pending_until_then()
    {
        var set = await SetAsync(("Fair", "source = \"fair\"", 40));
        await ReadyAsync();
        var (fair, web) = (await CreateAsync(new Lead { LastName = "Fair", Source = "fair" }), await CreateAsync(new Lead { LastName = "Web", Source = "web" }));
        var hot = await new SegmentsService.SegmentsServiceClient(contacts.GrpcFor(_tenant, All)).CreateSegmentAsync(
            new CreateSegmentRequest { Segment = new Segment { Name = "Hot", Resource = "contacts.lead", Kind = SegmentKind.Dynamic, Filter = "score >= 50" } }, cancellationToken: Token);
        var audited = await AuditedAsync();
        // Nothing is computed until all have ended who had begun to write.
        await using (var writing = await OpenTransaction.BeginAsync(contacts.Database, "SELECT pg_current_xact_id()"))
        {
            set = await UpdateAsync(new LeadScoring { Etag = set.Etag, Rules = { new LeadScoringRule { Name = "Web", Filter = "source = \"web\"", Points = 80 } } });
            Assert.True(set.Pending);
            Assert.All([await GetAsync(fair), .. await ListAsync("", "")], lead => Assert.Equal((false, true), (lead.HasScore, lead.ScorePending)));
            // Nor does a file tell what was worth something by the rules before.
            string[] pending = ["id,score,score_pending", $"{fair.Id},,true", $"{web.Id},,true"];
            Assert.Equal(pending, await FileAsync());
            using var rest = contacts.RestFor(_tenant, "contacts.export");
            var lines = (await rest.GetStringAsync(new Uri("/api/v1/contacts/leads:export?orderBy=create_time", UriKind.Relative), Token)).Trim().Split("\r\n").Select(line => line.Split(',')).ToList();
            Assert.Equal(pending, lines.Select(line => string.Join(',', pending[0].Split(',').Select(name => line[Array.IndexOf(lines[0], name)]))));
            await writing.CommitAsync();
        }

        await ReadyAsync();
        Assert.Equal([("Fair", 0), ("Web", 80)], (await ListAsync("", "last_name")).Select(lead => (lead.LastName, lead.Score)));
        Assert.Equal(["id,score,score_pending", $"{fair.Id},0,false", $"{web.Id},80,false"], await FileAsync());
        // Nothing but the score has changed: no entry of the log but that of the rules, and those who follow are told.
        Assert.Equal((fair.UpdateTime, audited + 1), ((await GetAsync(fair)).UpdateTime, await AuditedAsync()));
        Assert.Equal(1, await contacts.EventsAsync("LeadUpdated", web.Id));
        Assert.Equal("80", await contacts.Database.QueryAsync<string>($"SELECT data::jsonb -> 'lead' ->> 'score' FROM outbox_messages WHERE aggregate_id = '{web.Id}' AND type LIKE '%LeadUpdated'"));
        await Eventually.HoldsAsync(async () => await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM segment_members WHERE segment_id = '{hot.Id}' AND record_id = '{web.Id}'") == 1, Patience);

        await Expect.FailsAsync(StatusCode.Aborted, "STALE_ETAG", Leads.UpdateLeadScoringAsync(new UpdateLeadScoringRequest { Scoring = new LeadScoring { Etag = $"{set.Etag}1" } }, cancellationToken: Token));
        await UpdateAsync(new LeadScoring { Etag = set.Etag });
        await ReadyAsync();
        Assert.All(await ListAsync("", ""), lead => Assert.Equal((false, false), (lead.HasScore, lead.ScorePending)));

        async Task<string[]> FileAsync()
        {
            var token = TestTokens.ForPerson(_tenant, Guid.CreateVersion7(), [.. All, "contacts.export"]);
            var jobs = new BulkService.BulkServiceClient(contacts.Grpc(token));
            var job = await jobs.BulkLeadsAsync(new BulkLeadsRequest { All = true, Export = new BulkExport { Columns = { "id", "score", "score_pending" } } }, cancellationToken: Token);
            await Eventually.HoldsAsync(async () => (await jobs.GetBulkJobAsync(new GetBulkJobRequest { Id = job.Id }, cancellationToken: Token)).State == BulkState.Succeeded, Patience);
            using var rest = contacts.Rest(token);
            return (await rest.GetStringAsync(new Uri($"/api/v1/contacts/bulkJobs/{job.Id}/file", UriKind.Relative), Token)).Trim().Split("\r\n");
        }

        Task<long> AuditedAsync() => contacts.Database.QueryAsync<long>($"SELECT count(*) FROM audit_entries WHERE tenant_id = '{_tenant}' AND resource LIKE '%lead%' AND action NOT IN ('bulk', 'export')");
    }

    [Fact]
    public async Task What_depends_on_the_date_is_computed_anew_at_midnight_of_its_time_zone()
    {
        await UpdateAsync(new LeadScoring { TimeZone = "Asia/Tokyo", Rules = { new LeadScoringRule { Name = "Fresh", Filter = "create_time >= daysAgo(7)", Points = 10 } } });
        await ReadyAsync();
        var lead = await CreateAsync(new Lead { LastName = "Lead" });
        Assert.Equal(10, lead.Score);
        Assert.Equal(15m, await contacts.Database.QueryAsync<decimal>($"SELECT extract(hour FROM due_time AT TIME ZONE 'UTC') FROM lead_score_runs WHERE tenant_id = '{_tenant}'"));
        await contacts.Database.ExecuteAsync($"UPDATE leads SET create_time = create_time - interval '9 days' WHERE id = '{lead.Id}'");
        await contacts.Database.ExecuteAsync($"UPDATE lead_score_runs SET due_time = now() WHERE tenant_id = '{_tenant}'");
        // Whoever changes rules wakes who applies them.
        await contacts.Leads(Guid.CreateVersion7()).UpdateLeadScoringAsync(new UpdateLeadScoringRequest { Scoring = new LeadScoring() }, cancellationToken: Token);
        await Eventually.HoldsAsync(async () => await GetAsync(lead) is { HasScore: true, Score: 0 }, Patience);

        // A day that ends while leads are looked at ends for those, too, that had been looked at before.
        await contacts.Database.ExecuteAsync($"UPDATE leads SET score = 10 WHERE id = '{lead.Id}'");
        await contacts.Database.ExecuteAsync($"UPDATE lead_score_runs SET cursor = 'ffffffff-ffff-ffff-ffff-ffffffffffff', begin_time = now() - interval '1 day', due_time = now() WHERE tenant_id = '{_tenant}'");
        await contacts.Leads(Guid.CreateVersion7()).UpdateLeadScoringAsync(new UpdateLeadScoringRequest { Scoring = new LeadScoring() }, cancellationToken: Token);
        await Eventually.HoldsAsync(async () => await GetAsync(lead) is { Score: 0 }, Patience);
    }

    [Fact]
    public async Task Who_does_not_see_all_that_rules_may_read_is_told_no_score_and_writes_all_the_same()
    {
        contacts.Fields.Set(
            _tenant,
            new Field { Resource = "contacts.lead", Key = "size", Label = "Size", Type = FieldType.Number },
            new Field { Resource = "contacts.lead", Key = "twice", Label = "Twice", Type = FieldType.Formula, Formula = "custom_fields.size * 2", ResultType = FieldType.Decimal },
            new Field { Resource = "contacts.lead", Key = "secret", Label = "Secret", Type = FieldType.Confidential });
        foreach (var (filter, code) in ((string, string)[])[("sorce = 1", "INVALID_FILTER"), ("owner_id = user.id", "INVALID_FILTER"), ("score > 3", "INVALID_ARGUMENT"), ("custom_fields.twice > 3", "INVALID_ARGUMENT"), ("converted_person.email:*", "INVALID_ARGUMENT")])
            await Expect.FailsAsync(StatusCode.InvalidArgument, code, Update(new LeadScoring { Rules = { new LeadScoringRule { Name = "Rule", Filter = filter, Points = 1 } } }));
        await Assert.ThrowsAsync<RpcException>(() => UpdateAsync(new LeadScoring { Rules = { new LeadScoringRule { Name = "Rule", Filter = "custom_fields.secret:*", Points = 1 } } }));
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Update(new LeadScoring { Rules = { new LeadScoringRule { Name = "Rule", Points = 101 } } }));

        await SetAsync(("Called", "phone:*", 30), ("Fair", "source = \"fair\"", 20));
        await ReadyAsync();
        var lead = await CreateAsync(new Lead { LastName = "Lead", Phone = "+49 1", Source = "fair" });
        var blind = Restricted(new FieldRule { Path = "phone", Access = FieldAccess.Hidden });
        Assert.False((await blind.GetLeadAsync(new GetLeadRequest { Id = lead.Id }, cancellationToken: Token)).HasScore);
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", blind.ListLeadsAsync(new ListLeadsRequest { Filter = "score > 3" }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", blind.ExplainLeadScoreAsync(new ExplainLeadScoreRequest { LeadId = lead.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", blind.UpdateLeadScoringAsync(new UpdateLeadScoringRequest { Scoring = new LeadScoring { Rules = { new LeadScoringRule { Name = "Rule", Filter = "phone:*", Points = 1 } } } }, cancellationToken: Token));
        // What the rules make of it is not the caller's doing.
        await blind.UpdateLeadAsync(new UpdateLeadRequest { Lead = new Lead { Id = lead.Id, Source = "web" }, UpdateMask = new FieldMask { Paths = { "source" } } }, cancellationToken: Token);
        Assert.Equal(30, (await GetAsync(lead)).Score);

        // A rule that speaks of the score itself decides.
        var shown = Restricted(new FieldRule { Path = "phone", Access = FieldAccess.Hidden }, new FieldRule { Path = "score", Access = FieldAccess.Full });
        Assert.Equal(30, (await shown.GetLeadAsync(new GetLeadRequest { Id = lead.Id }, cancellationToken: Token)).Score);
        var why = await shown.ExplainLeadScoreAsync(new ExplainLeadScoreRequest { LeadId = lead.Id }, cancellationToken: Token);
        Assert.Equal((0, true), (why.Parts.Count, why.Partial));
        var hidden = Restricted(new FieldRule { Path = "score", Access = FieldAccess.Hidden });
        Assert.False((await hidden.UpdateLeadAsync(new UpdateLeadRequest { Lead = new Lead { Id = lead.Id, Source = "fair" } }, cancellationToken: Token)).HasScore);
        Assert.Equal(50, (await GetAsync(lead)).Score);
    }

    private LeadsService.LeadsServiceClient Restricted(params FieldRule[] rules)
    {
        var user = Guid.CreateVersion7();
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { All },
            Policies = { new AccessPolicy { Id = "p", Name = "Fields", Resource = "contacts.lead", Specificity = PolicySpecificity.Role, FieldRules = { rules } } },
        });
        return new LeadsService.LeadsServiceClient(contacts.Grpc(TestTokens.ForPerson(_tenant, user)));
    }

    private Task<LeadScoring> SetAsync(params (string Name, string Filter, int Points)[] rules) =>
        UpdateAsync(new LeadScoring { Rules = { rules.Select(rule => new LeadScoringRule { Name = rule.Name, Filter = rule.Filter, Points = rule.Points }) } });

    private async Task<LeadScoring> UpdateAsync(LeadScoring scoring) => await Update(scoring);

    private AsyncUnaryCall<LeadScoring> Update(LeadScoring scoring) => Leads.UpdateLeadScoringAsync(new UpdateLeadScoringRequest { Scoring = scoring }, cancellationToken: Token);

    private Task ReadyAsync() => Eventually.HoldsAsync(async () => !(await Leads.GetLeadScoringAsync(new GetLeadScoringRequest(), cancellationToken: Token)).Pending, Patience);

    private async Task<Lead> CreateAsync(Lead lead) => await Leads.CreateLeadAsync(new CreateLeadRequest { Lead = lead }, cancellationToken: Token);

    private async Task<Lead> GetAsync(Lead lead) => await Leads.GetLeadAsync(new GetLeadRequest { Id = lead.Id }, cancellationToken: Token);

    private async Task<IReadOnlyList<Lead>> ListAsync(string filter, string order) =>
        (await Leads.ListLeadsAsync(new ListLeadsRequest { Filter = filter, OrderBy = order }, cancellationToken: Token)).Leads;
}
