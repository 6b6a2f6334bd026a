using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Access;

public sealed class AccessFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] All = ["contacts.read", "contacts.write", "contacts.import"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_is_ones_own_is_listed_found_and_converted()
    {
        var (sam, id) = Person(Own("contacts.lead"), Own("contacts.person"), Own("contacts.company"));
        var theirs = await contacts.Leads(TestTenants.Acme).CreateLeadAsync(LeadOf("Theirs"), cancellationToken: Token);
        var leads = new LeadsService.LeadsServiceClient(sam);
        var own = await leads.CreateLeadAsync(LeadOf("Own"), cancellationToken: Token);
        Assert.Equal(id.ToString(), own.OwnerId);
        Assert.Equal([own.Id], (await leads.ListLeadsAsync(new ListLeadsRequest { PageSize = 200 }, cancellationToken: Token)).Leads.Select(lead => lead.Id));
        Assert.Empty((await leads.ListLeadsAsync(new ListLeadsRequest { Query = "Theirs" }, cancellationToken: Token)).Leads);
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", leads.ConvertLeadAsync(new ConvertLeadRequest { Id = theirs.Id }, cancellationToken: Token));
        var converted = await leads.ConvertLeadAsync(new ConvertLeadRequest { Id = own.Id }, cancellationToken: Token);
        Assert.Equal(id.ToString(), (await new PeopleService.PeopleServiceClient(sam).GetPersonAsync(new GetPersonRequest { Id = converted.PersonId }, cancellationToken: Token)).OwnerId);
    }

    [Fact]
    public async Task The_timeline_of_an_invisible_record_is_empty_and_takes_no_entry()
    {
        var (sam, _) = Person(Own("contacts.person"));
        var theirs = await contacts.People(TestTenants.Acme).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Theirs" } }, cancellationToken: Token);
        var note = new CreateActivityRequest { Activity = new Activity { PersonId = theirs.Id, Kind = ActivityKind.Note, Subject = "Secret" } };
        await contacts.Activities(TestTenants.Acme).CreateActivityAsync(note, cancellationToken: Token);
        var activities = new ActivitiesService.ActivitiesServiceClient(sam);
        Assert.Empty((await activities.ListActivitiesAsync(new ListActivitiesRequest { PersonId = theirs.Id }, cancellationToken: Token)).Activities);
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", activities.CreateActivityAsync(note, cancellationToken: Token));
    }

    [Fact]
    public async Task A_hidden_address_is_not_found_by_searching_for_it()
    {
        var (sam, _) = Person(Hidden("contacts.person", "email"));
        var person = await contacts.People(TestTenants.Acme).CreatePersonAsync(
            new CreatePersonRequest { Person = new Person { LastName = "Quince", Email = "hidden-quince@example.com" } }, cancellationToken: Token);
        var people = new PeopleService.PeopleServiceClient(sam);
        Assert.Empty((await people.ListPeopleAsync(new ListPeopleRequest { Query = "hidden-quince" }, cancellationToken: Token)).People);
        var found = Assert.Single((await people.ListPeopleAsync(new ListPeopleRequest { Query = "Quince" }, cancellationToken: Token)).People);
        Assert.Equal((person.Id, ""), (found.Id, found.Email));
    }

    [Fact]
    public async Task A_filter_does_not_look_into_a_related_record_that_the_caller_may_not_see()
    {
        var company = await contacts.Companies(TestTenants.Acme).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Sealed", TaxNumber = "T-1" } }, cancellationToken: Token);
        var person = await contacts.People(TestTenants.Acme).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Sealed", CompanyId = company.Id } }, cancellationToken: Token);

        async Task<IEnumerable<string>> FoundAsync(CallInvoker caller, string filter) =>
            (await new PeopleService.PeopleServiceClient(caller).ListPeopleAsync(new ListPeopleRequest { Filter = $"last_name = Sealed AND ({filter})" }, cancellationToken: Token)).People.Select(found => found.Id);

        var (free, _) = Person();
        Assert.Equal([person.Id], await FoundAsync(free, "company.tax_number = \"T-1\""));
        var (restricted, _) = Person(Own("contacts.company"));
        Assert.Empty(await FoundAsync(restricted, "company.tax_number = \"T-1\" OR company.tax_number != \"T-1\" OR company:*"));
        var (blind, _) = Person(Hidden("contacts.company", "tax_number"));
        var list = new ListPeopleRequest { Filter = "company.tax_number = \"T-1\"" };
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", new PeopleService.PeopleServiceClient(blind).ListPeopleAsync(list, cancellationToken: Token));
        var (unrelated, _) = Person(Hidden("contacts.person", "company_id"));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", new PeopleService.PeopleServiceClient(unrelated).ListPeopleAsync(list, cancellationToken: Token));
    }

    [Fact]
    public async Task An_import_writes_no_restricted_field_and_makes_nothing_that_a_policy_denies()
    {
        var (_, restricted) = Person(Hidden("contacts.person", "phone"));
        using var refused = await ImportAsync(restricted, "First name,Last name,Phone\nIda,Import,1\n");
        await Expect.ProblemAsync(refused, HttpStatusCode.Forbidden, "FIELD_NOT_WRITABLE");

        var (_, denied) = Person(new AccessPolicy
        {
            Id = "p",
            Name = "No Imports",
            Resource = "contacts.person",
            Specificity = PolicySpecificity.Role,
            Effect = PolicyEffect.Deny,
            Actions = { "create" },
            Filter = "last_name = \"Import\"",
        });
        using var partly = await ImportAsync(denied, "First name,Last name\nIda,Import\nIda,Allowed\n");
        var summary = await partly.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(("1", "1"), (summary.GetProperty("rowsRejected").ToString(), summary.GetProperty("peopleCreated").ToString()));
        Assert.Equal(("2", "DENIED_BY_POLICY"), (summary.GetProperty("errors")[0].GetProperty("line").ToString(), summary.GetProperty("errors")[0].GetProperty("code").GetString()));

        var (sam, free) = Person(Own("contacts.person"));
        using var imported = await ImportAsync(free, "First name,Last name\nIda,Free\n");
        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        Assert.Equal(free.ToString(), Assert.Single((await new PeopleService.PeopleServiceClient(sam).ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People).OwnerId);
    }

    private async Task<HttpResponseMessage> ImportAsync(Guid user, string csv)
    {
        using var rest = contacts.Rest(TestTokens.ForPerson(TestTenants.Acme, user));
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        return await rest.PostAsync(new Uri("/api/v1/contacts/imports", UriKind.Relative), content, Token);
    }

    private (CallInvoker Invoker, Guid Id) Person(params AccessPolicy[] policies)
    {
        var id = Guid.CreateVersion7();
        contacts.Access.Set(TestTenants.Acme, new Platform.Tenants.V1.Access { UserId = id.ToString(), Permissions = { All }, Policies = { policies } });
        return (contacts.Grpc(TestTokens.ForPerson(TestTenants.Acme, id)), id);
    }

    private static AccessPolicy Own(string resource) => new()
    {
        Id = resource,
        Name = "Own",
        Resource = resource,
        Specificity = PolicySpecificity.Role,
        Effect = PolicyEffect.Allow,
        Actions = { "read", "update" },
        Filter = "owner_id = user.id",
    };

    private static AccessPolicy Hidden(string resource, string path) => new()
    {
        Id = resource,
        Name = "Hidden",
        Resource = resource,
        Specificity = PolicySpecificity.Role,
        FieldRules = { new FieldRule { Path = path, Access = FieldAccess.Hidden } },
    };

    private static CreateLeadRequest LeadOf(string name) => new() { Lead = new Lead { LastName = name } };
}
