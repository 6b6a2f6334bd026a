using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;
using Client = Platform.Contacts.V1.LeadsService.LeadsServiceClient;

namespace Contacts.Tests.Leads;

public sealed class ConversionFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Client Acme => contacts.Leads(TestTenants.Acme);

    [Fact]
    public async Task A_lead_becomes_a_person_and_a_company()
    {
        var lead = await CreateAsync(new Lead { FirstName = "Lena", LastName = "Hoffmann", Email = Email(), Phone = "+49 1", CompanyName = Name(), JobTitle = "Buyer", CustomFields = new Struct { Fields = { ["fair"] = Value.ForString("Hannover") } } });
        var result = await ConvertAsync(lead);
        Assert.True(result is { PersonCreated: true, CompanyCreated: true });
        Assert.Equal((LeadStatus.Converted, result.PersonId, result.CompanyId), (result.Lead.Status, result.Lead.ConvertedPersonId, result.Lead.ConvertedCompanyId));
        Assert.Equal(result.Lead, await Acme.GetLeadAsync(new GetLeadRequest { Id = lead.Id }, cancellationToken: Token));
        var person = await GetPersonAsync(result.PersonId);
        Assert.Equal((lead.FirstName, lead.LastName, lead.Email, lead.Phone, lead.JobTitle, result.CompanyId), (person.FirstName, person.LastName, person.Email, person.Phone, person.JobTitle, person.CompanyId));
        Assert.Equal("Hannover", person.CustomFields.Fields["fair"].StringValue);
        Assert.Equal(1, await contacts.EventsAsync("LeadConverted", lead.Id));
        Assert.Equal(1, await contacts.EventsAsync("PersonCreated", result.PersonId));
        Assert.Equal(1, await contacts.EventsAsync("CompanyCreated", result.CompanyId));
    }

    [Fact]
    public async Task What_is_there_is_found_and_only_its_empty_fields_are_filled()
    {
        var company = await contacts.Companies(TestTenants.Acme).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = Name() } }, cancellationToken: Token);
        var person = await contacts.People(TestTenants.Acme).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Hoffmann-Weber", Email = Email(), JobTitle = "Director" } }, cancellationToken: Token);
        var lead = await CreateAsync(new Lead { FirstName = "Lena", LastName = "Hoffmann", Email = person.Email.ToUpperInvariant(), Phone = "+49 1", CompanyName = company.Name.ToUpperInvariant(), JobTitle = "Buyer" });
        var result = await ConvertAsync(lead);
        Assert.True(result is { PersonCreated: false, CompanyCreated: false });
        Assert.Equal((person.Id, company.Id), (result.PersonId, result.CompanyId));
        var filled = await GetPersonAsync(person.Id);
        Assert.Equal(("Lena", "Hoffmann-Weber", person.Email, "+49 1", "Director", company.Id), (filled.FirstName, filled.LastName, filled.Email, filled.Phone, filled.JobTitle, filled.CompanyId));
        Assert.Equal(1, await contacts.EventsAsync("PersonUpdated", person.Id));
        Assert.Equal(0, await contacts.EventsAsync("CompanyUpdated", company.Id));
    }

    [Fact]
    public async Task The_caller_may_choose_whom_it_becomes()
    {
        var owner = await contacts.People(TestTenants.Acme).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Owner", Email = Email() } }, cancellationToken: Token);
        var chosen = await contacts.People(TestTenants.Acme).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Chosen" } }, cancellationToken: Token);
        var lead = await CreateAsync(new Lead { LastName = "Hoffmann", Email = owner.Email });
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Acme.ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id, PersonId = $"{Guid.CreateVersion7()}" }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Acme.ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id, CompanyId = $"{Guid.CreateVersion7()}" }, cancellationToken: Token));
        var result = await Acme.ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id, PersonId = chosen.Id }, cancellationToken: Token);
        Assert.Equal((chosen.Id, ""), (result.PersonId, result.CompanyId));
        Assert.Empty((await GetPersonAsync(chosen.Id)).Email);
    }

    [Fact]
    public async Task Who_does_not_see_the_person_with_the_same_e_mail_is_told_so_and_not_to_repeat_the_call()
    {
        var theirs = await contacts.People(TestTenants.Acme).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Theirs", Email = Email() } }, cancellationToken: Token);
        var user = Guid.CreateVersion7();
        var lead = await CreateAsync(new Lead { LastName = "Mine", Email = theirs.Email, OwnerId = $"{user}" });
        contacts.Access.Set(TestTenants.Acme, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { "contacts.read", "contacts.write" },
            Policies =
            {
                new Platform.Tenants.V1.AccessPolicy
                {
                    Id = "p", Name = "Own", Resource = "contacts.person", Specificity = Platform.Tenants.V1.PolicySpecificity.Role, Effect = Platform.Tenants.V1.PolicyEffect.Allow, Actions = { "read", "create", "update" }, Filter = "owner_id = user.id",
                },
            },
        });
        var narrow = new Client(contacts.Grpc(TestTokens.ForPerson(TestTenants.Acme, user)));
        await Expect.FailsAsync(StatusCode.AlreadyExists, "PERSON_EMAIL_TAKEN", narrow.ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_converted_lead_is_read_only()
    {
        var lead = await CreateAsync(new Lead { LastName = "Hoffmann", Email = Email() });
        await ConvertAsync(lead);
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "LEAD_ALREADY_CONVERTED", Acme.ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "LEAD_ALREADY_CONVERTED", Acme.UpdateLeadAsync(new UpdateLeadRequest { Lead = new Lead { Id = lead.Id, Phone = "1" } }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "LEAD_ALREADY_CONVERTED", Acme.DeleteLeadAsync(new DeleteLeadRequest { Id = lead.Id }, cancellationToken: Token));
        var note = new Activity { LeadId = lead.Id, Kind = ActivityKind.Note, Subject = "Too late" };
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "LEAD_ALREADY_CONVERTED", contacts.Activities(TestTenants.Acme).CreateActivityAsync(new CreateActivityRequest { Activity = note }, cancellationToken: Token));
    }

    [Fact]
    public async Task Activities_move_to_person_and_company()
    {
        var activities = contacts.Activities(TestTenants.Acme);
        var lead = await CreateAsync(new Lead { LastName = "Hoffmann", CompanyName = Name() });
        var note = new Activity { LeadId = lead.Id, Kind = ActivityKind.Call, Subject = "First call" };
        await activities.CreateActivityAsync(new CreateActivityRequest { Activity = note }, cancellationToken: Token);
        var result = await ConvertAsync(lead);
        var ofPerson = Assert.Single((await activities.ListActivitiesAsync(new ListActivitiesRequest { PersonId = result.PersonId }, cancellationToken: Token)).Activities);
        Assert.Equal(ofPerson, Assert.Single((await activities.ListActivitiesAsync(new ListActivitiesRequest { CompanyId = result.CompanyId }, cancellationToken: Token)).Activities));
        Assert.Equal("First call", ofPerson.Subject);
        Assert.Empty((await activities.ListActivitiesAsync(new ListActivitiesRequest { LeadId = lead.Id }, cancellationToken: Token)).Activities);
    }

    [Fact]
    public async Task Of_parallel_conversions_of_a_lead_one_wins()
    {
        var lead = await CreateAsync(new Lead { LastName = "Hoffmann", Email = Email(), CompanyName = Name() });
        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TryConvertAsync(lead)));
        Assert.Single(calls, code => code == StatusCode.OK);
        Assert.Equal(7, calls.Count(code => code == StatusCode.FailedPrecondition));
        Assert.Equal(1, await contacts.EventsAsync("LeadConverted", lead.Id));
    }

    [Fact]
    public async Task Parallel_conversions_of_the_leads_of_one_person_make_one_person_and_one_company()
    {
        var (email, company) = (Email(), Name());
        var leads = new List<Lead>();
        for (var i = 0; i < 6; i++)
            leads.Add(await CreateAsync(new Lead { LastName = "Hoffmann", Email = email, CompanyName = company }));
        var results = await Task.WhenAll(leads.Select(ConvertAsync));
        Assert.Single(results, result => result.PersonCreated);
        Assert.Single(results, result => result.CompanyCreated);
        Assert.Single(results.Select(result => (result.PersonId, result.CompanyId)).Distinct());
    }

    [Fact]
    public async Task A_repeated_conversion_with_the_same_key_gets_the_first_answer()
    {
        var lead = await CreateAsync(new Lead { LastName = "Hoffmann", CompanyName = Name() });
        using var client = contacts.Rest(TestTenants.Acme);
        client.DefaultRequestHeaders.Add("Idempotency-Key", $"{Guid.NewGuid()}");
        var first = await PostAsync(client, lead);
        Assert.Equal(first, await PostAsync(client, lead));
        using var other = contacts.Rest(TestTenants.Acme);
        await Expect.ProblemAsync(await other.PostAsJsonAsync($"/api/v1/contacts/leads/{lead.Id}:convert", new { }, Token), HttpStatusCode.BadRequest, "LEAD_ALREADY_CONVERTED");
    }

    private static async Task<string> PostAsync(HttpClient client, Lead lead)
    {
        using var response = await client.PostAsJsonAsync($"/api/v1/contacts/leads/{lead.Id}:convert", new { }, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("personId").GetString()!;
    }

    private static string Email() => $"{Guid.NewGuid():N}@leads.example";

    private static string Name() => $"Größe {Guid.NewGuid()}";

    private async Task<StatusCode> TryConvertAsync(Lead lead)
    {
        try
        {
            await ConvertAsync(lead);
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }

    private async Task<Lead> CreateAsync(Lead lead) => await Acme.CreateLeadAsync(new CreateLeadRequest { Lead = lead }, cancellationToken: Token);

    private async Task<ConvertLeadResponse> ConvertAsync(Lead lead) => await Acme.ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id }, cancellationToken: Token);

    private async Task<Person> GetPersonAsync(string id) => await contacts.People(TestTenants.Acme).GetPersonAsync(new GetPersonRequest { Id = id }, cancellationToken: Token);
}
