using System.Net;
using System.Net.Http.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Common.V1;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;
using Client = Platform.Contacts.V1.PeopleService.PeopleServiceClient;

namespace Contacts.Tests.People;

public sealed class PersonInTheSharedSchemaFacts(ContactsFixture contacts) : PersonFacts(contacts), IClassFixture<ContactsFixture>;

public sealed class PersonInASchemaOfItsOwnFacts(OwnSchemaContacts contacts) : PersonFacts(contacts), IClassFixture<OwnSchemaContacts>;

public abstract class PersonFacts(ContactsFixture contacts)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Client Acme => contacts.People(TestTenants.Acme);

    private Client Globex => contacts.People(TestTenants.Globex);

    [Fact]
    public async Task A_created_person_can_be_read_and_is_announced_once()
    {
        var company = await contacts.Companies(TestTenants.Acme).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = $"Company {Guid.NewGuid()}" } }, cancellationToken: Token);
        var created = await CreateAsync(Acme, new Person
        {
            FirstName = "Øystein",
            LastName = "Şahin",
            Email = Email(),
            Phone = "+47 22 00 00 00",
            JobTitle = "Buyer",
            CompanyId = company.Id,
            Language = "nb-NO",
            Address = new Address { Lines = { "Storgata 1" }, City = "Oslo", PostalCode = "0155", Country = "NO" },
            CustomFields = new Struct { Fields = { ["size"] = Value.ForNumber(42) } },
        });
        Assert.Equal(created, await Acme.GetPersonAsync(new GetPersonRequest { Id = created.Id }, cancellationToken: Token));
        Assert.Equal(1, await contacts.EventsAsync("PersonCreated", created.Id));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        var created = await CreateAsync(Acme);
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Globex.GetPersonAsync(new GetPersonRequest { Id = created.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Globex.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = created.Id, LastName = "Taken over" } }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Globex.DeletePersonAsync(new DeletePersonRequest { Id = created.Id }, cancellationToken: Token));
        Assert.Empty((await Globex.ListPeopleAsync(new ListPeopleRequest { Query = created.Email }, cancellationToken: Token)).People);
    }

    [Fact]
    public async Task An_email_is_taken_once_without_regard_to_case_and_may_be_missing_often()
    {
        var created = await CreateAsync(Acme);
        await Expect.FailsAsync(StatusCode.AlreadyExists, "PERSON_EMAIL_TAKEN", Create(Acme, new Person { LastName = "Twin", Email = created.Email.ToUpperInvariant() }));
        await CreateAsync(Globex, new Person { LastName = "Elsewhere", Email = created.Email });
        await CreateAsync(Acme, new Person { LastName = "Nobody" });
        await CreateAsync(Acme, new Person { LastName = "Nobody" });
    }

    [Fact]
    public async Task The_company_must_exist_in_the_tenant()
    {
        var foreign = await contacts.Companies(TestTenants.Globex).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = $"Company {Guid.NewGuid()}" } }, cancellationToken: Token);
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Create(Acme, new Person { LastName = "Lost", CompanyId = foreign.Id }));
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Create(Acme, new Person { LastName = "Lost", CompanyId = $"{Guid.CreateVersion7()}" }));
        var created = await CreateAsync(Acme);
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Acme.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = created.Id, CompanyId = foreign.Id } }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_stale_etag_changes_nothing()
    {
        var created = await CreateAsync(Acme);
        var change = new UpdatePersonRequest { Person = new Person { Id = created.Id, Etag = created.Etag, Phone = "+49 30 1234" }, UpdateMask = new FieldMask { Paths = { "phone" } } };
        var updated = await Acme.UpdatePersonAsync(change, cancellationToken: Token);
        Assert.Equal(("+49 30 1234", created.LastName), (updated.Phone, updated.LastName));
        await Expect.FailsAsync(StatusCode.Aborted, "STALE_ETAG", Acme.UpdatePersonAsync(change, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.Aborted, "STALE_ETAG", Acme.DeletePersonAsync(new DeletePersonRequest { Id = created.Id, Etag = created.Etag }, cancellationToken: Token));
        Assert.Equal(1, await contacts.EventsAsync("PersonUpdated", created.Id));
    }

    [Theory]
    [InlineData("hann")]
    [InlineData("NA KÖ")]
    [InlineData("@SEARCH.example")]
    public async Task People_are_found_by_any_part_of_name_or_email(string query)
    {
        var client = contacts.People(Guid.CreateVersion7());
        var wanted = await CreateAsync(client, new Person { FirstName = "Johanna", LastName = "König", Email = "jk@search.example" });
        await CreateAsync(client, new Person { FirstName = "Someone", LastName = "Else", Email = Email() });
        Assert.Equal([wanted], (await client.ListPeopleAsync(new ListPeopleRequest { Query = query }, cancellationToken: Token)).People);
    }

    [Fact]
    public async Task A_company_with_people_is_not_deleted()
    {
        var companies = contacts.Companies(TestTenants.Acme);
        var company = await companies.CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = $"Company {Guid.NewGuid()}" } }, cancellationToken: Token);
        var person = await CreateAsync(Acme, new Person { LastName = "Resident", CompanyId = company.Id });
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "COMPANY_HAS_PEOPLE", companies.DeleteCompanyAsync(new DeleteCompanyRequest { Id = company.Id }, cancellationToken: Token));
        await Acme.DeletePersonAsync(new DeletePersonRequest { Id = person.Id }, cancellationToken: Token);
        await companies.DeleteCompanyAsync(new DeleteCompanyRequest { Id = company.Id }, cancellationToken: Token);
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Acme.GetPersonAsync(new GetPersonRequest { Id = person.Id }, cancellationToken: Token));
    }

    [Theory]
    [InlineData("""{"email":"a@b.example"}""")]
    [InlineData("""{"lastName":"A","email":"nobody"}""")]
    [InlineData("""{"lastName":"A","companyId":"7"}""")]
    [InlineData("""{"lastName":"A","language":"plain english"}""")]
    [InlineData("""{"lastName":"A","address":{"country":"Germany"}}""")]
    [InlineData("""{"lastName":"A","customFields":{"x":"a\u0000b"}}""")]
    [InlineData("""{"lastName":"A\u0000"}""")]
    public async Task Bad_input_is_a_typed_problem(string body)
    {
        using var client = contacts.Rest(TestTenants.Acme);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/api/v1/contacts/people", UriKind.Relative), content, Token);
        await Expect.ProblemAsync(response, HttpStatusCode.BadRequest, "INVALID_ARGUMENT");
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_done()
    {
        using var reader = contacts.RestFor(TestTenants.Acme, "contacts.read");
        await Expect.ProblemAsync(await reader.PostAsJsonAsync("/api/v1/contacts/people", new { lastName = "A" }, Token), HttpStatusCode.Forbidden, "PERMISSION_DENIED");
        using var writer = contacts.RestFor(TestTenants.Acme, "contacts.write");
        await Expect.ProblemAsync(await writer.GetAsync(new Uri("/api/v1/contacts/people", UriKind.Relative), Token), HttpStatusCode.Forbidden, "PERMISSION_DENIED");
    }

    private static string Email() => $"{Guid.NewGuid():N}@people.example";

    private static AsyncUnaryCall<Person> Create(Client client, Person person) => client.CreatePersonAsync(new CreatePersonRequest { Person = person }, cancellationToken: Token);

    private static async Task<Person> CreateAsync(Client client, Person? person = null) =>
        await Create(client, person ?? new Person { FirstName = "Ada", LastName = $"Person {Guid.NewGuid()}", Email = Email() });
}
