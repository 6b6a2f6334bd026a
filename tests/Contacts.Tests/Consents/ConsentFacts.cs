using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Consents;

/// <summary>What people and leads have agreed to, and not any more.</summary>
public sealed class ConsentFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleService.PeopleServiceClient People => contacts.People(_tenant);

    private LeadsService.LeadsServiceClient Leads => contacts.Leads(_tenant);

    private ConsentsService.ConsentsServiceClient Us => new(contacts.GrpcFor(_tenant, "contacts.read", "contacts.write"));

    [Fact]
    public async Task The_latest_word_on_each_purpose_counts_and_all_of_them_are_kept()
    {
        var person = await PersonAsync("Ann");
        var first = await SayAsync(person.Id, "email_marketing", given: true, hoursAgo: 3, source: "fair");
        Assert.Equal(("email_marketing", true, "fair", "v2", "198.51.100.7"), (first.Purpose, first.Given, first.Source, first.TextVersion, first.Address));
        await SayAsync(person.Id, "email_marketing", given: false, hoursAgo: 1);
        // Written down later, and said before.
        await SayAsync(person.Id, "email_marketing", given: true, hoursAgo: 2);
        await SayAsync(person.Id, "phone", given: true, hoursAgo: 2);
        var now = await People.GetPersonAsync(new GetPersonRequest { Id = person.Id }, cancellationToken: Token);
        Assert.Equal([("email_marketing", ConsentState.Withdrawn), ("phone", ConsentState.Given)], StatesOf(now.Consents));
        Assert.NotEqual(person.Etag, now.Etag);
        Assert.Equal(4, await contacts.EventsAsync("PersonUpdated", person.Id));
        Assert.Equal(1, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM audit_entries WHERE tenant_id = '{_tenant}' AND resource_id = '{first.Id}' AND after::text LIKE '%198.51.100.7%'"));
        var page = await Us.ListPersonConsentsAsync(new ListPersonConsentsRequest { PersonId = person.Id, PageSize = 3 }, cancellationToken: Token);
        var rest = await Us.ListPersonConsentsAsync(new ListPersonConsentsRequest { PersonId = person.Id, PageToken = page.NextPageToken }, cancellationToken: Token);
        Assert.Equal([1, 2, 2, 3], page.Consents.Concat(rest.Consents).Select(said => (int)Math.Round((Now - said.Time.ToDateTimeOffset()).TotalHours)));
        // No change of the person takes them away.
        await People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, Phone = "1" }, UpdateMask = new FieldMask { Paths = { "phone", "consents" } } }, cancellationToken: Token);
        Assert.Equal(now.Consents, (await People.GetPersonAsync(new GetPersonRequest { Id = person.Id }, cancellationToken: Token)).Consents);
        using var export = contacts.RestFor(_tenant, "contacts.export");
        Assert.Contains("email_marketing: withdrawn; phone: given", await export.GetStringAsync(new Uri("/api/v1/contacts/people:export", UriKind.Relative), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_find_who_agrees()
    {
        var (ann, bob, lead) = (await PersonAsync("Ann"), await PersonAsync("Bob"), await Leads.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "Lee" } }, cancellationToken: Token));
        await SayAsync(ann.Id, "email_marketing", given: true);
        await SayAsync(bob.Id, "email_marketing", given: false);
        await Us.CreateLeadConsentAsync(new CreateLeadConsentRequest { LeadId = lead.Id, Consent = new ConsentStatement { Purpose = "phone", Given = true } }, cancellationToken: Token);
        Assert.Equal([ann.Id], (await People.ListPeopleAsync(new ListPeopleRequest { Filter = "consents:email_marketing" }, cancellationToken: Token)).People.Select(person => person.Id));
        Assert.Equal([bob.Id], (await People.ListPeopleAsync(new ListPeopleRequest { Filter = "NOT consents:(\"email_marketing\" OR \"phone\")" }, cancellationToken: Token)).People.Select(person => person.Id));
        Assert.Equal([lead.Id], (await Leads.ListLeadsAsync(new ListLeadsRequest { Filter = "consents:phone" }, cancellationToken: Token)).Leads.Select(found => found.Id));
    }

    [Fact]
    public async Task They_go_along_when_a_lead_is_converted_and_when_people_become_one_and_come_back_with_them()
    {
        var lead = await Leads.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "Lee" } }, cancellationToken: Token);
        await Us.CreateLeadConsentAsync(new CreateLeadConsentRequest { LeadId = lead.Id, Consent = new ConsentStatement { Purpose = "phone", Given = true, Time = Ago(5) } }, cancellationToken: Token);
        var converted = await Leads.ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id }, cancellationToken: Token);
        var part = await People.GetPersonAsync(new GetPersonRequest { Id = converted.PersonId }, cancellationToken: Token);
        Assert.Equal([("phone", ConsentState.Given)], StatesOf(part.Consents));
        Assert.Single(await SaidAsync(part.Id));
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "LEAD_ALREADY_CONVERTED", Us.CreateLeadConsentAsync(new CreateLeadConsentRequest { LeadId = lead.Id, Consent = new ConsentStatement { Purpose = "phone" } }, cancellationToken: Token));

        var stays = await PersonAsync("Stays");
        await SayAsync(stays.Id, "phone", given: false, hoursAgo: 2);
        await SayAsync(stays.Id, "email_marketing", given: true);
        var merged = await People.MergePersonAsync(new MergePersonRequest { Id = stays.Id, Merged = { new MergedRecord { Id = part.Id } } }, cancellationToken: Token);
        Assert.Equal([("email_marketing", ConsentState.Given), ("phone", ConsentState.Withdrawn)], StatesOf(merged.Person.Consents));
        Assert.Equal(3, (await SaidAsync(stays.Id)).Count);
        var back = await People.UnmergePersonAsync(new UnmergePersonRequest { Id = stays.Id }, cancellationToken: Token);
        Assert.Equal([("phone", ConsentState.Given)], StatesOf(Assert.Single(back.Restored).Consents));
        Assert.Equal((2, 1), ((await SaidAsync(stays.Id)).Count, (await SaidAsync(part.Id)).Count));

        await People.DeletePersonAsync(new DeletePersonRequest { Id = stays.Id }, cancellationToken: Token);
        Assert.Equal(1, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM consent_statements WHERE tenant_id = '{_tenant}'"));
    }

    [Fact]
    public async Task PostgreSQL_keeps_what_was_said_whoever_writes()
    {
        var person = await PersonAsync("Ann");
        await SayAsync(person.Id, "phone", given: false);
        var ofPerson = $"WHERE tenant_id = '{_tenant}' AND person_id = '{person.Id}'";
        foreach (var change in (string[])[$"UPDATE consent_statements SET given = true {ofPerson}", $"UPDATE consent_statements SET recorded_by = 'somebody' {ofPerson}", $"DELETE FROM consent_statements {ofPerson}", "TRUNCATE consent_statements"])
        {
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => contacts.Database.ExecuteAsync(change));
            Assert.Equal("23001", refused.SqlState);
        }

        Assert.False(Assert.Single(await SaidAsync(person.Id)).Given);
        // A company that is gone leaves nothing behind.
        await contacts.Database.ExecuteAsync($"SELECT set_config('platform.purge', '{_tenant}', true); DELETE FROM consent_statements {ofPerson};");
        Assert.Empty(await SaidAsync(person.Id));
    }

    [Fact]
    public async Task What_makes_no_sense_or_is_not_the_callers_is_refused()
    {
        var person = await PersonAsync("Ann");
        foreach (var wrong in (ConsentStatement[])[new() { Purpose = "E-mail" }, new() { Purpose = "phone", Time = Ago(-1) }])
            await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Us.CreatePersonConsentAsync(new CreatePersonConsentRequest { PersonId = person.Id, Consent = wrong }, cancellationToken: Token));
        var others = new ConsentsService.ConsentsServiceClient(contacts.GrpcFor(Guid.CreateVersion7(), "contacts.read", "contacts.write"));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", others.CreatePersonConsentAsync(new CreatePersonConsentRequest { PersonId = person.Id, Consent = new ConsentStatement { Purpose = "phone" } }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", others.ListPersonConsentsAsync(new ListPersonConsentsRequest { PersonId = person.Id }, cancellationToken: Token));
        var user = Guid.CreateVersion7();
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { "contacts.read", "contacts.write" },
            Policies =
            {
                new Platform.Tenants.V1.AccessPolicy
                {
                    Id = "p", Name = "Read", Resource = "contacts.person", Specificity = Platform.Tenants.V1.PolicySpecificity.Role,
                    FieldRules = { new Platform.Tenants.V1.FieldRule { Path = "consents", Access = Platform.Tenants.V1.FieldAccess.Hidden } },
                },
            },
        });
        var blind = new ConsentsService.ConsentsServiceClient(contacts.Grpc(TestTokens.ForPerson(_tenant, user)));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_WRITABLE", blind.CreatePersonConsentAsync(new CreatePersonConsentRequest { PersonId = person.Id, Consent = new ConsentStatement { Purpose = "phone" } }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", blind.ListPersonConsentsAsync(new ListPersonConsentsRequest { PersonId = person.Id }, cancellationToken: Token));
    }

    private static Timestamp Ago(double hours) => Now.AddHours(-hours).ToTimestamp();

    private static IEnumerable<(string Purpose, ConsentState State)> StatesOf(IEnumerable<Consent> consents) => consents.Select(consent => (consent.Purpose, consent.State));

    private async Task<Person> PersonAsync(string name) => await People.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = name } }, cancellationToken: Token);

    private async Task<ConsentStatement> SayAsync(string person, string purpose, bool given, double hoursAgo = 1, string source = "") => await Us.CreatePersonConsentAsync(
        new CreatePersonConsentRequest { PersonId = person, Consent = new ConsentStatement { Purpose = purpose, Given = given, Time = Ago(hoursAgo), Source = source, TextVersion = "v2", Address = "198.51.100.7" } }, cancellationToken: Token);

    private async Task<IReadOnlyList<ConsentStatement>> SaidAsync(string person) => (await Us.ListPersonConsentsAsync(new ListPersonConsentsRequest { PersonId = person }, cancellationToken: Token)).Consents;
}
