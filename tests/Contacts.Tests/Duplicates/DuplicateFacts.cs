using System.Net;
using System.Net.Http.Json;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Duplicates;

public sealed class DuplicateFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private const string People = "contacts.person";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] All = ["contacts.read", "contacts.write", "contacts.import"];

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DuplicatesService.DuplicatesServiceClient Duplicates => new(contacts.GrpcFor(_tenant, All));

    [Fact]
    public async Task A_sweep_finds_what_is_the_same_and_nothing_else()
    {
        var (meyer, maier, other) = (await CreateAsync("Anna", "Meyer", "+49 30 1234567"), await CreateAsync("Anna", "Mayer", "0049 30 123 45 67"), await CreateAsync("Boris", "Meyer", ""));
        var (acme, limited) = (await CompanyAsync("Acme GmbH & Co. KG"), await CompanyAsync("ACME"));
        await CompanyAsync("Globex");
        await Duplicates.SweepDuplicatesAsync(new SweepDuplicatesRequest(), cancellationToken: Token);
        await Eventually.HoldsAsync(async () => (await ListAsync()).Count == 2, Patience);
        var found = await ListAsync();
        var people = Assert.Single(found, pair => pair.Resource == People);
        Assert.Equal((meyer.Id, maier.Id), (people.FirstId, people.SecondId));
        Assert.True(people.Score is > 0 and <= 100);
        var companies = Assert.Single(found, pair => pair.Resource == "contacts.company");
        Assert.Equal((acme.Id, limited.Id, "Same name but for the legal form"), (companies.FirstId, companies.SecondId, companies.Reasons[0]));
        Assert.DoesNotContain(found, pair => pair.FirstId == other.Id || pair.SecondId == other.Id);
        // Renamed, it leaves the queue with the next sweep.
        await contacts.People(_tenant).UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = maier.Id, LastName = "Schulz" } }, cancellationToken: Token);
        await Duplicates.SweepDuplicatesAsync(new SweepDuplicatesRequest(), cancellationToken: Token);
        await Eventually.HoldsAsync(async () => (await ListAsync(People)).Count == 0, Patience);
    }

    [Fact]
    public async Task A_dismissed_pair_is_never_shown_again_and_pages_tell_each_pair_once()
    {
        for (var i = 0; i < 3; i++)
            await CreateAsync("Ida", "Same", "");
        await SweepAsync(pairs: 3);
        var first = await Duplicates.ListDuplicatesAsync(new ListDuplicatesRequest { PageSize = 2 }, cancellationToken: Token);
        var second = await Duplicates.ListDuplicatesAsync(new ListDuplicatesRequest { PageSize = 2, PageToken = first.NextPageToken }, cancellationToken: Token);
        Assert.Equal(3, first.Duplicates.Concat(second.Duplicates).Select(pair => pair.Id).Distinct().Count());
        var dismissed = first.Duplicates[0];
        await Duplicates.DismissDuplicateAsync(new DismissDuplicateRequest { Resource = People, FirstId = dismissed.SecondId, SecondId = dismissed.FirstId }, cancellationToken: Token);
        Assert.Equal(2, (await ListAsync()).Count);
        var another = await CreateAsync("Ida", "Same", "");
        await SweepAsync(pairs: 5);
        Assert.DoesNotContain(await ListAsync(), pair => pair.Id == dismissed.Id);
        // Before any sweep has found it, too.
        var late = await CreateAsync("Ida", "Same", "");
        await Duplicates.DismissDuplicateAsync(new DismissDuplicateRequest { Resource = People, FirstId = late.Id, SecondId = another.Id }, cancellationToken: Token);
        await SweepAsync(pairs: 8);
    }

    [Fact]
    public async Task A_rule_refuses_or_warns_when_a_record_is_made()
    {
        await RuleAsync(DuplicateAction.Refuse, ("last_name", MatchMethod.Phonetic), ("first_name", MatchMethod.Normalised));
        var known = await CreateAsync("Ana", "Schmidt", "");
        using var rest = contacts.Rest(_tenant);
        using var refused = await rest.PostAsJsonAsync("/api/v1/contacts/people", new { firstName = "ANA", lastName = "Schmitt" }, Token);
        var problem = await Expect.ProblemAsync(refused, HttpStatusCode.Conflict, "DUPLICATE");
        Assert.Equal(known.Id, problem.GetProperty("errors")[0].GetProperty("message").GetString());
        using var allowed = await rest.PostAsJsonAsync("/api/v1/contacts/people?allowDuplicates=true", new { firstName = "ANA", lastName = "Schmitt" }, Token);
        Assert.Equal((HttpStatusCode.OK, known.Id), (allowed.StatusCode, allowed.Headers.GetValues("x-duplicates").Single()));
        await RuleAsync(DuplicateAction.Warn, ("last_name", MatchMethod.Normalised));
        using var warned = await rest.PostAsJsonAsync("/api/v1/contacts/people", new { lastName = " schmidt" }, Token);
        Assert.Equal(HttpStatusCode.OK, warned.StatusCode);
        Assert.False(warned.Headers.Contains("x-duplicates"), "The rule finds by both names.");
        using var same = await rest.PostAsJsonAsync("/api/v1/contacts/people", new { firstName = "Anna", lastName = "SCHMIDT" }, Token);
        Assert.Equal(known.Id, same.Headers.GetValues("x-duplicates").Single());
    }

    [Fact]
    public async Task Leads_and_companies_have_rules_of_their_own()
    {
        await Duplicates.UpdateDuplicateRulesAsync(new UpdateDuplicateRulesRequest { Rules = Rules("contacts.lead", DuplicateAction.Refuse, ("email", MatchMethod.Exact)) }, cancellationToken: Token);
        await Duplicates.UpdateDuplicateRulesAsync(new UpdateDuplicateRulesRequest { Rules = Rules("contacts.company", DuplicateAction.Refuse, ("name", MatchMethod.Normalised)) }, cancellationToken: Token);
        var leads = contacts.Leads(_tenant);
        await leads.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "A", Email = "a@lead.example" } }, cancellationToken: Token);
        await Expect.FailsAsync(StatusCode.AlreadyExists, "DUPLICATE", leads.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "B", Email = "a@lead.example" } }, cancellationToken: Token));
        await CompanyAsync("Müller & Söhne GmbH");
        await Expect.FailsAsync(StatusCode.AlreadyExists, "DUPLICATE", contacts.Companies(_tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Müller Söhne, Inc." } }, cancellationToken: Token));
        await CompanyAsync("Mahler");
    }

    [Fact]
    public async Task Nobody_learns_of_what_they_may_not_see()
    {
        await RuleAsync(DuplicateAction.Refuse, ("phone", MatchMethod.Normalised));
        var (secret, twin) = (await CreateAsync("A", "Secret", "+1 555 0100100"), await CreateAsync("B", "Twin", "+1 555 0100200"));
        var (blind, hidden) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Restrict(blind, new AccessPolicy { Id = "p", Name = "Hidden", Resource = People, Specificity = PolicySpecificity.Role, FieldRules = { new FieldRule { Path = "phone", Access = FieldAccess.Hidden } } });
        Restrict(hidden, new AccessPolicy { Id = "p", Name = "Denied", Resource = People, Specificity = PolicySpecificity.Role, Effect = PolicyEffect.Deny, Actions = { "read" }, Filter = "last_name = \"Secret\"" });
        var person = new CreatePersonRequest { Person = new Person { LastName = "New", Phone = "+1 555 0100100" } };
        await Expect.FailsAsync(StatusCode.AlreadyExists, "DUPLICATE", contacts.People(_tenant).CreatePersonAsync(person, cancellationToken: Token));
        var sam = contacts.Grpc(TestTokens.ForPerson(_tenant, hidden));
        var made = await new PeopleService.PeopleServiceClient(sam).CreatePersonAsync(person, cancellationToken: Token);
        await SweepAsync(pairs: 1);
        Assert.Equal((secret.Id, made.Id), ((await ListAsync())[0].FirstId, (await ListAsync())[0].SecondId));
        Assert.Empty((await new DuplicatesService.DuplicatesServiceClient(sam).ListDuplicatesAsync(new ListDuplicatesRequest(), cancellationToken: Token)).Duplicates);
        var kim = new DuplicatesService.DuplicatesServiceClient(contacts.Grpc(TestTokens.ForPerson(_tenant, blind)));
        Assert.Empty(Assert.Single((await kim.ListDuplicatesAsync(new ListDuplicatesRequest(), cancellationToken: Token)).Duplicates).Reasons);
        var theirs = new DuplicatesService.DuplicatesServiceClient(contacts.GrpcFor(TestTenants.Globex, All));
        Assert.DoesNotContain((await theirs.ListDuplicatesAsync(new ListDuplicatesRequest(), cancellationToken: Token)).Duplicates, pair => pair.FirstId == secret.Id);
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", theirs.DismissDuplicateAsync(new DismissDuplicateRequest { Resource = People, FirstId = secret.Id, SecondId = twin.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task Rules_that_cannot_be_followed_are_refused_and_a_stale_version_too()
    {
        var own = await Duplicates.GetDuplicateRulesAsync(new GetDuplicateRulesRequest { Resource = People }, cancellationToken: Token);
        Assert.NotEmpty(own.Rules);
        foreach (var wrong in new[]
        {
            Rules(People, DuplicateAction.Review, ("shoes", MatchMethod.Exact)),
            Rules(People, DuplicateAction.Review, ("job_title", MatchMethod.Exact)),
            Rules(People, DuplicateAction.Review, ("email", MatchMethod.Unspecified)),
            Rules("deals.deal", DuplicateAction.Review, ("email", MatchMethod.Exact)),
        })
            await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Duplicates.UpdateDuplicateRulesAsync(new UpdateDuplicateRulesRequest { Rules = wrong }, cancellationToken: Token));
        var set = await Duplicates.UpdateDuplicateRulesAsync(new UpdateDuplicateRulesRequest { Rules = own }, cancellationToken: Token);
        Assert.Equal(own.Rules, set.Rules);
        Assert.Equal(set, await Duplicates.GetDuplicateRulesAsync(new GetDuplicateRulesRequest { Resource = People }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.Aborted, "STALE_ETAG", Duplicates.UpdateDuplicateRulesAsync(new UpdateDuplicateRulesRequest { Rules = new DuplicateRules(set) { Etag = "1" } }, cancellationToken: Token));
        var reader = new DuplicatesService.DuplicatesServiceClient(contacts.GrpcFor(_tenant, "contacts.read", "contacts.write"));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", reader.UpdateDuplicateRulesAsync(new UpdateDuplicateRulesRequest { Rules = set }, cancellationToken: Token));
    }

    private static DuplicateRules Rules(string resource, DuplicateAction action, params (string Field, MatchMethod Method)[] conditions) => new()
    {
        Resource = resource,
        Rules = { new DuplicateRule { Name = "Rule", Action = action, Conditions = { conditions.Select(condition => new MatchCondition { Field = condition.Field, Method = condition.Method }) } } },
    };

    private async Task RuleAsync(DuplicateAction action, params (string Field, MatchMethod Method)[] conditions) =>
        await Duplicates.UpdateDuplicateRulesAsync(new UpdateDuplicateRulesRequest { Rules = Rules(People, action, conditions) }, cancellationToken: Token);

    private async Task SweepAsync(int pairs)
    {
        await Duplicates.SweepDuplicatesAsync(new SweepDuplicatesRequest(), cancellationToken: Token);
        await Eventually.HoldsAsync(async () => (await ListAsync()).Count == pairs, Patience);
    }

    private async Task<IReadOnlyList<Duplicate>> ListAsync(string resource = "") =>
        (await Duplicates.ListDuplicatesAsync(new ListDuplicatesRequest { Resource = resource, PageSize = 200 }, cancellationToken: Token)).Duplicates;

    private async Task<Person> CreateAsync(string first, string last, string phone) =>
        await contacts.People(_tenant).CreatePersonAsync(new CreatePersonRequest { Person = new Person { FirstName = first, LastName = last, Phone = phone } }, cancellationToken: Token);

    private async Task<Company> CompanyAsync(string name) =>
        await contacts.Companies(_tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = name } }, cancellationToken: Token);

    private void Restrict(Guid user, AccessPolicy policy) =>
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access { UserId = $"{user}", Permissions = { All }, Policies = { policy } });
}
