using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Contacts.Tests.CustomFields;

/// <summary>What relations lead to is looked up when they are written.</summary>
public sealed class RelationFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] Everything = ["contacts.read", "contacts.write"];

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_relation_leads_to_a_record_that_there_is()
    {
        Define("contacts.company");
        var company = await CompanyAsync(_tenant);
        var person = await CreateAsync(contacts.People(_tenant), company);
        Assert.Equal(company, person.CustomFields.Fields["partner"].StringValue);
        await RefusedAsync(() => CreateAsync(contacts.People(_tenant), $"{Guid.CreateVersion7()}"));
        await RefusedAsync(async () => await CreateAsync(contacts.People(_tenant), await CompanyAsync(Guid.CreateVersion7())));
        // What is gone later stays named, and the record stays editable.
        await contacts.Companies(_tenant).DeleteCompanyAsync(new DeleteCompanyRequest { Id = company }, cancellationToken: Token);
        var renamed = await contacts.People(_tenant).UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, LastName = "Roe" } }, cancellationToken: Token);
        Assert.Equal(company, renamed.CustomFields.Fields["partner"].StringValue);
    }

    [Fact]
    public async Task A_relation_does_not_tell_of_a_record_that_its_writer_may_not_see()
    {
        Define("contacts.company");
        var company = await CompanyAsync(_tenant);
        var user = Guid.CreateVersion7();
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { Everything },
            Policies = { new AccessPolicy { Id = $"{user}", Name = "Own", Resource = "contacts.company", Effect = PolicyEffect.Allow, Actions = { "read" }, Filter = "owner_id = user.id" } },
        });
        await RefusedAsync(() => CreateAsync(new PeopleService.PeopleServiceClient(contacts.Grpc(TestTokens.ForPerson(_tenant, user))), company));
    }

    [Fact]
    public async Task A_relation_to_a_record_of_a_service_that_nobody_here_asks_is_checked_for_its_form()
    {
        Define("finance.invoice");
        var id = $"{Guid.CreateVersion7()}";
        Assert.Equal(id, (await CreateAsync(contacts.People(_tenant), id)).CustomFields.Fields["partner"].StringValue);
    }

    [Fact]
    public async Task An_import_refuses_the_row_whose_relation_leads_nowhere()
    {
        Define("contacts.company");
        using var rest = contacts.Rest(_tenant);
        using var file = new StringContent($"Last name,partner\nA,{await CompanyAsync(_tenant)}\nB,{Guid.CreateVersion7()}\n", System.Text.Encoding.UTF8, "text/csv");
        using var answer = await rest.PostAsync(new Uri("/api/v1/contacts/imports", UriKind.Relative), file, Token);
        var summary = ImportSummary.Parser.ParseJson(await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal((1, 1), ((int)summary.PeopleCreated, (int)summary.RowsRejected));
        Assert.Equal(3, (int)Assert.Single(summary.Errors).Line);
    }

    private void Define(string related) =>
        contacts.Fields.Set(_tenant, new Field { Resource = "contacts.person", Key = "partner", Type = FieldType.Relation, Label = "Partner", RelatedResource = related });

    private async Task<string> CompanyAsync(Guid tenant) =>
        (await contacts.Companies(tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = $"Partner {Guid.CreateVersion7()}" } }, cancellationToken: Token)).Id;

    private static async Task<Person> CreateAsync(PeopleService.PeopleServiceClient people, string partner) => await people.CreatePersonAsync(
        new CreatePersonRequest { Person = new Person { LastName = "Doe", CustomFields = new Struct { Fields = { ["partner"] = Value.ForString(partner) } } } }, cancellationToken: Token);

    private static async Task RefusedAsync(Func<Task> call)
    {
        var refused = (await Assert.ThrowsAsync<RpcException>(call)).GetRpcStatus()!;
        Assert.Equal("person.customFields.partner", Assert.Single(refused.GetDetail<Google.Rpc.BadRequest>().FieldViolations).Field);
    }
}
