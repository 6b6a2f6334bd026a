using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Contacts.Tests.Merging;

public sealed class PersonMergeInTheSharedSchemaFacts(ContactsFixture contacts) : PersonMergeFacts(contacts), IClassFixture<ContactsFixture>;

public sealed class PersonMergeInASchemaOfItsOwnFacts(OwnSchemaContacts contacts) : PersonMergeFacts(contacts), IClassFixture<OwnSchemaContacts>;

public abstract class PersonMergeFacts(ContactsFixture contacts)
{
    private readonly Guid _tenant = TestTenants.Acme;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleService.PeopleServiceClient People => contacts.People(_tenant);

    [Fact]
    public async Task Several_people_become_one_that_has_what_each_of_them_had()
    {
        var stays = await CreateAsync(new Person { LastName = "Doe", CustomFields = Custom(("color", "red")) });
        var (first, second) = (await CreateAsync(new Person { FirstName = "Jane", LastName = "Doh", Email = Email(), CustomFields = Custom(("color", "blue"), ("note", "first")) }), await CreateAsync(new Person { LastName = "Dow", Phone = "+1 555 0100", JobTitle = "Buyer" }));
        var notes = new List<string>();
        foreach (var person in new[] { stays, first, second })
            notes.Add((await NoteAsync(person.Id)).Id);
        var merged = await MergeAsync(stays, first, second);
        Assert.Equal(("Doe", "Jane", first.Email, "+1 555 0100", "Buyer"), (merged.Person.LastName, merged.Person.FirstName, merged.Person.Email, merged.Person.Phone, merged.Person.JobTitle));
        Assert.Equal(Custom(("color", "red"), ("note", "first")), merged.Person.CustomFields);
        Assert.Equal(stays.Id, merged.Person.Id);
        Assert.Equal(merged.Person, await GetAsync(stays.Id));
        Assert.Equal(notes.Order(), (await NotesAsync(stays.Id)).Select(note => note.Id).Order());
        Assert.Equal((1L, 0L, 0L), (await contacts.EventsAsync("PersonMerged", stays.Id), await contacts.EventsAsync("PersonDeleted", first.Id), await contacts.EventsAsync("PersonUpdated", stays.Id)));
        var listed = Assert.Single((await People.ListPersonMergesAsync(new ListPersonMergesRequest { PersonId = stays.Id }, cancellationToken: Token)).Merges);
        Assert.Equal(merged.Merge, listed);
        Assert.Equal(TimeSpan.FromDays(30), listed.UnmergeTimeLimit.ToDateTimeOffset() - listed.CreateTime.ToDateTimeOffset());
    }

    [Fact]
    public async Task The_id_of_a_merged_person_leads_to_the_one_that_stays()
    {
        var (stays, part, before) = (await CreateAsync(), await CreateAsync(), await CreateAsync());
        await MergeAsync(part, before);
        await NoteAsync(part.Id);
        var merged = await MergeAsync(stays, part);
        Assert.Equal((merged.Person, merged.Person), (await GetAsync(part.Id), await GetAsync(before.Id)));
        Assert.Empty((await People.ListPeopleAsync(new ListPeopleRequest { Filter = $"id = \"{part.Id}\"" }, cancellationToken: Token)).People);
        var late = await NoteAsync(before.Id);
        Assert.Equal(stays.Id, late.PersonId);
        Assert.Equal(2, (await NotesAsync(part.Id)).Count);
        Assert.Equal(await NotesAsync(stays.Id), await NotesAsync(before.Id));
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "ALREADY_MERGED", People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = part.Id, Phone = "1" } }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "ALREADY_MERGED", People.DeletePersonAsync(new DeletePersonRequest { Id = before.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "ALREADY_MERGED", Merge(stays, part));
    }

    [Fact]
    public async Task Each_field_takes_what_was_chosen_or_what_the_rule_finds()
    {
        var stays = await CreateAsync(new Person { LastName = "Old", Phone = "1", JobTitle = "Clerk", Language = "en", CustomFields = Custom(("color", "red"), ("word", "a")) });
        var newer = await CreateAsync(new Person { LastName = "New", Phone = "2", JobTitle = "Boss", CustomFields = Custom(("color", "blue"), ("word", "b"), ("note", "n")) });
        var merged = (await People.MergePersonAsync(
            new MergePersonRequest
            {
                Id = stays.Id,
                Merged = { new MergedRecord { Id = newer.Id } },
                Rule = SurvivorshipRule.Newest,
                Choices =
                {
                    new FieldChoice { Field = "phone", RecordId = stays.Id },
                    new FieldChoice { Field = "jobTitle", Rule = SurvivorshipRule.Oldest },
                    new FieldChoice { Field = "language", RecordId = newer.Id },
                    new FieldChoice { Field = "custom_fields.word", RecordId = stays.Id },
                    new FieldChoice { Field = "customFields.note", RecordId = stays.Id },
                },
            },
            cancellationToken: Token)).Person;
        Assert.Equal(("New", "1", "Clerk", ""), (merged.LastName, merged.Phone, merged.JobTitle, merged.Language));
        Assert.Equal(Custom(("color", "blue"), ("word", "a")), merged.CustomFields);
    }

    [Fact]
    public async Task What_is_unique_passes_to_the_one_that_stays_and_back()
    {
        var tenant = Guid.CreateVersion7();
        contacts.Fields.Set(tenant, new Field { Resource = "contacts.person", Key = "card", Type = FieldType.Text, Label = "Card", Unique = true }, new Field { Resource = "contacts.person", Key = "number", Type = FieldType.AutoNumber, Label = "Number", NumberPattern = "{000}" });
        var people = contacts.People(tenant);
        await contacts.DeliverAsync(tenant, new FieldsChanged { Version = 2, Field = new Field { Resource = "contacts.person", Key = "card", Type = FieldType.Text, Label = "Card", Unique = true } });
        var (stays, part) = (await CreateAsync(new Person { LastName = "A" }, people), await CreateAsync(new Person { LastName = "B", Email = Email(), CustomFields = Custom(("card", "77")) }, people));
        var merged = await people.MergePersonAsync(new MergePersonRequest { Id = stays.Id, Merged = { new MergedRecord { Id = part.Id } } }, cancellationToken: Token);
        Assert.Equal((part.Email, "77", "001"), (merged.Person.Email, merged.Person.CustomFields.Fields["card"].StringValue, merged.Person.CustomFields.Fields["number"].StringValue));
        var back = await people.UnmergePersonAsync(new UnmergePersonRequest { Id = stays.Id }, cancellationToken: Token);
        Assert.Equal(("", stays.CustomFields), (back.Person.Email, back.Person.CustomFields));
        Assert.Equal(RecordState.Of(part), RecordState.Of(Assert.Single(back.Restored)));
        Assert.Equal("003", (await CreateAsync(new Person { LastName = "C" }, people)).CustomFields.Fields["number"].StringValue);
    }

    [Fact]
    public async Task A_key_makes_a_merge_happen_once_and_a_stale_etag_makes_it_not_happen()
    {
        var (stays, part) = (await CreateAsync(), await CreateAsync());
        var request = new MergePersonRequest { Id = stays.Id, Etag = stays.Etag, Merged = { new MergedRecord { Id = part.Id, Etag = part.Etag } } };
        await Expect.FailsAsync(StatusCode.Aborted, "STALE_ETAG", People.MergePersonAsync(new MergePersonRequest(request) { Etag = "1" }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.Aborted, "STALE_ETAG", People.MergePersonAsync(new MergePersonRequest(request) { Merged = { new MergedRecord { Id = (await CreateAsync()).Id, Etag = "1" } } }, cancellationToken: Token));
        Assert.Equal(part, await GetAsync(part.Id));
        using var rest = contacts.Rest(_tenant);
        rest.DefaultRequestHeaders.Add("Idempotency-Key", $"{Guid.NewGuid()}");
        var body = new { etag = stays.Etag, merged = new[] { new { id = part.Id, etag = part.Etag } } };
        var answers = new List<JsonElement>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await rest.PostAsJsonAsync($"/api/v1/contacts/people/{stays.Id}:merge", body, Token);
            answers.Add(await answer.Content.ReadFromJsonAsync<JsonElement>(Token));
            Assert.True(answer.IsSuccessStatusCode, $"{answers[^1]}");
        }

        Assert.Equal(answers[0].GetRawText(), answers[1].GetRawText());
        Assert.Equal(1, await contacts.EventsAsync("PersonMerged", stays.Id));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_and_takes_nothing()
    {
        var (stays, part, theirs) = (await CreateAsync(), await CreateAsync(), await CreateAsync(people: contacts.People(TestTenants.Globex)));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Merge(stays, theirs));
        await MergeAsync(stays, part);
        var globex = contacts.People(TestTenants.Globex);
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", globex.GetPersonAsync(new GetPersonRequest { Id = part.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", globex.UnmergePersonAsync(new UnmergePersonRequest { Id = stays.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", globex.ListPersonMergesAsync(new ListPersonMergesRequest { PersonId = stays.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", globex.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = part.Id, Phone = "1" } }, cancellationToken: Token));
    }

    [Fact]
    public async Task Of_two_who_merge_the_same_people_at_once_one_does()
    {
        var (one, other) = (await CreateAsync(), await CreateAsync());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            try
            {
                await (i % 2 == 0 ? Merge(one, other) : Merge(other, one));
                return StatusCode.OK;
            }
            catch (RpcException refused)
            {
                return refused.StatusCode;
            }
        }));
        Assert.Single(outcomes, outcome => outcome == StatusCode.OK);
        Assert.All(outcomes, outcome => Assert.True(outcome is StatusCode.OK or StatusCode.FailedPrecondition, $"{outcome}"));
        Assert.Equal(await GetAsync(one.Id), await GetAsync(other.Id));
    }

    [Theory]
    [InlineData("""{}""", "merged")]
    [InlineData("""{"merged":[{"id":"7"}]}""", "merged")]
    [InlineData("""{"merged":[{"id":"SELF"}]}""", "merged")]
    [InlineData("""{"merged":[{"id":"OTHER"},{"id":"OTHER"}]}""", "merged")]
    [InlineData("""{"merged":[{"id":"OTHER"}],"choices":[{"field":"shoes","rule":"SURVIVORSHIP_RULE_NEWEST"}]}""", "choices[0].field")]
    [InlineData("""{"merged":[{"id":"OTHER"}],"choices":[{"field":"createTime","rule":"SURVIVORSHIP_RULE_NEWEST"}]}""", "choices[0].field")]
    [InlineData("""{"merged":[{"id":"OTHER"}],"choices":[{"field":"phone"}]}""", "choices[0].rule")]
    [InlineData("""{"merged":[{"id":"OTHER"}],"choices":[{"field":"phone","recordId":"01990000-0000-7000-8000-000000000000"}]}""", "choices[0].recordId")]
    public async Task Bad_input_is_a_typed_problem_that_names_the_field(string body, string field)
    {
        var (stays, other) = (await CreateAsync(), await CreateAsync());
        using var rest = contacts.Rest(_tenant);
        using var content = new StringContent(body.Replace("SELF", stays.Id, StringComparison.Ordinal).Replace("OTHER", other.Id, StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
        using var answer = await rest.PostAsync(new Uri($"/api/v1/contacts/people/{stays.Id}:merge", UriKind.Relative), content, Token);
        var problem = await Expect.ProblemAsync(answer, HttpStatusCode.BadRequest, "INVALID_ARGUMENT");
        Assert.Equal(field, problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_merge_is_told_by_every_record_that_it_touches()
    {
        var (stays, part) = (await CreateAsync(), await CreateAsync(new Person { LastName = "Part", Phone = "+1 555 0199" }));
        var note = await NoteAsync(part.Id);
        await MergeAsync(stays, part);
        await People.UnmergePersonAsync(new UnmergePersonRequest { Id = stays.Id }, cancellationToken: Token);
        var administrator = contacts.GrpcFor(_tenant, AuditHistory.Permission);
        Assert.Equal(["create", "merge", "unmerge"], (await administrator.HistoryAsync("contacts.person", stays.Id, atLeast: 3)).Select(entry => entry.Action));
        Assert.Equal(["create", "delete", "create"], (await administrator.HistoryAsync("contacts.person", part.Id, atLeast: 3)).Select(entry => entry.Action));
        var moved = await administrator.HistoryAsync("contacts.activity", note.Id, atLeast: 3);
        Assert.Equal((stays.Id, part.Id), (moved[1].After.Fields["personId"].StringValue, moved[2].After.Fields["personId"].StringValue));
    }

    private static string Email() => $"{Guid.NewGuid():N}@merge.example";

    private static Struct Custom(params (string Key, string Value)[] fields)
    {
        var custom = new Struct();
        foreach (var (key, value) in fields)
            custom.Fields[key] = Value.ForString(value);
        return custom;
    }

    private AsyncUnaryCall<MergePersonResponse> Merge(Person stays, params Person[] parts) => People.MergePersonAsync(
        new MergePersonRequest { Id = stays.Id, Merged = { parts.Select(part => new MergedRecord { Id = part.Id }) } }, cancellationToken: Token);

    private async Task<MergePersonResponse> MergeAsync(Person stays, params Person[] parts) => await Merge(stays, parts);

    private async Task<Person> GetAsync(string id) => await People.GetPersonAsync(new GetPersonRequest { Id = id }, cancellationToken: Token);

    private async Task<Person> CreateAsync(Person? person = null, PeopleService.PeopleServiceClient? people = null) =>
        await (people ?? People).CreatePersonAsync(new CreatePersonRequest { Person = person ?? new Person { LastName = $"Person {Guid.NewGuid()}" } }, cancellationToken: Token);

    private async Task<Activity> NoteAsync(string person) => await contacts.Activities(_tenant).CreateActivityAsync(
        new CreateActivityRequest { Activity = new Activity { PersonId = person, Kind = ActivityKind.Note, Subject = "Called" } }, cancellationToken: Token);

    private async Task<IReadOnlyList<Activity>> NotesAsync(string person) =>
        [.. (await contacts.Activities(_tenant).ListActivitiesAsync(new ListActivitiesRequest { PersonId = person }, cancellationToken: Token)).Activities];
}
