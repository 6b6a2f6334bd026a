using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Merging;

public sealed class UnmergeFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleService.PeopleServiceClient People => contacts.People(_tenant);

    [Fact]
    public async Task What_somebody_changed_after_the_merge_stays_and_is_named()
    {
        var (stays, part) = (await CreateAsync(new Person { LastName = "A" }), await CreateAsync(new Person { LastName = "B", Phone = "1", JobTitle = "Buyer", Language = "en" }));
        await MergeAsync(stays, part);
        await People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = stays.Id, Phone = "2", FirstName = "New" } }, cancellationToken: Token);
        var back = await UnmergeAsync(stays);
        Assert.Equal(["phone"], back.KeptFields);
        Assert.Equal(("A", "New", "2", "", ""), (back.Person.LastName, back.Person.FirstName, back.Person.Phone, back.Person.JobTitle, back.Person.Language));
        Assert.Equal([RecordState.Of(part)], back.Restored.Select(RecordState.Of));
        Assert.Equal((1L, 1L), (await contacts.EventsAsync("PersonMerged", stays.Id), await contacts.EventsAsync("PersonUnmerged", stays.Id)));
    }

    [Fact]
    public async Task Entries_go_back_to_whom_they_were_written_and_later_ones_stay()
    {
        var (stays, part) = (await CreateAsync(), await CreateAsync());
        var (before, lead) = (await NoteAsync(part.Id), await contacts.Leads(_tenant).CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "Lead" } }, cancellationToken: Token));
        await contacts.Leads(_tenant).ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id, PersonId = part.Id }, cancellationToken: Token);
        await MergeAsync(stays, part);
        Assert.Equal(stays.Id, await ConvertedAsync(lead.Id));
        var after = await NoteAsync(stays.Id);
        await UnmergeAsync(stays);
        Assert.Equal(part.Id, await ConvertedAsync(lead.Id));
        Assert.Equal(after.Id, Assert.Single(await NotesAsync(stays.Id)));
        Assert.Equal(before.Id, Assert.Single(await NotesAsync(part.Id)));
    }

    [Fact]
    public async Task Merges_are_taken_back_in_the_opposite_order()
    {
        var (a, b, c, d) = (await CreateAsync(), await CreateAsync(), await CreateAsync(), await CreateAsync());
        var first = await MergeAsync(b, a);
        var second = await MergeAsync(b, d);
        await MergeAsync(c, b);
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "MERGED_FURTHER", Unmerge(b));
        await UnmergeAsync(c);
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "LATER_MERGE", Unmerge(b, first.Merge.Id));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Unmerge(b, $"{Guid.NewGuid()}"));
        Assert.Equal([second.Merge.Id, first.Merge.Id], (await People.ListPersonMergesAsync(new ListPersonMergesRequest { PersonId = a.Id }, cancellationToken: Token)).Merges.Select(merge => merge.Id));
        await UnmergeAsync(b, second.Merge.Id);
        await UnmergeAsync(b);
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Unmerge(b));
        foreach (var person in new[] { a, d })
            Assert.Equal(RecordState.Of(person), RecordState.Of(await GetAsync(person.Id)));
    }

    [Fact]
    public async Task After_its_time_a_merge_stays_and_nothing_is_left_but_where_the_id_leads()
    {
        var (stays, part) = (await CreateAsync(), await CreateAsync(new Person { LastName = "Gone" }));
        await NoteAsync(part.Id);
        await MergeAsync(stays, part);
        await contacts.Database.ExecuteAsync($"UPDATE chores SET due_time = now() WHERE tenant_id = '{_tenant}'");
        // Another one wakes who does the work.
        await MergeAsync(await CreateAsync(), await CreateAsync());
        await Eventually.HoldsAsync(async () => await CountAsync("merged_records WHERE content IS NOT NULL AND id = '" + part.Id + "' AND") == 0, TimeSpan.FromSeconds(30));
        Assert.Equal((1L, 0L, 1L), (await CountAsync("merges WHERE before IS NULL AND after IS NULL AND"), await CountAsync("merge_moves WHERE"), await CountAsync("chores WHERE")));
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "UNMERGE_TOO_LATE", Unmerge(stays));
        Assert.Equal(stays.Id, (await GetAsync(part.Id)).Id);
    }

    [Fact]
    public async Task With_the_one_that_stayed_everything_that_was_merged_into_it_is_deleted()
    {
        var (a, b, c) = (await CreateAsync(), await CreateAsync(), await CreateAsync());
        await MergeAsync(b, a);
        await MergeAsync(c, b);
        await People.DeletePersonAsync(new DeletePersonRequest { Id = c.Id }, cancellationToken: Token);
        foreach (var table in new[] { "merges", "merged_records", "merge_moves", "chores" })
            Assert.Equal(0, await CountAsync($"{table} WHERE"));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", People.GetPersonAsync(new GetPersonRequest { Id = a.Id }, cancellationToken: Token));
        // Who refers to a merged one hears of it as who refers to the one that stayed.
        foreach (var person in new[] { a, b, c })
            Assert.Equal(1, await contacts.EventsAsync("PersonDeleted", person.Id));
    }

    [Fact]
    public async Task An_address_that_somebody_has_taken_meanwhile_is_said()
    {
        var (stays, part) = (await CreateAsync(new Person { LastName = "A", Email = "a@unmerge.example" }), await CreateAsync(new Person { LastName = "B", Email = "b@unmerge.example" }));
        await MergeAsync(stays, part);
        var taker = await CreateAsync(new Person { LastName = "C", Email = "B@unmerge.example" });
        await Expect.FailsAsync(StatusCode.AlreadyExists, "PERSON_EMAIL_TAKEN", Unmerge(stays));
        Assert.Equal(stays.Id, (await GetAsync(part.Id)).Id);
        await People.DeletePersonAsync(new DeletePersonRequest { Id = taker.Id }, cancellationToken: Token);
        Assert.Equal(part.Email, Assert.Single((await UnmergeAsync(stays)).Restored).Email);
    }

    [Fact]
    public async Task A_person_whose_company_is_gone_comes_back_without_one()
    {
        var companies = contacts.Companies(_tenant);
        var (kept, gone) = (await companies.CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Kept" } }, cancellationToken: Token), await companies.CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Gone" } }, cancellationToken: Token));
        var stays = await CreateAsync(new Person { LastName = "A", CompanyId = kept.Id });
        await MergeAsync(stays, await CreateAsync(new Person { LastName = "B", CompanyId = gone.Id }), await CreateAsync(new Person { LastName = "C", CompanyId = kept.Id }));
        await companies.DeleteCompanyAsync(new DeleteCompanyRequest { Id = gone.Id }, cancellationToken: Token);
        Assert.Equal([("B", ""), ("C", kept.Id)], (await UnmergeAsync(stays)).Restored.Select(person => (person.LastName, person.CompanyId)));
    }

    private AsyncUnaryCall<UnmergePersonResponse> Unmerge(Person stays, string merge = "") =>
        People.UnmergePersonAsync(new UnmergePersonRequest { Id = stays.Id, MergeId = merge }, cancellationToken: Token);

    private async Task<UnmergePersonResponse> UnmergeAsync(Person stays, string merge = "") => await Unmerge(stays, merge);

    private async Task<MergePersonResponse> MergeAsync(Person stays, params Person[] parts) => await People.MergePersonAsync(
        new MergePersonRequest { Id = stays.Id, Merged = { parts.Select(part => new MergedRecord { Id = part.Id }) } }, cancellationToken: Token);

    private async Task<Person> GetAsync(string id) => await People.GetPersonAsync(new GetPersonRequest { Id = id }, cancellationToken: Token);

    private async Task<string> ConvertedAsync(string lead) => (await contacts.Leads(_tenant).GetLeadAsync(new GetLeadRequest { Id = lead }, cancellationToken: Token)).ConvertedPersonId;

    private async Task<Person> CreateAsync(Person? person = null) =>
        await People.CreatePersonAsync(new CreatePersonRequest { Person = person ?? new Person { LastName = $"Person {Guid.NewGuid()}" } }, cancellationToken: Token);

    private async Task<Activity> NoteAsync(string person) => await contacts.Activities(_tenant).CreateActivityAsync(
        new CreateActivityRequest { Activity = new Activity { PersonId = person, Kind = ActivityKind.Note, Subject = "Called" } }, cancellationToken: Token);

    private async Task<List<string>> NotesAsync(string person) =>
        [.. (await contacts.Activities(_tenant).ListActivitiesAsync(new ListActivitiesRequest { PersonId = person }, cancellationToken: Token)).Activities.Where(note => note.Kind == ActivityKind.Note).Select(note => note.Id)];

    private Task<long> CountAsync(string from) => contacts.Database.QueryAsync<long>($"SELECT count(*) FROM {from} tenant_id = '{_tenant}'");
}
