using System.Diagnostics;
using System.Text;
using Grpc.Core;
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

namespace Contacts.Tests.Imports;

/// <summary>An import is taken back: what it made goes, what it changed is as it was, and what somebody touched since stays.</summary>
public sealed class UndoFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] All = ["contacts.read", "contacts.write", "contacts.import"];

    private readonly Importer _importer = new(contacts);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleService.PeopleServiceClient People => contacts.People(_importer.Tenant);

    [Fact]
    public async Task What_it_made_goes_and_what_it_changed_is_as_it_was()
    {
        var ann = await People.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Ann", Email = "ann@x.example" } }, cancellationToken: Token);
        var before = await _importer.StateAsync();
        var summary = await _importer.ImportAsync("", "Last name,E-mail,Phone,Company", "Ann,ann@x.example,+49 1,Acme", "Bob,bob@x.example,+49 2,Acme", "Bob,bob@x.example,,Other");
        Assert.Equal((1L, 1L, 2L), (summary.PeopleCreated, summary.PeopleUpdated, summary.CompaniesCreated));
        var bob = Assert.Single((await People.ListPeopleAsync(new ListPeopleRequest { Filter = "email = \"bob@x.example\"" }, cancellationToken: Token)).People);
        var known = await _importer.GetAsync(summary.ImportId);
        Assert.Equal((ImportState.Done, ImportTarget.People, 3L, 1L, TimeSpan.FromDays(30)), (known.State, known.Target, known.RecordsCreated, known.RecordsUpdated, known.UndoTimeLimit.ToDateTimeOffset() - known.CreateTime.ToDateTimeOffset()));
        var undo = await _importer.UndoAsync(summary.ImportId);
        Assert.Equal((4L, 4L, 3L, 1L, 0L), (undo.Done, undo.Total, undo.Deleted, undo.Restored, undo.Kept));
        Assert.Equal(before, await _importer.StateAsync());
        Assert.Equal((2L, 1L), (await contacts.EventsAsync("PersonUpdated", ann.Id), await contacts.EventsAsync("PersonDeleted", bob.Id)));
        Assert.Equal("create,delete", await LogAsync(bob.Id));
        Assert.Equal("create,update,update", await LogAsync(ann.Id));
        Assert.Equal("undo", await LogAsync(summary.ImportId));
        Assert.Equal(0, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM imported_records WHERE tenant_id = '{_importer.Tenant}'"));
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "IMPORT_UNDONE", _importer.Imports.UndoImportAsync(new UndoImportRequest { Id = summary.ImportId }, cancellationToken: Token));
        // What is gone may come again.
        Assert.Equal(1, (await _importer.ImportAsync("", "Last name,E-mail", "Bob,bob@x.example")).PeopleCreated);
        Assert.Equal([ImportState.Done, ImportState.Undone], (await _importer.Imports.ListImportsAsync(new ListImportsRequest(), cancellationToken: Token)).Imports.Select(import => import.State));
    }

    [Fact]
    public async Task What_somebody_changed_or_uses_since_stays_and_is_told_with_the_reason()
    {
        var old = await People.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Old", Email = "old@x.example" } }, cancellationToken: Token);
        var lost = await People.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Lost", Email = "lost@x.example" } }, cancellationToken: Token);
        var summary = await _importer.ImportAsync(
            "", "Last name,E-mail,Phone,Company", "Old,old@x.example,+49 1,", "Lost,lost@x.example,+49 1,", "Changed,changed@x.example,,", "Noted,noted@x.example,,", "Merged,merged@x.example,,", "Gone,gone@x.example,,", "Free,free@x.example,,", "Hired,hired@x.example,,Acme");
        var all = (await People.ListPeopleAsync(new ListPeopleRequest { PageSize = 200 }, cancellationToken: Token)).People.ToDictionary(person => person.LastName);
        var acme = all["Hired"].CompanyId;
        await ChangeAsync(old.Id);
        await ChangeAsync(all["Changed"].Id);
        await contacts.Activities(_importer.Tenant).CreateActivityAsync(new CreateActivityRequest { Activity = new Activity { PersonId = all["Noted"].Id, Kind = ActivityKind.Note, Subject = "Called" } }, cancellationToken: Token);
        var stays = await People.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Stays", CompanyId = acme } }, cancellationToken: Token);
        await People.MergePersonAsync(new MergePersonRequest { Id = stays.Id, Merged = { new MergedRecord { Id = all["Merged"].Id } } }, cancellationToken: Token);
        foreach (var gone in (string[])[all["Gone"].Id, lost.Id])
            await People.DeletePersonAsync(new DeletePersonRequest { Id = gone }, cancellationToken: Token);
        var undo = await _importer.UndoAsync(summary.ImportId);
        Assert.Equal(
            new[] { (acme, "IN_USE"), (all["Changed"].Id, "CHANGED"), (all["Merged"].Id, "MERGED"), (all["Noted"].Id, "IN_USE"), (lost.Id, "GONE"), (old.Id, "CHANGED") }.Order(),
            undo.KeptRecords.Select(record => (record.Id, record.Reason)).Order());
        Assert.Equal((9L, 9L, 3L, 0L, 6L), (undo.Done, undo.Total, undo.Deleted, undo.Restored, undo.Kept));
        var left = (await People.ListPeopleAsync(new ListPeopleRequest { PageSize = 200, OrderBy = "last_name" }, cancellationToken: Token)).People.Select(person => person.LastName);
        Assert.Equal(["Changed", "Noted", "Old", "Stays"], left);
        Assert.Equal("+49 1", (await People.GetPersonAsync(new GetPersonRequest { Id = old.Id }, cancellationToken: Token)).Phone);

        async Task ChangeAsync(string id) => await People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = id, JobTitle = "CEO" } }, cancellationToken: Token);
    }

    [Fact]
    public async Task Leads_go_with_what_their_assignment_wrote_and_those_that_were_converted_stay()
    {
        var user = $"{Guid.CreateVersion7()}";
        await contacts.Leads(_importer.Tenant).UpdateLeadAssignmentAsync(
            new UpdateLeadAssignmentRequest { Assignment = new LeadAssignment { Rules = { new LeadAssignmentRule { Name = "All", OwnerId = user } } } }, cancellationToken: Token);
        var before = await _importer.StateAsync();
        var summary = await _importer.ImportAsync("?target=leads", "Last name,E-mail", "One,one@x.example", "Two,two@x.example");
        Assert.Equal((ImportState.Undone, 2L), (ImportState.Undone, (await _importer.UndoAsync(summary.ImportId)).Deleted));
        Assert.Equal(before, await _importer.StateAsync());
        var again = await _importer.ImportAsync("?target=leads", "Last name,E-mail", "One,one@x.example", "Two,two@x.example");
        var lead = (await contacts.Leads(_importer.Tenant).ListLeadsAsync(new ListLeadsRequest { Filter = "last_name = \"One\"" }, cancellationToken: Token)).Leads[0];
        await contacts.Leads(_importer.Tenant).ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id }, cancellationToken: Token);
        Assert.Equal((lead.Id, "CHANGED"), Assert.Single((await _importer.UndoAsync(again.ImportId)).KeptRecords.Select(record => (record.Id, record.Reason))));
    }

    [Fact]
    public async Task It_is_done_by_those_who_may_write_all_of_its_records_in_their_own_company_while_there_is_time()
    {
        var summary = await _importer.ImportAsync("", "Last name,E-mail", "Ann,ann@x.example");
        var request = new UndoImportRequest { Id = summary.ImportId };
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", contacts.Imports(Guid.CreateVersion7()).UndoImportAsync(request, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", contacts.Imports(Guid.CreateVersion7()).GetImportAsync(new GetImportRequest { Id = summary.ImportId }, cancellationToken: Token));
        Assert.Empty((await contacts.Imports(Guid.CreateVersion7()).ListImportsAsync(new ListImportsRequest(), cancellationToken: Token)).Imports);
        await Expect.FailsAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", new ImportsService.ImportsServiceClient(contacts.GrpcFor(_importer.Tenant, "contacts.write")).UndoImportAsync(request, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "DENIED_BY_POLICY", Under(new AccessPolicy { Effect = PolicyEffect.Deny, Actions = { "delete" }, Filter = "last_name = \"Ann\"" }).UndoImportAsync(request, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_WRITABLE", Under(new AccessPolicy { FieldRules = { new FieldRule { Path = "phone", Access = FieldAccess.ReadOnly } } }).UndoImportAsync(request, cancellationToken: Token));
        Assert.Equal("", (await _importer.ImportAsync("?dryRun=true", "Last name,E-mail", "Bob,bob@x.example")).ImportId);
        await contacts.Database.ExecuteAsync($"UPDATE imports SET state = 'Running', update_time = now() WHERE id = '{summary.ImportId}'");
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "IMPORT_RUNNING", _importer.Imports.UndoImportAsync(request, cancellationToken: Token));
        await contacts.Database.ExecuteAsync($"UPDATE imports SET state = 'Done', create_time = now() - interval '30 days' WHERE id = '{summary.ImportId}'");
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "UNDO_TOO_LATE", _importer.Imports.UndoImportAsync(request, cancellationToken: Token));
        // And then what was kept for it goes.
        await contacts.Database.ExecuteAsync($"UPDATE chores SET due_time = now() WHERE subject_id = '{summary.ImportId}'");
        await _importer.ImportAsync("", "Last name,E-mail", "Eve,eve@x.example");
        await Eventually.HoldsAsync(async () => await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM imported_records WHERE import_id = '{summary.ImportId}'") == 0, TimeSpan.FromSeconds(60));
        Assert.Equal(ImportState.Done, (await _importer.GetAsync(summary.ImportId)).State);

        ImportsService.ImportsServiceClient Under(AccessPolicy policy)
        {
            var user = Guid.CreateVersion7();
            (policy.Id, policy.Name, policy.Resource, policy.Specificity) = ("p", "Narrow", "contacts.person", PolicySpecificity.Role);
            contacts.Access.Set(_importer.Tenant, new Platform.Tenants.V1.Access { UserId = $"{user}", Permissions = { All }, Policies = { policy } });
            return new(contacts.Grpc(TestTokens.ForPerson(_importer.Tenant, user)));
        }
    }

    [Fact]
    public async Task It_goes_on_where_it_was_when_the_service_is_started_again()
    {
        var before = await _importer.StateAsync();
        var summary = await _importer.ImportAsync("", ["Last name,E-mail", .. Enumerable.Range(0, 2_500).Select(i => $"Person {i},p{i}@x.example")]);
        // The second thousand waits for somebody.
        var late = await contacts.Database.QueryAsync<Guid>($"SELECT id FROM people WHERE tenant_id = '{_importer.Tenant}' ORDER BY id DESC LIMIT 1");
        await using (var writing = await OpenTransaction.BeginAsync(contacts.Database, $"SELECT FROM people WHERE id = '{late}' FOR UPDATE"))
        {
            await _importer.Imports.UndoImportAsync(new UndoImportRequest { Id = summary.ImportId }, cancellationToken: Token);
            await Eventually.HoldsAsync(async () => (await _importer.GetAsync(summary.ImportId)).Undo.Done == 2_000, TimeSpan.FromSeconds(60));
            Assert.Equal(ImportState.Undoing, (await _importer.GetAsync(summary.ImportId)).State);
            await contacts.RestartAsync();
            await writing.CommitAsync();
        }

        var undo = await _importer.UndoneAsync(summary.ImportId);
        Assert.Equal((2_500L, 2_500L, 0L), (undo.Total, undo.Deleted, undo.Kept));
        Assert.Equal(before, await _importer.StateAsync());
    }

    [Fact]
    [Trait("category", "long")]
    public async Task A_hundred_thousand_rows_are_taken_back_within_a_fraction_of_their_import()
    {
        const int Rows = 100_000;
        var file = new StringBuilder("First name,Last name,E-mail,Phone,Job title,Company,City\n");
        for (var i = 0; i < Rows; i++)
            file.Append($"First {i},Last {i},person{i}@import.example,+49 30 {i},\"Buyer, region {i % 90}\",Company {i % 20_000},Nürnberg\n");
        var started = Stopwatch.GetTimestamp();
        var messages = await Upload.GrpcAsync(_importer.Imports, Encoding.UTF8.GetBytes(file.ToString()), ImportTarget.People, piece: 64 * 1024);
        var imported = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        var undo = await _importer.UndoAsync(messages[^1].Summary.ImportId, seconds: 300);
        TestContext.Current.SendDiagnosticMessage("{0} rows imported in {1:0.0} s, {2} records taken back in {3:0.0} s", Rows, imported.TotalSeconds, undo.Done, Stopwatch.GetElapsedTime(started).TotalSeconds);
        Assert.Equal((120_000L, 0L), (undo.Deleted, undo.Kept));
        Assert.Equal(0, await contacts.Database.QueryAsync<long>($"SELECT (SELECT count(*) FROM people WHERE tenant_id = '{_importer.Tenant}') + (SELECT count(*) FROM companies WHERE tenant_id = '{_importer.Tenant}')"));
    }

    private Task<string> LogAsync(string id) => contacts.Database.QueryAsync<string>($"SELECT string_agg(action, ',' ORDER BY id) FROM audit_entries WHERE resource_id = '{id}'");
}
