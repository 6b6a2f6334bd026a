using System.Net;
using System.Net.Http.Json;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Contacts.Tests.Duplicates;

public sealed class NewDuplicateFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Reviewers _reviewers = new(contacts);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_that_share_a_key_the_most_alike_are_looked_at()
    {
        await contacts.Database.ExecuteAsync(
            $"""
            INSERT INTO people (tenant_id, id, first_name, last_name, email, phone, job_title, language, custom_fields, create_time, update_time)
            SELECT '{_reviewers.Tenant}'::uuid, gen_random_uuid(), 'Kim' || i, 'Maier', '', '', 'Buyer', '', CAST('{"{}"}' AS jsonb), now(), now() FROM generate_series(1, 300) AS i
            """);
        var twin = await contacts.People(_reviewers.Tenant).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Meyer", Phone = "+49 30 5550199", JobTitle = "Chief" } }, cancellationToken: Token);
        await _reviewers.RuleAsync(Reviewers.People, DuplicateAction.Refuse, ("last_name", MatchMethod.Phonetic), ("job_title", MatchMethod.Exact));
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await contacts.People(_reviewers.Tenant).CreatePersonAsync(
            new CreatePersonRequest { Person = new Person { LastName = "Mayr", Phone = "030 5550199", JobTitle = "Chief" } }, cancellationToken: Token));
        Assert.Contains(twin.Id, refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_e_mail_or_phone_of_the_one_is_compared_with_any_of_the_other()
    {
        await _reviewers.RuleAsync(Reviewers.People, DuplicateAction.Refuse, ("email", MatchMethod.Normalised));
        var people = contacts.People(_reviewers.Tenant);
        var known = await CreateAsync(new Person { LastName = "Keller", Email = "main@x.example", OtherEmails = { new OtherEmail { Address = "Old@x.example", Label = "home" } }, OtherPhones = { new OtherPhone { Number = "+49 171 5550123" } } });
        Person[] same = [new() { LastName = "A", Email = "old@X.example" }, new() { LastName = "B", OtherEmails = { new OtherEmail { Address = "OLD@x.example" } } }, new() { LastName = "C", Email = "c@x.example", OtherEmails = { new OtherEmail { Address = "main@x.example" } } }];
        foreach (var person in same)
            await RefusedAsync(person);
        await _reviewers.RuleAsync(Reviewers.People, DuplicateAction.Refuse, ("phone", MatchMethod.Normalised));
        await RefusedAsync(new Person { LastName = "D", Phone = "0171 555 0123", Address = new Platform.Common.V1.Address { Country = "DE" } });
        await RefusedAsync(new Person { LastName = "E", OtherPhones = { new OtherPhone { Number = "0049 171 5550123" } } });

        // An import of rows, and whoever may not see the other e-mails.
        await _reviewers.RuleAsync(Reviewers.People, DuplicateAction.Refuse, ("email", MatchMethod.Normalised));
        using var rest = contacts.Rest(_reviewers.Tenant);
        var summary = await Imports.Upload.RestAsync(rest, Imports.Upload.Utf8("Last name,E-mail,Other e-mails", "F,old@x.example,", "G,g@x.example,main@x.example", "H,h@x.example,"));
        Assert.Equal((2L, 1L), (summary.RowsRejected, summary.PeopleCreated));
        var blind = new PeopleService.PeopleServiceClient(_reviewers.Restricted(new AccessPolicy
        {
            Id = "p",
            Name = "Others",
            Resource = Reviewers.People,
            Specificity = PolicySpecificity.Role,
            FieldRules = { new FieldRule { Path = "other_emails", Access = FieldAccess.Hidden } },
        }));
        var made = await blind.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Keller", Email = "old@x.example" } }, cancellationToken: Token);

        // In the background, and over all that is there.
        await _reviewers.QueueAsync(pairs: 1);
        Assert.Equal(2, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM match_points WHERE tenant_id = '{_reviewers.Tenant}' AND record_id = '{known.Id}'"));
        await contacts.Database.ExecuteAsync($"DELETE FROM duplicate_pairs WHERE tenant_id = '{_reviewers.Tenant}'");
        await _reviewers.SweepAsync();
        var pair = Assert.Single(await _reviewers.ListAsync());
        Assert.Equal((known.Id, made.Id), (pair.FirstId, pair.SecondId));
        // What is no more somebody's leads to nobody.
        await people.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = known.Id }, UpdateMask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "other_emails" } } }, cancellationToken: Token);
        await _reviewers.QueueAsync(pairs: 0);
        await people.DeletePersonAsync(new DeletePersonRequest { Id = known.Id }, cancellationToken: Token);
        Assert.Equal(0, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM match_points WHERE tenant_id = '{_reviewers.Tenant}'"));

        async Task<Person> CreateAsync(Person person) => await people.CreatePersonAsync(new CreatePersonRequest { Person = person }, cancellationToken: Token);

        Task RefusedAsync(Person person) => Expect.FailsAsync(StatusCode.AlreadyExists, "DUPLICATE", people.CreatePersonAsync(new CreatePersonRequest { Person = person }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_rule_refuses_or_warns_when_a_record_is_made()
    {
        await _reviewers.RuleAsync(Reviewers.People, DuplicateAction.Refuse, ("last_name", MatchMethod.Phonetic), ("first_name", MatchMethod.Normalised));
        var known = await _reviewers.PersonAsync("Ana", "Schmidt");
        using var rest = contacts.Rest(_reviewers.Tenant);
        using var refused = await rest.PostAsJsonAsync("/api/v1/contacts/people", new { firstName = "ANA", lastName = "Schmitt" }, Token);
        var problem = await Expect.ProblemAsync(refused, HttpStatusCode.Conflict, "DUPLICATE");
        Assert.Equal(known.Id, problem.GetProperty("errors")[0].GetProperty("message").GetString());
        using var allowed = await rest.PostAsJsonAsync("/api/v1/contacts/people?allowDuplicates=true", new { firstName = "ANA", lastName = "Schmitt" }, Token);
        Assert.Equal((HttpStatusCode.OK, known.Id), (allowed.StatusCode, allowed.Headers.GetValues("x-duplicates").Single()));
        await _reviewers.RuleAsync(Reviewers.People, DuplicateAction.Warn, ("last_name", MatchMethod.Normalised));
        using var other = await rest.PostAsJsonAsync("/api/v1/contacts/people", new { lastName = " smith" }, Token);
        Assert.False(other.Headers.Contains("x-duplicates"), "It sounds alike, and is not the same.");
        using var same = await rest.PostAsJsonAsync("/api/v1/contacts/people", new { firstName = "Zoe", lastName = "SCHMIDT" }, Token);
        Assert.Equal((HttpStatusCode.OK, known.Id), (same.StatusCode, same.Headers.GetValues("x-duplicates").Single()));
    }

    [Fact]
    public async Task Leads_and_companies_have_rules_of_their_own()
    {
        await _reviewers.RuleAsync("contacts.lead", DuplicateAction.Refuse, ("email", MatchMethod.Exact));
        await _reviewers.RuleAsync("contacts.company", DuplicateAction.Refuse, ("name", MatchMethod.Normalised));
        var leads = contacts.Leads(_reviewers.Tenant);
        await leads.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "A", Email = "a@lead.example" } }, cancellationToken: Token);
        await Expect.FailsAsync(StatusCode.AlreadyExists, "DUPLICATE", leads.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "B", Email = "a@lead.example" } }, cancellationToken: Token));
        await _reviewers.CompanyAsync("Müller & Söhne GmbH");
        await Expect.FailsAsync(StatusCode.AlreadyExists, "DUPLICATE", contacts.Companies(_reviewers.Tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Müller Söhne, Inc." } }, cancellationToken: Token));
        await _reviewers.CompanyAsync("Mahler");
        // Those that are only similar begin with a word that sounds alike.
        await _reviewers.RuleAsync("contacts.company", DuplicateAction.Refuse, ("name", MatchMethod.Similar));
        await Expect.FailsAsync(StatusCode.AlreadyExists, "DUPLICATE", contacts.Companies(_reviewers.Tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Müller & Söhnen GmbH" } }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_custom_field_may_be_compared_beside_another()
    {
        contacts.Fields.Set(_reviewers.Tenant, new Field { Resource = Reviewers.People, Key = "badge", Type = FieldType.Text, Label = "Badge" });
        await _reviewers.RuleAsync(Reviewers.People, DuplicateAction.Refuse, ("last_name", MatchMethod.Normalised), ("custom_fields.badge", MatchMethod.Exact));
        await BadgeAsync("7");
        await BadgeAsync("8");
        await BadgeAsync("");
        var refused = await Assert.ThrowsAsync<RpcException>(() => BadgeAsync("7"));
        Assert.Equal(StatusCode.AlreadyExists, refused.StatusCode);
        var unknown = Reviewers.Rules(Reviewers.People, DuplicateAction.Review, ("last_name", MatchMethod.Exact), ("custom_fields.shoes", MatchMethod.Exact));
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", _reviewers.Duplicates.UpdateDuplicateRulesAsync(new UpdateDuplicateRulesRequest { Rules = unknown }, cancellationToken: Token));
    }

    [Fact]
    public async Task Nobody_learns_of_what_they_may_not_see()
    {
        await _reviewers.RuleAsync(Reviewers.People, DuplicateAction.Refuse, ("phone", MatchMethod.Normalised));
        var (secret, twin) = (await _reviewers.PersonAsync("A", "Secret", "+1 555 0100100"), await _reviewers.PersonAsync("B", "Twin", "+1 555 0100200"));
        var blind = _reviewers.Restricted(new AccessPolicy { Id = "p", Name = "Hidden", Resource = Reviewers.People, Specificity = PolicySpecificity.Role, FieldRules = { new FieldRule { Path = "phone", Access = FieldAccess.Hidden } } });
        var other = _reviewers.Restricted(new AccessPolicy { Id = "p", Name = "Denied", Resource = Reviewers.People, Specificity = PolicySpecificity.Role, Effect = PolicyEffect.Deny, Actions = { "read" }, Filter = "last_name = \"Secret\"" });
        var person = new CreatePersonRequest { Person = new Person { LastName = "New", Phone = "+1 555 0100100" } };
        await Expect.FailsAsync(StatusCode.AlreadyExists, "DUPLICATE", contacts.People(_reviewers.Tenant).CreatePersonAsync(person, cancellationToken: Token));
        await new PeopleService.PeopleServiceClient(contacts.GrpcFor(_reviewers.Tenant, "contacts.write"))
            .CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Blind", Phone = "+1 555 0100200" } }, cancellationToken: Token);
        using var call = new PeopleService.PeopleServiceClient(other).CreatePersonAsync(person, cancellationToken: Token);
        var made = await call;
        Assert.Null((await call.ResponseHeadersAsync).GetValue("x-duplicates"));
        var pair = Assert.Single(await _reviewers.QueueAsync(pairs: 2), pair => pair.FirstId == secret.Id);
        Assert.Equal(made.Id, pair.SecondId);
        Assert.Equal(twin.Id, Assert.Single((await new DuplicatesService.DuplicatesServiceClient(other).ListDuplicatesAsync(new ListDuplicatesRequest(), cancellationToken: Token)).Duplicates).FirstId);
        Assert.Empty((await new DuplicatesService.DuplicatesServiceClient(blind).ListDuplicatesAsync(new ListDuplicatesRequest(), cancellationToken: Token)).Duplicates);
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", new DuplicatesService.DuplicatesServiceClient(other)
            .DismissDuplicateAsync(new DismissDuplicateRequest { Resource = Reviewers.People, FirstId = secret.Id, SecondId = made.Id }, cancellationToken: Token));
        var elsewhere = new DuplicatesService.DuplicatesServiceClient(contacts.GrpcFor(TestTenants.Globex, "contacts.read", "contacts.write"));
        Assert.DoesNotContain((await elsewhere.ListDuplicatesAsync(new ListDuplicatesRequest(), cancellationToken: Token)).Duplicates, found => found.FirstId == secret.Id);
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", elsewhere.DismissDuplicateAsync(new DismissDuplicateRequest { Resource = Reviewers.People, FirstId = secret.Id, SecondId = twin.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task Rules_that_cannot_be_followed_are_refused_and_a_stale_version_too()
    {
        var duplicates = _reviewers.Duplicates;
        var own = await duplicates.GetDuplicateRulesAsync(new GetDuplicateRulesRequest { Resource = Reviewers.People }, cancellationToken: Token);
        Assert.NotEmpty(own.Rules);
        var twice = Reviewers.Rules(Reviewers.People, DuplicateAction.Review, ("email", MatchMethod.Exact));
        twice.Rules.Add(twice.Rules[0]);
        foreach (var wrong in new[]
        {
            twice,
            Reviewers.Rules(Reviewers.People, DuplicateAction.Review, ("shoes", MatchMethod.Exact)),
            Reviewers.Rules(Reviewers.People, DuplicateAction.Review, ("job_title", MatchMethod.Exact)),
            Reviewers.Rules(Reviewers.People, DuplicateAction.Review, ("email", MatchMethod.Similar)),
            Reviewers.Rules(Reviewers.People, DuplicateAction.Review, ("email", MatchMethod.Unspecified)),
            Reviewers.Rules("deals.deal", DuplicateAction.Review, ("email", MatchMethod.Exact)),
        })
            await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", duplicates.UpdateDuplicateRulesAsync(new UpdateDuplicateRulesRequest { Rules = wrong }, cancellationToken: Token));
        var set = await duplicates.UpdateDuplicateRulesAsync(new UpdateDuplicateRulesRequest { Rules = own }, cancellationToken: Token);
        Assert.Equal(own.Rules, set.Rules);
        Assert.Equal(set, await duplicates.GetDuplicateRulesAsync(new GetDuplicateRulesRequest { Resource = Reviewers.People }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.Aborted, "STALE_ETAG", duplicates.UpdateDuplicateRulesAsync(new UpdateDuplicateRulesRequest { Rules = new DuplicateRules(set) { Etag = "1" } }, cancellationToken: Token));
        var reader = new DuplicatesService.DuplicatesServiceClient(contacts.GrpcFor(_reviewers.Tenant, "contacts.read", "contacts.write"));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", reader.UpdateDuplicateRulesAsync(new UpdateDuplicateRulesRequest { Rules = set }, cancellationToken: Token));
        await _reviewers.SweptAsync();
    }

    private async Task BadgeAsync(string badge)
    {
        var person = new Person { LastName = "Doe", CustomFields = new() };
        if (badge.Length > 0)
            person.CustomFields.Fields["badge"] = Google.Protobuf.WellKnownTypes.Value.ForString(badge);
        await contacts.People(_reviewers.Tenant).CreatePersonAsync(new CreatePersonRequest { Person = person }, cancellationToken: Token);
    }
}
