using System.Text;
using Google.Protobuf.WellKnownTypes;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Company = Platform.Contacts.V1.Company;
using Field = Platform.CustomFields.V1.Field;
using Person = Platform.Contacts.V1.Person;

namespace Contacts.Tests.CustomFields;

/// <summary>Roll-ups of built-in resources: companies that count their people.</summary>
public sealed class RollUpFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly Field Size = new() { Resource = "contacts.person", Key = "size", Type = FieldType.Number, Label = "Size" };
    private static readonly Field People = RollUp("people", RollUpFunction.Count, "", FieldType.Number, "job_title != \"Intern\"");
    private static readonly Field Largest = RollUp("largest", RollUpFunction.Maximum, "custom_fields.size", FieldType.Decimal);

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task People_are_counted_by_their_company_imported_ones_too()
    {
        await DefineAsync();
        var company = await contacts.Companies(_tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Acme" } }, cancellationToken: Token);
        var person = await PersonAsync(company, "Boss", 5);
        await PersonAsync(company, "Intern", 9);
        Assert.Equal((1d, "9"), Told(await GetAsync(company)));
        await contacts.People(_tenant).UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, JobTitle = "Intern" } }, cancellationToken: Token);
        Assert.Equal((0d, "9"), Told(await GetAsync(company)));
        using var rest = contacts.Rest(_tenant);
        using var file = new StringContent("Last name,Email,Company,size\nA,a@example.com,Acme,11\nB,b@example.com,Acme,3\n", Encoding.UTF8, "text/csv");
        using var answer = await rest.PostAsync(new Uri("/api/v1/contacts/imports", UriKind.Relative), file, Token);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal((2d, "11"), Told(await GetAsync(company)));
        Assert.Equal(company.Etag, (await GetAsync(company)).Etag);
        var listed = await contacts.Companies(_tenant).ListCompaniesAsync(new ListCompaniesRequest { Filter = "custom_fields.people >= 2" }, cancellationToken: Token);
        Assert.Equal((2d, "11"), Told(Assert.Single(listed.Companies)));
        await contacts.People(_tenant).DeletePersonAsync(new DeletePersonRequest { Id = person.Id }, cancellationToken: Token);
        Assert.Equal((2d, "11"), Told(await GetAsync(company)));
        // Several by one statement.
        await contacts.Database.ExecuteAsync($"DELETE FROM people WHERE tenant_id = '{_tenant}' AND last_name IN ('A', 'B')");
        Assert.Equal((0d, "9"), Told(await GetAsync(company)));
    }

    [Fact]
    public async Task Who_may_not_see_what_is_rolled_up_does_not_see_the_roll_up()
    {
        await DefineAsync();
        var company = await contacts.Companies(_tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Acme" } }, cancellationToken: Token);
        await PersonAsync(company, "Boss", 5);
        var user = Guid.CreateVersion7();
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { "contacts.read" },
            Policies = { new AccessPolicy { Id = $"{Guid.CreateVersion7()}", Name = "No sizes", Resource = "contacts.person", FieldRules = { new FieldRule { Path = "custom_fields.size", Access = FieldAccess.Masked } } } },
        });
        var restricted = new CompaniesService.CompaniesServiceClient(contacts.Grpc(TestTokens.ForPerson(_tenant, user)));
        var told = await restricted.GetCompanyAsync(new GetCompanyRequest { Id = company.Id }, cancellationToken: Token);
        Assert.Equal(1, told.CustomFields.Fields["people"].NumberValue);
        Assert.False(told.CustomFields.Fields.ContainsKey("largest"));
        await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () => await restricted.ListCompaniesAsync(new ListCompaniesRequest { Filter = "custom_fields.largest > 1" }, cancellationToken: Token));
        await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () => await restricted.ListCompaniesAsync(new ListCompaniesRequest { OrderBy = "custom_fields.largest" }, cancellationToken: Token));
        Assert.Single((await restricted.ListCompaniesAsync(new ListCompaniesRequest { Filter = "custom_fields.people = 1" }, cancellationToken: Token)).Companies);
    }

    private static Field RollUp(string key, RollUpFunction function, string value, FieldType result, string filter = "") => new()
    {
        Resource = "contacts.company",
        Key = key,
        Type = FieldType.RollUp,
        Label = key,
        ResultType = result,
        RollUp = new RollUp { Resource = "contacts.person", Relation = "company_id", Function = function, Value = value, Filter = filter },
    };

    private static (double, string?) Told(Company company) => (company.CustomFields.Fields["people"].NumberValue, company.CustomFields.Fields.GetValueOrDefault("largest")?.StringValue);

    private async Task DefineAsync()
    {
        var version = contacts.Fields.Set(_tenant, Size, People, Largest);
        foreach (var field in (Field[])[People, Largest])
            Assert.Equal("SUCCESS", await contacts.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = field }));
        await Eventually.HoldsAsync(async () => await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_indexes WHERE tenant_id = '{_tenant}' AND kind = 'RollUp' AND state = 'Ready'") == 2);
    }

    private async Task<Person> PersonAsync(Company company, string title, int size) => await contacts.People(_tenant).CreatePersonAsync(
        new CreatePersonRequest { Person = new Person { LastName = "Doe", CompanyId = company.Id, JobTitle = title, CustomFields = Struct.Parser.ParseJson($$"""{"size":{{size}}}""") } }, cancellationToken: Token);

    private async Task<Company> GetAsync(Company company) => await contacts.Companies(_tenant).GetCompanyAsync(new GetCompanyRequest { Id = company.Id }, cancellationToken: Token);
}
