using CsCheck;
using Google.Protobuf.WellKnownTypes;
using Platform.Common.V1;
using Platform.Contacts.V1;
using Xunit;

namespace Contacts.Tests.Merging;

/// <summary>To merge and to take it back is to do nothing, whatever the records hold and by whatever rules they are merged.</summary>
public sealed class MergeProperties(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] Keys = ["color", "note", "word", "region"];
    private static readonly string[] Fields = ["first_name", "last_name", "email", "phone", "job_title", "company_id", "address", "language", "owner_id", "custom_fields", "custom_fields.color"];

    private static readonly Gen<string> Text = Gen.Frequency((1, Gen.Const("")), (2, Gen.String[Gen.Char['a', 'z'], 1, 8]));

    private static readonly Gen<Person> People = Gen.Select(Text, Text, Text, Text, Gen.Bool, Gen.Bool, Text.Array[4], Gen.Int[0, 9]).Select((first, phone, title, city, mail, owner, custom, size) =>
    {
        var person = new Person { FirstName = first, LastName = $"Person {size}", Phone = phone, JobTitle = title, Language = city.Length > 4 ? "de" : "", CustomFields = new Struct() };
        if (mail)
            person.Email = $"{Guid.NewGuid():N}@property.example";
        if (owner)
            person.OwnerId = $"{Guid.CreateVersion7()}";
        if (city.Length > 0)
            person.Address = new Address { City = city, Country = "DE" };
        foreach (var (i, value) in custom.Index().Where(entry => entry.Item.Length > 0))
            person.CustomFields.Fields[Keys[i]] = Value.ForString(value);
        if (size > 3)
            person.CustomFields.Fields["size"] = Value.ForNumber(size);
        return person;
    });

    private static readonly Gen<(int Field, int Source)[]> Choices = Gen.Select(Gen.Int[0, Fields.Length - 1], Gen.Int[-3, 4]).Array[0, 5];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task To_merge_people_and_to_take_it_back_changes_nothing() => await Gen.Select(People.Array[3, 5], Choices, Gen.Int[0, 3], Gen.Int[1, 3]).SampleAsync(
        async (drafts, choices, rule, twice) =>
        {
            var tenant = Guid.CreateVersion7();
            var (people, companies) = (contacts.People(tenant), contacts.Companies(tenant));
            var company = await companies.CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Company" } }, cancellationToken: Token);
            var made = new List<Person>();
            foreach (var (i, draft) in drafts.Index())
            {
                made.Add(await people.CreatePersonAsync(new CreatePersonRequest { Person = new Person(draft) { CompanyId = i % 2 == 0 ? company.Id : "" } }, cancellationToken: Token));
                for (var note = 0; note < i; note++)
                    await contacts.Activities(tenant).CreateActivityAsync(new CreateActivityRequest { Activity = new Activity { PersonId = made[i].Id, Kind = ActivityKind.Note, Subject = $"{i} {note}" } }, cancellationToken: Token);
            }

            var before = await StateAsync(tenant, made);
            // The last one is merged in a second step where there are enough.
            var groups = made.Count > 3 && twice > 1 ? new[] { made[1..^1], made[^1..] } : [made[1..]];
            foreach (var group in groups)
            {
                var request = new MergePersonRequest { Id = made[0].Id, Rule = (SurvivorshipRule)rule, Merged = { group.Select(person => new MergedRecord { Id = person.Id }) } };
                request.Choices.AddRange(choices.Select(choice => choice.Source < 0
                    ? new FieldChoice { Field = Fields[choice.Field], Rule = (SurvivorshipRule)(-choice.Source) }
                    : new FieldChoice { Field = Fields[choice.Field], RecordId = choice.Source < group.Count ? group[choice.Source].Id : made[0].Id }));
                await people.MergePersonAsync(request, cancellationToken: Token);
            }

            foreach (var _ in groups)
                Assert.Empty((await people.UnmergePersonAsync(new UnmergePersonRequest { Id = made[0].Id }, cancellationToken: Token)).KeptFields);
            Assert.Equal(before, await StateAsync(tenant, made));
        },
        iter: 12, threads: 1);

    [Fact]
    public async Task To_merge_companies_and_to_take_it_back_changes_nothing() => await Gen.Select(Gen.Select(Text, Text, Text).Array[2, 4], Gen.Int[0, 3]).SampleAsync(
        async (drafts, rule) =>
        {
            var tenant = Guid.CreateVersion7();
            var companies = contacts.Companies(tenant);
            var (made, people) = (new List<Company>(), new List<Person>());
            foreach (var (i, (phone, site, color)) in drafts.Index())
            {
                made.Add(await companies.CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = $"Company {i}", Phone = phone, Website = site, CustomFields = new Struct { Fields = { ["color"] = Value.ForString(color) } } } }, cancellationToken: Token));
                people.Add(await contacts.People(tenant).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = $"{i}", CompanyId = made[i].Id } }, cancellationToken: Token));
                await contacts.Activities(tenant).CreateActivityAsync(new CreateActivityRequest { Activity = new Activity { CompanyId = made[i].Id, PersonId = people[i].Id, Kind = ActivityKind.Call, Subject = $"{i}" } }, cancellationToken: Token);
            }

            var before = await StateAsync(tenant, people) + await CompaniesAsync(tenant, made);
            await companies.MergeCompanyAsync(new MergeCompanyRequest { Id = made[0].Id, Rule = (SurvivorshipRule)rule, Merged = { made.Skip(1).Select(company => new MergedRecord { Id = company.Id }) } }, cancellationToken: Token);
            Assert.All((await contacts.People(tenant).ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People, person => Assert.Equal(made[0].Id, person.CompanyId));
            await companies.UnmergeCompanyAsync(new UnmergeCompanyRequest { Id = made[0].Id }, cancellationToken: Token);
            Assert.Equal(before, await StateAsync(tenant, people) + await CompaniesAsync(tenant, made));
        },
        iter: 6, threads: 1);

    // Everything that can be read of them; what every write changes is left out, and of the records that stayed the time of the last one.
    private async Task<string> StateAsync(Guid tenant, IReadOnlyList<Person> people)
    {
        var state = new List<string>();
        foreach (var (i, person) in people.Index())
        {
            var read = await contacts.People(tenant).GetPersonAsync(new GetPersonRequest { Id = person.Id }, cancellationToken: Token);
            var activities = (await contacts.Activities(tenant).ListActivitiesAsync(new ListActivitiesRequest { PersonId = person.Id }, cancellationToken: Token)).Activities;
            state.Add($"{new Person(read) { Etag = "", UpdateTime = null }} {(i == 0 ? "" : read.CompanyId.Length > 0 ? "" : read.UpdateTime)} {string.Join(' ', activities.Select(RecordState.Of))}");
        }

        return string.Join('\n', state);
    }

    private async Task<string> CompaniesAsync(Guid tenant, IReadOnlyList<Company> companies)
    {
        var state = new List<string>();
        foreach (var company in companies)
        {
            var read = await contacts.Companies(tenant).GetCompanyAsync(new GetCompanyRequest { Id = company.Id }, cancellationToken: Token);
            var activities = (await contacts.Activities(tenant).ListActivitiesAsync(new ListActivitiesRequest { CompanyId = company.Id }, cancellationToken: Token)).Activities;
            state.Add($"{new Company(read) { Etag = "", UpdateTime = null }} {string.Join(' ', activities.Select(RecordState.Of))}");
        }

        return string.Join('\n', state);
    }
}
