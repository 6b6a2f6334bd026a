using System.Net;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests;

/// <summary>Lists of contacts in the filter language, through the front door.</summary>
public sealed class FilterFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leads_are_filtered_and_sorted()
    {
        var leads = contacts.Leads(_tenant);
        async Task<string> CreateAsync(string name, LeadStatus status, string color) =>
            (await leads.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = name, Status = status, CustomFields = new Struct { Fields = { ["color"] = Value.ForString(color) } } } }, cancellationToken: Token)).Id;
        var (berg, adams, clark) = (await CreateAsync("Berg", LeadStatus.New, "red"), await CreateAsync("adams", LeadStatus.Working, "red"), await CreateAsync("Clark", LeadStatus.New, "blue"));

        Assert.Equal([clark, berg], await IdsAsync("status = LEAD_STATUS_NEW", ""));
        Assert.Equal([adams, berg, clark], await IdsAsync("", "last_name"));
        Assert.Equal([adams], await IdsAsync("custom_fields.color = \"red\" AND NOT last_name : \"BER\"", ""));
        Assert.Equal([clark, adams], await IdsAsync("status = LEAD_STATUS_WORKING OR custom_fields.color = blue", "last_name desc"));
        Assert.Equal([clark, adams, berg], await IdsAsync("create_time >= today()", "create_time desc"));
        Assert.Empty(await IdsAsync("create_time < today() OR converted_person_id:*", ""));

        async Task<List<string>> IdsAsync(string filter, string order)
        {
            var ids = new List<string>();
            var request = new ListLeadsRequest { PageSize = 1, Filter = filter, OrderBy = order, TimeZone = "UTC" };
            do
            {
                var page = await leads.ListLeadsAsync(request, cancellationToken: Token);
                ids.AddRange(page.Leads.Select(lead => lead.Id));
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);
            return ids;
        }
    }

    [Fact]
    public async Task People_and_companies_are_filtered_and_sorted_beside_a_query()
    {
        var (people, companies) = (contacts.People(_tenant), contacts.Companies(_tenant));
        var steel = await companies.CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Nordic Steel", Email = "info@steel.example" } }, cancellationToken: Token);
        var wood = await companies.CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Nordic Wood" } }, cancellationToken: Token);
        var ann = await people.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Ann", CompanyId = steel.Id } }, cancellationToken: Token);
        await people.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Bob" } }, cancellationToken: Token);

        Assert.Equal([ann], (await people.ListPeopleAsync(new ListPeopleRequest { Filter = $"company_id = {steel.Id}" }, cancellationToken: Token)).People);
        Assert.Equal([ann], (await people.ListPeopleAsync(new ListPeopleRequest { Filter = "company_id:*", OrderBy = "last_name" }, cancellationToken: Token)).People);
        Assert.Equal([steel, wood], (await companies.ListCompaniesAsync(new ListCompaniesRequest { Query = "nordic", Filter = "name = \"Nordic*\"", OrderBy = "name" }, cancellationToken: Token)).Companies);
        Assert.Equal([steel], (await companies.ListCompaniesAsync(new ListCompaniesRequest { Query = "nordic", Filter = "email:*" }, cancellationToken: Token)).Companies);
    }

    [Fact]
    public async Task People_are_found_by_their_companies_and_leads_by_what_became_of_them()
    {
        var (people, companies, leads) = (contacts.People(_tenant), contacts.Companies(_tenant), contacts.Leads(_tenant));
        var steel = await companies.CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Nordic Steel" } }, cancellationToken: Token);
        var ann = await people.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Ann", CompanyId = steel.Id } }, cancellationToken: Token);
        var bob = await people.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Bob" } }, cancellationToken: Token);
        Assert.Equal([ann], (await people.ListPeopleAsync(new ListPeopleRequest { Filter = "company.name : \"steel\"" }, cancellationToken: Token)).People);
        Assert.Empty((await people.ListPeopleAsync(new ListPeopleRequest { Filter = "NOT company.name : \"steel\"" }, cancellationToken: Token)).People);
        Assert.Equal([bob], (await people.ListPeopleAsync(new ListPeopleRequest { Filter = "company.name = null" }, cancellationToken: Token)).People);
        var lead = await leads.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "Berg", CompanyName = "Berg Ltd" } }, cancellationToken: Token);
        await leads.ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id }, cancellationToken: Token);
        Assert.Equal(lead.Id, Assert.Single((await leads.ListLeadsAsync(new ListLeadsRequest { Filter = "converted_company.name = \"Berg*\" AND converted_person.last_name = Berg" }, cancellationToken: Token)).Leads).Id);
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_FILTER", leads.ListLeadsAsync(new ListLeadsRequest { Filter = "converted_person.company.name = Berg" }, cancellationToken: Token));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_whatever_the_filter()
    {
        await contacts.Leads(_tenant).CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "Hidden" } }, cancellationToken: Token);
        var other = contacts.Leads(Guid.CreateVersion7());
        Assert.Empty((await other.ListLeadsAsync(new ListLeadsRequest { Filter = "last_name = Hidden OR NOT last_name = Hidden" }, cancellationToken: Token)).Leads);
    }

    [Fact]
    public async Task A_page_token_of_another_tenant_is_refused()
    {
        foreach (var name in (string[])["One", "Two"])
            await contacts.Leads(_tenant).CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = name } }, cancellationToken: Token);
        var token = (await contacts.Leads(_tenant).ListLeadsAsync(new ListLeadsRequest { PageSize = 1 }, cancellationToken: Token)).NextPageToken;
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", contacts.Leads(TestTenants.Globex).ListLeadsAsync(new ListLeadsRequest { PageSize = 1, PageToken = token }, cancellationToken: Token));
    }

    [Theory]
    [InlineData("filter=lastname%20%3D%20%22a%22", "INVALID_FILTER", "filter", "At character 1: There is no field 'lastname'. Did you mean 'last_name'?")]
    [InlineData("filter=last_name%20%3D", "INVALID_FILTER", "filter", "At character 12: The filter ends where a value was expected.")]
    [InlineData("orderBy=phone", "INVALID_ORDER_BY", "orderBy", "Rows are not sorted by 'phone'")]
    [InlineData("timeZone=Mars%2FBase", "INVALID_ARGUMENT", "timeZone", "Use an IANA time zone")]
    public async Task A_wrong_request_says_what_is_wrong(string query, string code, string field, string message)
    {
        using var rest = contacts.Rest(_tenant);
        using var response = await rest.GetAsync(new Uri($"/api/v1/contacts/leads?{query}", UriKind.Relative), Token);
        var problem = await Expect.ProblemAsync(response, HttpStatusCode.BadRequest, code);
        Assert.Contains(message, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains($"\"{field}\"", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rest_takes_a_filter()
    {
        await contacts.Leads(_tenant).CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "Müller & Söhne", Email = "m@m.example" } }, cancellationToken: Token);
        using var rest = contacts.Rest(_tenant);
        var filter = Uri.EscapeDataString("last_name : \"MÜLLER &\" AND create_time >= daysAgo(1)");
        var text = await rest.GetStringAsync(new Uri($"/api/v1/contacts/leads?filter={filter}&orderBy=last_name%20desc&timeZone=Europe%2FBerlin", UriKind.Relative), Token);
        Assert.Equal("m@m.example", JsonDocument.Parse(text).RootElement.GetProperty("leads").EnumerateArray().Single().GetProperty("email").GetString());
    }
}
