using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Contacts.Tests.Imports;
using Platform.Bulk.V1;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Activity = Platform.Contacts.V1.Activity;
using ActivityKind = Platform.Contacts.V1.ActivityKind;
using Company = Platform.Contacts.V1.Company;
using Field = Platform.CustomFields.V1.Field;
using Lead = Platform.Contacts.V1.Lead;
using Person = Platform.Contacts.V1.Person;

namespace Contacts.Tests.Bulk;

/// <summary>Many records are worked on at once, each as though it were written alone.</summary>
public sealed class BulkFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly BulkWorker _worker = new(contacts);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_that_a_filter_chose_are_changed_and_are_as_they_were_when_that_is_taken_back_but_for_what_changed_since()
    {
        var (ann, bob, eve, zoe) = (await _worker.AddAsync("Ann", person => person.JobTitle = "Buyer"), await _worker.AddAsync("Bob", person => person.JobTitle = "Buyer"), await _worker.AddAsync("Eve", person => (person.JobTitle, person.Language) = ("Buyer", "de")), await _worker.AddAsync("Zoe"));
        var before = await _worker.StateAsync();
        var order = new BulkPeopleRequest { Filter = "job_title = \"Buyer\"", Update = new BulkPersonUpdate { Person = new Person { Language = "de" } } };
        var job = await _worker.PeopleAsync(order);
        Assert.Equal((BulkState.Succeeded, BulkOperation.Update, "contacts.person", order.Filter, $"{_worker.User}"), (job.State, job.Operation, job.Resource, job.Filter, job.StartedBy));
        Assert.Equal((3L, 2L, 0L, 1L, TimeSpan.FromHours(24)), (job.Total, job.Done, job.Failed, job.Skipped, job.UndoTimeLimit.ToDateTimeOffset() - job.EndTime.ToDateTimeOffset()));
        var items = await _worker.ItemsAsync(job.Id);
        Assert.Equal([(BulkOutcome.Done, ""), (BulkOutcome.Done, ""), (BulkOutcome.Skipped, "UNCHANGED")], ((string[])[ann.Id, bob.Id, eve.Id]).Select(id => items[id]));
        Assert.Equal(["de", "de", "de", ""], await LanguagesAsync(ann, bob, eve, zoe));
        Assert.Equal((1L, 0L, 0L), (await contacts.EventsAsync("PersonUpdated", ann.Id), await contacts.EventsAsync("PersonUpdated", eve.Id), await contacts.EventsAsync("PersonUpdated", zoe.Id)));
        // In the log it is the work of whoever began it.
        Assert.Equal($"update Person {_worker.User} bulk", await contacts.Database.QueryAsync<string>($"SELECT concat_ws(' ', action, actor_kind, actor, operation) FROM audit_entries WHERE resource_id = '{ann.Id}' AND action = 'update'"));
        Assert.Equal(1, await contacts.EventsAsync("BulkJobEnded", job.Id));
        // Nobody is changed who came later.
        await _worker.People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = bob.Id, Phone = "+49 1" } }, cancellationToken: Token);
        var undone = await _worker.UndoAsync(job.Id);
        Assert.Equal((BulkState.Undone, 2L, 1L, 1L), (undone.State, undone.Undo.Total, undone.Undo.Restored, undone.Undo.Kept));
        Assert.Equal((BulkOutcome.Kept, "CHANGED"), (await _worker.ItemsAsync(job.Id))[bob.Id]);
        Assert.Equal(["", "de", "de", ""], await LanguagesAsync(ann, bob, eve, zoe));
        await _worker.People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = bob.Id }, UpdateMask = new() { Paths = { "phone", "language" } } }, cancellationToken: Token);
        Assert.Equal(before, await _worker.StateAsync());
        // What was kept is tried once more, and is no other than it was.
        Assert.Equal((1L, 1L), (await _worker.UndoAsync(job.Id)) is { Undo: var again } ? (again.Restored, again.Kept) : default);
        Assert.Equal(before, await _worker.StateAsync());
        Assert.Equal(BulkState.Undone, (await _worker.Jobs.CancelBulkJobAsync(new CancelBulkJobRequest { Id = job.Id }, cancellationToken: Token)).State);
    }

    [Fact]
    public async Task What_was_kept_for_the_sake_of_a_later_job_or_import_is_taken_back_when_that_is()
    {
        var ann = await _worker.AddAsync("Ann");
        var before = await _worker.StateAsync();
        var first = await SpeakAsync("de");
        using var rest = contacts.Rest(_worker.Tenant);
        var import = await Upload.RestAsync(rest, Upload.Utf8(["Last name,E-mail,Phone", "Ann,ann@x.example,+49 1"]), "");
        var second = await SpeakAsync("fr");
        Assert.Equal((0L, 1L, true), await TakenBackAsync(first));
        Assert.Equal((1L, 0L, false), await TakenBackAsync(second));
        var imports = contacts.Imports(_worker.Tenant);
        await imports.UndoImportAsync(new UndoImportRequest { Id = import.ImportId }, cancellationToken: Token);
        await Eventually.HoldsAsync(async () => (await ImportAsync()).State == ImportState.Undone);
        Assert.Equal((1L, 0L), await ImportAsync() is { Undo: var undo } ? (undo.Restored, undo.Kept) : default);
        Assert.Equal((1L, 0L, false), await TakenBackAsync(first));
        Assert.Equal(before, await _worker.StateAsync());
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "BULK_JOB_UNDONE", _worker.Jobs.UndoBulkJobAsync(new UndoBulkJobRequest { Id = first.Id }, cancellationToken: Token));

        Task<BulkJob> SpeakAsync(string language) => _worker.PeopleAsync(new BulkPeopleRequest { Ids = { ann.Id }, Update = new BulkPersonUpdate { Person = new Person { Language = language } } });
        async Task<(long Restored, long Kept, bool HasMore)> TakenBackAsync(BulkJob job) => await _worker.UndoAsync(job.Id) is var undone ? (undone.Undo.Restored, undone.Undo.Kept, undone.UndoTimeLimit is not null) : default;
        async Task<Import> ImportAsync() => await imports.GetImportAsync(new GetImportRequest { Id = import.ImportId }, cancellationToken: Token);
    }

    [Fact]
    public async Task Few_are_under_way_at_once_and_a_file_that_two_processes_write_is_one_of_them_alone()
    {
        var ann = await _worker.AddAsync("Ann");
        var (update, jobs) = (new BulkPeopleRequest { Ids = { ann.Id }, Update = new BulkPersonUpdate { Person = new Person { JobTitle = "CEO" } } }, new List<BulkJob>());
        await using (var writing = await OpenTransaction.BeginAsync(contacts.Database, $"SELECT FROM people WHERE id = '{ann.Id}' FOR UPDATE"))
        {
            while (jobs.Count < 5)
                jobs.Add(await _worker.Jobs.BulkPeopleAsync(update, cancellationToken: Token));
            await Expect.FailsAsync(StatusCode.ResourceExhausted, "TOO_MANY_JOBS", _worker.Jobs.BulkPeopleAsync(update, cancellationToken: Token));
            jobs.Add(await _worker.As(Guid.CreateVersion7(), BulkWorker.All).BulkPeopleAsync(update, cancellationToken: Token));
            await writing.CommitAsync();
        }

        foreach (var job in jobs)
            Assert.Equal(BulkState.Succeeded, (await _worker.DoneAsync(job)).State);
        var export = new BulkPeopleRequest { Ids = { ann.Id }, Export = new BulkExport { Columns = { "last_name" } } };
        BulkJob file;
        await using (var holding = await OpenTransaction.BeginAsync(contacts.Database, "LOCK TABLE people IN ACCESS EXCLUSIVE MODE"))
        {
            file = await _worker.Jobs.BulkPeopleAsync(export, cancellationToken: Token);
            await Eventually.HoldsAsync(async () => (await _worker.GetAsync(file.Id)).State == BulkState.Running);
            var more = new[] { await _worker.Jobs.BulkPeopleAsync(export, cancellationToken: Token), await _worker.Jobs.BulkPeopleAsync(export, cancellationToken: Token) };
            await Expect.FailsAsync(StatusCode.ResourceExhausted, "TOO_MANY_EXPORTS", _worker.As(Guid.CreateVersion7(), BulkWorker.All).BulkPeopleAsync(export, cancellationToken: Token));
            foreach (var one in more)
                await _worker.Jobs.CancelBulkJobAsync(new CancelBulkJobRequest { Id = one.Id }, cancellationToken: Token);
            // As another process does that begins it anew.
            await contacts.Database.ExecuteAsync($"UPDATE bulk_jobs SET update_time = now() WHERE id = '{file.Id}'");
            await holding.CommitAsync();
        }

        await _worker.PeopleAsync(export);
        Assert.Equal(BulkState.Running, (await _worker.GetAsync(file.Id)).State);
        await contacts.Database.ExecuteAsync($"UPDATE bulk_chores SET due_time = now() WHERE job_id = '{file.Id}'");
        await _worker.PeopleAsync(export);
        Assert.Equal((BulkState.Succeeded, 1L), await _worker.DoneAsync(file) is var written ? (written.State, written.Done) : default);
        // No whole file: it is not sent for one.
        await contacts.Database.ExecuteAsync($"DELETE FROM bulk_pieces WHERE job_id = '{file.Id}'");
        using var stream = _worker.Jobs.DownloadBulkFile(new DownloadBulkFileRequest { BulkJobId = file.Id }, cancellationToken: Token);
        var cut = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(Token));
        Assert.Equal("FILE_GONE", cut.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason);
    }

    [Fact]
    public async Task One_that_is_refused_fails_alone_and_says_why_in_the_language_of_whoever_began_it()
    {
        var (ann, bob, gone) = (await _worker.AddAsync("Ann"), await _worker.AddAsync("Bob"), Guid.CreateVersion7());
        var job = await _worker.DoneAsync(await _worker.Jobs.BulkPeopleAsync(
            new BulkPeopleRequest { Ids = { ann.Id, bob.Id, bob.Id, $"{gone}" }, Update = new BulkPersonUpdate { Person = new Person { Email = "one@x.example" } } },
            new Metadata { { "accept-language", "ru" } }, cancellationToken: Token));
        Assert.Equal((3L, 1L, 2L), (job.Total, job.Done, job.Failed));
        var items = await _worker.ItemsAsync(job.Id);
        Assert.Equal([(BulkOutcome.Done, ""), (BulkOutcome.Failed, "PERSON_EMAIL_TAKEN"), (BulkOutcome.Failed, "NOT_FOUND")], ((string[])[ann.Id, bob.Id, $"{gone}"]).Select(id => items[id]));
        var failed = await _worker.Jobs.ListBulkJobItemsAsync(new ListBulkJobItemsRequest { BulkJobId = job.Id, Outcome = BulkOutcome.Failed, PageSize = 1 }, cancellationToken: Token);
        Assert.Matches(@"\p{IsCyrillic}", Assert.Single(failed.Items).Message);
        failed = await _worker.Jobs.ListBulkJobItemsAsync(new ListBulkJobItemsRequest { BulkJobId = job.Id, Outcome = BulkOutcome.Failed, PageSize = 1, PageToken = failed.NextPageToken }, cancellationToken: Token);
        Assert.Matches(@"\p{IsCyrillic}", Assert.Single(failed.Items).Message);
        Assert.Equal("", failed.NextPageToken);
    }

    [Fact]
    public async Task What_is_deleted_comes_back_with_all_that_it_had()
    {
        contacts.Fields.Set(_worker.Tenant, new Field { Resource = "contacts.person", Key = "number", Type = FieldType.AutoNumber, Label = "number", NumberPattern = "P-{0000}" });
        var acme = await contacts.Companies(_worker.Tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Acme" } }, cancellationToken: Token);
        var (ann, bob) = (await _worker.AddAsync("Ann", person => person.CompanyId = acme.Id), await _worker.AddAsync("Bob"));
        var activities = contacts.Activities(_worker.Tenant);
        await activities.CreateActivityAsync(new CreateActivityRequest { Activity = new Activity { PersonId = ann.Id, Kind = ActivityKind.Note, Subject = "Hers alone" } }, cancellationToken: Token);
        await activities.CreateActivityAsync(new CreateActivityRequest { Activity = new Activity { PersonId = ann.Id, CompanyId = acme.Id, Kind = ActivityKind.Task, Subject = "Of both" } }, cancellationToken: Token);
        await contacts.Database.ExecuteAsync($"UPDATE people SET readers = '{{user:{bob.Id}}}' WHERE id = '{ann.Id}'");
        var before = await _worker.StateAsync();
        var job = await _worker.PeopleAsync(new BulkPeopleRequest { All = true, Delete = new BulkDelete() });
        Assert.Equal((2L, 2L), (job.Total, job.Done));
        Assert.Empty((await _worker.People.ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People);
        Assert.Equal((1L, 1L), (await contacts.EventsAsync("PersonDeleted", ann.Id), await contacts.EventsAsync("PersonDeleted", bob.Id)));
        // The company has nobody any more, and goes as well.
        var companies = await _worker.DoneAsync(await _worker.Jobs.BulkCompaniesAsync(new BulkCompaniesRequest { Ids = { acme.Id }, Delete = new BulkDelete() }, cancellationToken: Token));
        Assert.Equal((1L, BulkState.Undone), (companies.Done, (await _worker.UndoAsync(companies.Id)).State));
        var undone = await _worker.UndoAsync(job.Id);
        Assert.Equal((2L, 0L), (undone.Undo.Restored, undone.Undo.Kept));
        Assert.Equal(before, await _worker.StateAsync());
        Assert.Equal(2, await contacts.EventsAsync("PersonCreated", ann.Id));
        // Nobody is told of the entries that came back as of new ones.
        Assert.Equal(2, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{_worker.Tenant}' AND type LIKE '%.ActivityCreated' AND data::jsonb -> 'restored' = 'true'"));
    }

    [Fact]
    public async Task Policies_hold_for_each_record_and_field_and_permissions_until_the_last()
    {
        var (ann, bob, eve) = (await _worker.AddAsync("Ann"), await _worker.AddAsync("Bob"), await _worker.AddAsync("Eve"));
        var update = new BulkPeopleRequest { All = true, Update = new BulkPersonUpdate { Person = new Person { JobTitle = "CEO" } } };
        var narrow = _worker.Under(
            new AccessPolicy { Effect = PolicyEffect.Deny, Actions = { "read" }, Filter = "last_name = \"Eve\"" }, new AccessPolicy { Effect = PolicyEffect.Deny, Actions = { "update" }, Filter = "last_name = \"Ann\"" },
            new AccessPolicy { FieldRules = { new FieldRule { Path = "phone", Access = FieldAccess.ReadOnly }, new FieldRule { Path = "email", Access = FieldAccess.Hidden } } });
        var job = await _worker.PeopleAsync(update, narrow);
        Assert.Equal((2L, 1L, 1L), (job.Total, job.Done, job.Failed));
        Assert.Equal((BulkOutcome.Failed, "DENIED_BY_POLICY"), (await _worker.ItemsAsync(job.Id))[ann.Id]);
        // Who cannot see her learns nothing by her id.
        var named = await _worker.PeopleAsync(new BulkPeopleRequest(update) { All = false, Ids = { eve.Id } }, narrow);
        Assert.Equal((BulkOutcome.Failed, "NOT_FOUND"), (await _worker.ItemsAsync(named.Id))[eve.Id]);
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_WRITABLE", narrow.BulkPeopleAsync(new BulkPeopleRequest { All = true, Update = new BulkPersonUpdate { Person = new Person { Phone = "1" } } }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", narrow.BulkPeopleAsync(new BulkPeopleRequest(update) { All = false, Filter = "email : \"ann\"" }, cancellationToken: Token));
        // What is hidden from whoever takes a job back is not gone.
        var blind = _worker.Under(new AccessPolicy { Effect = PolicyEffect.Deny, Actions = { "read" }, Filter = "job_title = \"Secret\"" });
        var veiled = await _worker.PeopleAsync(new BulkPeopleRequest { Ids = { bob.Id }, Update = new BulkPersonUpdate { Person = new Person { JobTitle = "Secret" } } }, blind);
        await blind.UndoBulkJobAsync(new UndoBulkJobRequest { Id = veiled.Id }, cancellationToken: Token);
        Assert.Equal(BulkState.Undone, (await _worker.DoneAsync(veiled)).State);
        Assert.Equal((BulkOutcome.Kept, "DENIED_BY_POLICY"), (await _worker.ItemsAsync(veiled.Id))[bob.Id]);
        var reader = _worker.As(Guid.CreateVersion7(), "contacts.read");
        foreach (var operation in (BulkPeopleRequest[])[update, new() { All = true, Delete = new() }, new() { All = true, Export = new() }])
            await Expect.FailsAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", reader.BulkPeopleAsync(operation, cancellationToken: Token));
        // A job is its own's, and an administrator's; another company knows of none.
        BulkService.BulkServiceClient[] strangers = [reader, new(contacts.GrpcFor(Guid.CreateVersion7(), [.. BulkWorker.All, "tenants.admin"]))];
        foreach (var stranger in strangers)
        {
            Assert.Empty((await stranger.ListBulkJobsAsync(new ListBulkJobsRequest(), cancellationToken: Token)).BulkJobs);
            await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", stranger.GetBulkJobAsync(new GetBulkJobRequest { Id = job.Id }, cancellationToken: Token));
            await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", stranger.ListBulkJobItemsAsync(new ListBulkJobItemsRequest { BulkJobId = job.Id }, cancellationToken: Token));
            await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", stranger.UndoBulkJobAsync(new UndoBulkJobRequest { Id = job.Id }, cancellationToken: Token));
            await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", stranger.CancelBulkJobAsync(new CancelBulkJobRequest { Id = job.Id }, cancellationToken: Token));
        }

        // Whose right is gone when it is done does it no more.
        await using (await OpenTransaction.BeginAsync(contacts.Database, $"SELECT FROM people WHERE id = '{bob.Id}' FOR UPDATE"))
        {
            var user = Guid.CreateVersion7();
            contacts.Access.Set(_worker.Tenant, new Platform.Tenants.V1.Access { UserId = $"{user}", Permissions = { BulkWorker.All } });
            var waiting = await _worker.As(user).BulkPeopleAsync(new BulkPeopleRequest { Ids = { ann.Id, bob.Id }, Assign = new BulkAssign { OwnerId = $"{user}" } }, cancellationToken: Token);
            await Eventually.HoldsAsync(async () => (await _worker.GetAsync(waiting.Id)).State == BulkState.Running);
            contacts.Access.Set(_worker.Tenant, new Platform.Tenants.V1.Access { UserId = $"{user}", Permissions = { "contacts.read" } });
            await contacts.RestartAsync();
            var ended = await _worker.DoneAsync(waiting);
            Assert.Equal((BulkState.Failed, "PERMISSION_DENIED", 0L), (ended.State, ended.ErrorCode, ended.Done));
        }
    }

    [Fact]
    public async Task It_goes_on_where_it_was_when_the_service_is_started_again_and_stops_where_it_is_told()
    {
        await _worker.FillAsync(650);
        // The second batch waits for somebody.
        await using (var writing = await OpenTransaction.BeginAsync(contacts.Database, $"SELECT FROM people WHERE tenant_id = '{_worker.Tenant}' AND last_name = 'Person 300' FOR UPDATE"))
        {
            var job = await _worker.Jobs.BulkPeopleAsync(new BulkPeopleRequest { Filter = "job_title = \"\"", Update = new BulkPersonUpdate { Person = new Person { JobTitle = "CEO" } } }, cancellationToken: Token);
            await Eventually.HoldsAsync(async () => (await _worker.GetAsync(job.Id)).Done == 200, TimeSpan.FromSeconds(60));
            await contacts.RestartAsync();
            await writing.CommitAsync();
            var ended = await _worker.DoneAsync(job);
            Assert.Equal((BulkState.Succeeded, 650L, 650L), (ended.State, ended.Total, ended.Done));
            Assert.Equal(650, await CountAsync("SELECT count(*) FROM outbox_messages WHERE type LIKE '%.PersonUpdated'"));
            Assert.Equal(650, await CountAsync("SELECT count(DISTINCT aggregate_id) FROM outbox_messages WHERE type LIKE '%.PersonUpdated'"));
        }

        var second = await OpenTransaction.BeginAsync(contacts.Database, $"SELECT FROM people WHERE tenant_id = '{_worker.Tenant}' AND last_name = 'Person 300' FOR UPDATE");
        await using (second)
        {
            var job = await _worker.Jobs.BulkPeopleAsync(new BulkPeopleRequest { All = true, Delete = new BulkDelete() }, cancellationToken: Token);
            await Eventually.HoldsAsync(async () => (await _worker.GetAsync(job.Id)).Done == 200, TimeSpan.FromSeconds(60));
            await Eventually.HoldsAsync(() => IsWaitedForAsync("people"));
            // It waits for the batch that is under way, and the next one for it.
            var cancelling = _worker.Jobs.CancelBulkJobAsync(new CancelBulkJobRequest { Id = job.Id }, cancellationToken: Token).ResponseAsync;
            await Eventually.HoldsAsync(() => IsWaitedForAsync("bulk_jobs"));
            await second.CommitAsync();
            Assert.Equal(BulkState.Cancelled, (await cancelling).State);
            var cancelled = await _worker.GetAsync(job.Id);
            Assert.Equal((BulkState.Cancelled, 400L, 650L), (cancelled.State, cancelled.Done, cancelled.Total));
            Assert.Equal(250, await CountAsync("SELECT count(*) FROM people WHERE true"));
            Assert.Equal((400L, 0L), (await _worker.UndoAsync(job.Id)) is { Undo: var undo } ? (undo.Restored, undo.Kept) : default);
            Assert.Equal(650, await CountAsync("SELECT count(*) FROM people WHERE true"));
        }

        async Task<bool> IsWaitedForAsync(string table) => await contacts.Database.QueryAsync<long>(
            $"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FROM {table} %'") == 1;
        Task<long> CountAsync(string select) => contacts.Database.QueryAsync<long>($"{select} AND tenant_id = '{_worker.Tenant}'");
    }

    [Fact]
    public async Task Choices_are_added_and_taken_away_and_whom_somebody_looks_after_is_given_to_another()
    {
        var tags = new Field { Resource = "contacts.person", Key = "tags", Type = FieldType.MultipleChoice, Label = "Tags", Choices = { new Choice { Key = "new", Label = "New" }, new Choice { Key = "vip", Label = "VIP" }, new Choice { Key = "old", Label = "Old" } } };
        contacts.Fields.Set(_worker.Tenant, tags);
        var (ann, bob) = (await _worker.AddAsync("Ann", person => person.CustomFields = Struct.Parser.ParseJson("""{"tags":["old","new"]}""")), await _worker.AddAsync("Bob"));
        var before = await _worker.StateAsync();
        var added = await _worker.PeopleAsync(new BulkPeopleRequest { All = true, AddTags = new BulkTags { Field = "custom_fields.tags", Values = { "vip", "new" } } });
        Assert.Equal(["new vip old", "new vip"], await TagsAsync());
        var removed = await _worker.PeopleAsync(new BulkPeopleRequest { All = true, RemoveTags = new BulkTags { Field = "custom_fields.tags", Values = { "old" } } });
        Assert.Equal((2L, 1L, 1L), (added.Done, removed.Done, removed.Skipped));
        Assert.Equal(["new vip", "new vip"], await TagsAsync());
        var owner = $"{Guid.CreateVersion7()}";
        var assigned = await _worker.PeopleAsync(new BulkPeopleRequest { Ids = { ann.Id }, Assign = new BulkAssign { OwnerId = owner } });
        Assert.Equal(owner, (await _worker.People.GetPersonAsync(new GetPersonRequest { Id = ann.Id }, cancellationToken: Token)).OwnerId);
        foreach (var job in (BulkJob[])[assigned, removed, added])
            Assert.Equal(0, (await _worker.UndoAsync(job.Id)).Undo.Kept);
        Assert.Equal(before, await _worker.StateAsync());
        var leads = contacts.Leads(_worker.Tenant);
        var lead = await leads.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "Lee", Email = "lee@x.example" } }, cancellationToken: Token);
        var converted = await leads.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "Con", Email = "con@x.example" } }, cancellationToken: Token);
        await leads.ConvertLeadAsync(new ConvertLeadRequest { Id = converted.Id }, cancellationToken: Token);
        var given = await _worker.DoneAsync(await _worker.Jobs.BulkLeadsAsync(new BulkLeadsRequest { All = true, Assign = new BulkAssign { OwnerId = owner } }, cancellationToken: Token));
        var items = await _worker.ItemsAsync(given.Id);
        Assert.Equal([(BulkOutcome.Done, ""), (BulkOutcome.Failed, "LEAD_ALREADY_CONVERTED")], ((string[])[lead.Id, converted.Id]).Select(id => items[id]));

        async Task<List<string>> TagsAsync() =>
            [.. (await _worker.People.ListPeopleAsync(new ListPeopleRequest { OrderBy = "last_name" }, cancellationToken: Token)).People.Select(person => string.Join(' ', person.CustomFields.Fields["tags"].ListValue.Values.Select(value => value.StringValue)))];
    }

    [Fact]
    public async Task Many_become_part_of_one_and_are_records_of_their_own_again()
    {
        var (ann, second, third) = (await _worker.AddAsync("Ann"), await _worker.AddAsync("Ann2", person => person.Phone = "+49 2"), await _worker.AddAsync("Ann3", person => (person.Phone, person.JobTitle) = ("+49 3", "CEO")));
        var before = await _worker.StateAsync();
        var job = await _worker.PeopleAsync(new BulkPeopleRequest { Filter = "last_name : \"Ann\"", Merge = new BulkMerge { SurvivorId = ann.Id } });
        Assert.Equal((2L, 2L), (job.Total, job.Done));
        var one = Assert.Single((await _worker.People.ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People);
        Assert.Equal((ann.Id, "+49 2", "CEO"), (one.Id, one.Phone, one.JobTitle));
        var again = await _worker.PeopleAsync(new BulkPeopleRequest { Ids = { second.Id }, Merge = new BulkMerge { SurvivorId = third.Id } });
        Assert.Equal((BulkOutcome.Failed, "ALREADY_MERGED"), (await _worker.ItemsAsync(again.Id))[second.Id]);
        Assert.Equal((2L, 0L), (await _worker.UndoAsync(job.Id)) is { Undo: var undo } ? (undo.Restored, undo.Kept) : default);
        Assert.Equal(before, await _worker.StateAsync());
    }

    [Fact]
    public async Task Many_leads_become_one_and_are_leads_of_their_own_again()
    {
        var (leads, activities) = (contacts.Leads(_worker.Tenant), contacts.Activities(_worker.Tenant));
        var (ann, second, sold) = (await AddAsync(new Lead { LastName = "Ann", Source = "web" }), await AddAsync(new Lead { LastName = "Ann", Phone = "+49 2", Source = "fair" }), await AddAsync(new Lead { LastName = "Ann" }));
        var call = await activities.CreateActivityAsync(new CreateActivityRequest { Activity = new Activity { LeadId = second.Id, Kind = ActivityKind.Note, Subject = "Call" } }, cancellationToken: Token);
        await leads.ConvertLeadAsync(new ConvertLeadRequest { Id = sold.Id }, cancellationToken: Token);
        var before = await _worker.StateAsync();
        var job = await MergeAsync(new BulkLeadsRequest { Filter = "last_name = \"Ann\"", Merge = new BulkMerge { SurvivorId = ann.Id } });
        Assert.Equal((2L, 1L, "LEAD_ALREADY_CONVERTED"), (job.Total, job.Done, (await _worker.ItemsAsync(job.Id))[sold.Id].Code));
        // The id of before answers the one that stays, in which what was empty is filled; so does its timeline.
        var one = await leads.GetLeadAsync(new GetLeadRequest { Id = second.Id }, cancellationToken: Token);
        Assert.Equal((ann.Id, "web", "+49 2"), (one.Id, one.Source, one.Phone));
        Assert.Equal((ann.Id, 1), ((await activities.GetActivityAsync(new GetActivityRequest { Id = call.Id }, cancellationToken: Token)).LeadId, (await activities.ListActivitiesAsync(new ListActivitiesRequest { LeadId = second.Id }, cancellationToken: Token)).Activities.Count));
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "ALREADY_MERGED", leads.ConvertLeadAsync(new ConvertLeadRequest { Id = second.Id }, cancellationToken: Token));
        Assert.Equal((1L, 0L), (await contacts.EventsAsync("LeadMerged", ann.Id), await contacts.EventsAsync("LeadDeleted", second.Id)));
        Assert.Equal(second.Id, Assert.Single(Assert.Single((await leads.ListLeadMergesAsync(new ListLeadMergesRequest { LeadId = ann.Id }, cancellationToken: Token)).Merges).MergedIds));
        Assert.Equal((1L, 0L), (await _worker.UndoAsync(job.Id)) is { Undo: var undo } ? (undo.Restored, undo.Kept) : default);
        Assert.Equal(before, await _worker.StateAsync());
        // The same by hand; what was converted since is a person, and stays one.
        await leads.MergeLeadAsync(new MergeLeadRequest { Id = ann.Id, Merged = { new MergedRecord { Id = second.Id } } }, cancellationToken: Token);
        Assert.Equal(second.Id, Assert.Single((await leads.UnmergeLeadAsync(new UnmergeLeadRequest { Id = ann.Id }, cancellationToken: Token)).Restored).Id);
        Assert.Equal(before, await _worker.StateAsync());
        await leads.MergeLeadAsync(new MergeLeadRequest { Id = ann.Id, Merged = { new MergedRecord { Id = second.Id } } }, cancellationToken: Token);
        // Its merges would not come back with it: by the many it stays, and the others go.
        var other = await AddAsync(new Lead { LastName = "Bob" });
        var gone = await MergeAsync(new BulkLeadsRequest { Ids = { ann.Id, other.Id }, Delete = new BulkDelete() });
        Assert.Equal((1L, BulkOutcome.Failed, "RECORD_WAS_MERGED"), (await _worker.ItemsAsync(gone.Id))[ann.Id] is var item ? (gone.Done, item.Outcome, item.Code) : default);
        // So it is with people and companies.
        var (eve, twin) = (await _worker.AddAsync("Eve"), await _worker.AddAsync("Twin"));
        await contacts.People(_worker.Tenant).MergePersonAsync(new MergePersonRequest { Id = eve.Id, Merged = { new MergedRecord { Id = twin.Id } } }, cancellationToken: Token);
        var kept = await _worker.DoneAsync(await _worker.Jobs.BulkPeopleAsync(new BulkPeopleRequest { Ids = { eve.Id }, Delete = new BulkDelete() }, cancellationToken: Token));
        Assert.Equal("RECORD_WAS_MERGED", (await _worker.ItemsAsync(kept.Id))[eve.Id].Code);
        await leads.ConvertLeadAsync(new ConvertLeadRequest { Id = ann.Id }, cancellationToken: Token);
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "LEAD_ALREADY_CONVERTED", leads.UnmergeLeadAsync(new UnmergeLeadRequest { Id = ann.Id }, cancellationToken: Token));

        async Task<Lead> AddAsync(Lead lead) => await leads.CreateLeadAsync(new CreateLeadRequest { Lead = lead, AllowDuplicates = true }, cancellationToken: Token);
        async Task<BulkJob> MergeAsync(BulkLeadsRequest request) => await _worker.DoneAsync(await _worker.Jobs.BulkLeadsAsync(request, cancellationToken: Token));
    }

    [Fact]
    public async Task What_is_wrong_with_a_job_is_said_before_it_begins()
    {
        var ann = await _worker.AddAsync("Ann");
        await WrongAsync("filter", new BulkPeopleRequest { Delete = new() });
        await WrongAsync("filter", new BulkPeopleRequest { Filter = " ", Delete = new() });
        await WrongAsync("filter", new BulkPeopleRequest { All = true, Ids = { ann.Id }, Delete = new() });
        await WrongAsync("operation", new BulkPeopleRequest { All = true });
        await WrongAsync("operation", new BulkPeopleRequest { All = true, Delete = new(), Export = new() });
        await WrongAsync("ids[0]", new BulkPeopleRequest { Ids = { "ann" }, Delete = new() });
        await WrongAsync("timeZone", new BulkPeopleRequest { All = true, TimeZone = "Mars", Delete = new() });
        await WrongAsync("update", new BulkPeopleRequest { All = true, Update = new() });
        await WrongAsync("update", new BulkPeopleRequest { All = true, Update = new() { Person = new() } });
        await WrongAsync("update.updateMask", new BulkPeopleRequest { All = true, Update = new() { Person = new(), UpdateMask = new() { Paths = { "salary" } } } });
        await WrongAsync("update.updateMask", new BulkPeopleRequest { All = true, Update = new() { Person = new(), UpdateMask = new() { Paths = { "*" } } } });
        await WrongAsync("assign.ownerId", new BulkPeopleRequest { All = true, Assign = new() });
        await WrongAsync("addTags.field", new BulkPeopleRequest { All = true, AddTags = new() { Field = "job_title", Values = { "a" } } });
        await WrongAsync("merge.survivorId", new BulkPeopleRequest { All = true, Merge = new() });
        await WrongAsync("export.format", new BulkPeopleRequest { All = true, Export = new() { Format = "pdf" } });
        await WrongAsync("export.columns[1]", new BulkPeopleRequest { All = true, Export = new() { Columns = { "last_name", "salary" } } });
        await WrongAsync("export.columns", new BulkPeopleRequest { All = true, Export = new() { Format = "ndjson", Columns = { "last_name" } } });
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_FILTER", _worker.Jobs.BulkPeopleAsync(new BulkPeopleRequest { Filter = "salary > 1", Delete = new() }, cancellationToken: Token));
        Assert.Empty((await _worker.Jobs.ListBulkJobsAsync(new ListBulkJobsRequest(), cancellationToken: Token)).BulkJobs);

        async Task WrongAsync(string field, BulkPeopleRequest request)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await _worker.Jobs.BulkPeopleAsync(request, cancellationToken: Token));
            Assert.Equal((StatusCode.InvalidArgument, field), (refused.StatusCode, refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations[0].Field));
        }
    }

    [Fact]
    public async Task Of_activities_there_are_files_alone()
    {
        var ann = await _worker.AddAsync("Ann");
        await contacts.Activities(_worker.Tenant).CreateActivityAsync(new CreateActivityRequest { Activity = new Activity { PersonId = ann.Id, Kind = ActivityKind.Note, Subject = "Called" } }, cancellationToken: Token);
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", _worker.Jobs.BulkActivitiesAsync(new BulkActivitiesRequest { All = true }, cancellationToken: Token));
        var job = await _worker.DoneAsync(await _worker.Jobs.BulkActivitiesAsync(new BulkActivitiesRequest { All = true, Export = new BulkExport { Columns = { "subject" } } }, cancellationToken: Token));
        using var rest = contacts.Rest(_worker.TokenOf(_worker.User, BulkWorker.All));
        Assert.Equal((1L, "subject\r\nCalled\r\n"), (job.Done, await rest.GetStringAsync(new Uri($"/api/v1/contacts/bulkJobs/{job.Id}/file", UriKind.Relative), Token)));
    }

    [Fact]
    public async Task A_file_is_written_in_the_background_for_whoever_began_it_and_goes_after_a_day()
    {
        await _worker.FillAsync(2_300);
        await _worker.AddAsync("Other", person => person.JobTitle = "CEO");
        using var rest = contacts.Rest(_worker.TokenOf(_worker.User, BulkWorker.All));
        var csv = await _worker.PeopleAsync(new BulkPeopleRequest { Filter = "job_title = \"\"", Export = new BulkExport { Columns = { "last_name", "email" } } });
        Assert.Equal((2_300L, 2_300L, "contacts.person.csv"), (csv.Total, csv.Done, csv.File.Name));
        var lines = (await FileAsync(csv)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((2_301, "last_name,email", "Person 1,p1@x.example"), (lines.Length, lines[0], lines[1]));
        Assert.Equal(2_301, lines.Distinct().Count());
        var ndjson = await _worker.PeopleAsync(new BulkPeopleRequest { All = true, Export = new BulkExport { Format = "ndjson" } });
        Assert.Equal(2_301, (await FileAsync(ndjson)).TrimEnd('\n').Split('\n').Length);
        var workbook = await _worker.PeopleAsync(new BulkPeopleRequest { All = true, Export = new BulkExport { Format = "xlsx" } });
        using (var file = await rest.GetAsync(PathOf(workbook), Token))
        {
            var bytes = await file.Content.ReadAsByteArrayAsync(Token);
            Assert.Equal(("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook.File.SizeBytes, "PK"), (file.Content.Headers.ContentType!.MediaType, bytes.LongLength, Encoding.ASCII.GetString(bytes, 0, 2)));
        }

        using var stream = _worker.Jobs.DownloadBulkFile(new DownloadBulkFileRequest { BulkJobId = csv.Id }, cancellationToken: Token);
        var size = 0L;
        while (await stream.ResponseStream.MoveNext(Token))
            size += stream.ResponseStream.Current.Data.Length;
        Assert.Equal(csv.File.SizeBytes, size);
        Assert.Equal(3, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM audit_entries WHERE tenant_id = '{_worker.Tenant}' AND action = 'export'"));
        // Not even an administrator gets what another person may see.
        using var administrator = contacts.Rest(_worker.TokenOf(Guid.CreateVersion7(), [.. BulkWorker.All, "tenants.admin"]));
        await Expect.ProblemAsync(await administrator.GetAsync(PathOf(csv), Token), System.Net.HttpStatusCode.NotFound, "NOT_FOUND");
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "NOTHING_TO_UNDO", _worker.Jobs.UndoBulkJobAsync(new UndoBulkJobRequest { Id = csv.Id }, cancellationToken: Token));
        await contacts.Database.ExecuteAsync($"UPDATE bulk_chores SET due_time = now() WHERE job_id = '{csv.Id}'");
        await _worker.PeopleAsync(new BulkPeopleRequest { Ids = { $"{Guid.CreateVersion7()}" }, Delete = new() });
        await Eventually.HoldsAsync(async () => await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM bulk_pieces WHERE job_id = '{csv.Id}'") == 0);
        await Expect.ProblemAsync(await rest.GetAsync(PathOf(csv), Token), System.Net.HttpStatusCode.BadRequest, "FILE_GONE");
        Assert.Equal(1, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM bulk_jobs WHERE id = '{csv.Id}' AND filter = '' AND octet_length(task) = 0"));

        Uri PathOf(BulkJob job) => new($"/api/v1/contacts/bulkJobs/{job.Id}/file", UriKind.Relative);
        Task<string> FileAsync(BulkJob job) => rest.GetStringAsync(PathOf(job), Token);
    }

    private async Task<List<string>> LanguagesAsync(params Person[] people)
    {
        var languages = new List<string>();
        foreach (var person in people)
            languages.Add((await _worker.People.GetPersonAsync(new GetPersonRequest { Id = person.Id }, cancellationToken: Token)).Language);
        return languages;
    }
}
