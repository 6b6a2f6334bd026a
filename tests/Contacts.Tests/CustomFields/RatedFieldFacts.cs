using System.Globalization;
using Contacts.Tests.Imports;
using Google.Protobuf.WellKnownTypes;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Company = Platform.Contacts.V1.Company;
using Field = Platform.CustomFields.V1.Field;
using Lead = Platform.Contacts.V1.Lead;
using Person = Platform.Contacts.V1.Person;

namespace Contacts.Tests.CustomFields;

/// <summary>Money in custom fields of people, companies and leads is compared, sorted and rolled up in the company's currency, by the rate of the day on which the record was made.</summary>
public sealed class RatedFieldFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly Field Worth = new() { Resource = "contacts.person", Key = "worth", Type = FieldType.Money, Label = "Worth" };
    private static readonly Field Budget = new() { Resource = "contacts.lead", Key = "budget", Type = FieldType.Money, Label = "Budget" };
    private static readonly Field Total = new()
    {
        Resource = "contacts.company",
        Key = "total",
        Type = FieldType.RollUp,
        Label = "Total",
        RollUp = new RollUp { Resource = "contacts.person", Relation = "company_id", Function = RollUpFunction.Sum, Value = "custom_fields.worth", InCompanyCurrency = true },
        ResultType = FieldType.Money,
    };

    private readonly Importer _importer = new(contacts);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Guid Tenant => _importer.Tenant;

    private PeopleService.PeopleServiceClient People => contacts.People(Tenant);

    private SegmentsService.SegmentsServiceClient Segments => new(contacts.GrpcFor(Tenant, "contacts.read", "contacts.write"));

    [Fact]
    public async Task Filters_orders_and_segments_follow_a_rate_that_is_corrected_and_nobody_is_told_the_rates()
    {
        Define(Worth);
        contacts.Rates.Set(Tenant, "USD", "2020-01-01", "0.5");
        await PersonAsync("Dollars", "100", "USD");
        var euros = await PersonAsync("Euros", "60", "EUR");
        await PersonAsync("Pounds", "5000", "GBP");
        Assert.Equal(["worth"], euros.CustomFields.Fields.Keys);
        Assert.Equal("Euros", await NamesAsync("custom_fields.worth > 55"));
        Assert.Equal("Dollars", await NamesAsync("custom_fields.worth = 50"));
        Assert.StartsWith("Dollars Euros", await NamesAsync("", "custom_fields.worth"), StringComparison.Ordinal);
        // Without a rate, neither a comparison holds nor its negation.
        Assert.Equal("Dollars", await NamesAsync("NOT custom_fields.worth > 55"));
        var segment = await Segments.CreateSegmentAsync(
            new CreateSegmentRequest { Segment = new Segment { Name = "Worthy", Resource = "contacts.person", Kind = SegmentKind.Dynamic, Filter = "custom_fields.worth > 55" } }, cancellationToken: Token);
        await MembersAsync(segment.Id, "Euros");

        await CorrectAsync("USD", "0.7");
        Assert.StartsWith("Euros Dollars", await NamesAsync("", "custom_fields.worth"), StringComparison.Ordinal);
        await CorrectAsync("GBP", "2");
        Assert.Equal("Dollars Euros Pounds", await NamesAsync("custom_fields.worth > 55", "last_name"));
        // By a signal: it would be found in a minute by itself.
        await MembersAsync(segment.Id, "Dollars Euros Pounds");
        using var rest = contacts.RestFor(Tenant, "contacts.read", "contacts.export");
        Assert.DoesNotContain("@worth", await rest.GetStringAsync(new Uri("/api/v1/contacts/people:export", UriKind.Relative), Token), StringComparison.Ordinal);
        Assert.Equal(0, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{Tenant}' AND data::text LIKE '%@worth%'"));
        Assert.Equal(0, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM audit_entries WHERE tenant_id = '{Tenant}' AND audit_entries::text LIKE '%@worth%'"));
    }

    [Fact]
    public async Task What_people_are_worth_is_rolled_up_at_their_company_in_its_currency()
    {
        var version = Define(Worth, Total);
        foreach (var field in new[] { Worth, Total })
            Assert.Equal("SUCCESS", await contacts.DeliverAsync(Tenant, new FieldsChanged { Version = version, Field = field }));
        await Eventually.HoldsAsync(async () =>
            await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM custom_field_indexes WHERE tenant_id = '{Tenant}' AND kind = 'RollUp' AND state = 'Ready'") == 1);
        contacts.Rates.Set(Tenant, "USD", "2020-01-01", "0.5");
        var company = await contacts.Companies(Tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Acme" } }, cancellationToken: Token);
        await PersonAsync("Dollars", "100", "USD", company.Id);
        await PersonAsync("Euros", "60", "EUR", company.Id);
        await PersonAsync("Pounds", "5000", "GBP", company.Id);
        await IsTotalAsync(110);
        await CorrectAsync("USD", "0.7");
        await IsTotalAsync(130);

        // Nothing is told while records are converted, and never another number.
        Task IsTotalAsync(decimal total) => Eventually.HoldsAsync(async () =>
        {
            var told = (await contacts.Companies(Tenant).GetCompanyAsync(new GetCompanyRequest { Id = company.Id }, cancellationToken: Token)).CustomFields.Fields;
            if (!told.TryGetValue("total", out var value))
                return false;
            Assert.Equal(total, decimal.Parse(value.StructValue.Fields["amount"].StringValue, CultureInfo.InvariantCulture));
            return true;
        });
    }

    [Fact]
    public async Task Imported_amounts_have_their_rates_at_once_and_those_that_an_undo_brings_back_the_rates_of_now()
    {
        Define(Worth);
        contacts.Rates.Set(Tenant, "USD", "2020-01-01", "0.5");
        var summary = await _importer.ImportAsync("", "Last name,E-mail,worth", "Ann,ann@x.example,", "Bob,bob@x.example,100 USD", "Cid,cid@x.example,60 EUR");
        Assert.Equal((3L, 0L), (summary.PeopleCreated, summary.RowsRejected));
        Assert.Equal("Bob Cid", await NamesAsync("custom_fields.worth > 45", "custom_fields.worth"));
        var filled = await _importer.ImportAsync("", "Last name,E-mail,worth,Phone", "Ann,ann@x.example,300 USD,+49 1", "Bob,bob@x.example,,+49 2");
        Assert.Equal(2L, filled.PeopleUpdated);
        Assert.Equal("Ann", await NamesAsync("custom_fields.worth = 150"));
        await CorrectAsync("USD", "0.7");
        Assert.Equal("Ann", await NamesAsync("custom_fields.worth = 210"));
        await _importer.UndoAsync(filled.ImportId);
        Assert.Equal("Ann", await NamesAsync("custom_fields.worth = null"));
        Assert.Equal("Cid Bob", await NamesAsync("custom_fields.worth > 0", "custom_fields.worth"));
        Assert.Equal("Bob", await NamesAsync("custom_fields.worth = 70"));
    }

    [Fact]
    public async Task A_merge_takes_an_amount_along_and_taking_it_back_gives_both_the_rates_of_now()
    {
        Define(Worth);
        contacts.Rates.Set(Tenant, "USD", "2020-01-01", "0.5");
        var (stays, part) = (await PersonAsync("Stays", "", ""), await PersonAsync("Part", "100", "USD"));
        await People.MergePersonAsync(new MergePersonRequest { Id = stays.Id, Etag = stays.Etag, Merged = { new MergedRecord { Id = part.Id, Etag = part.Etag } } }, cancellationToken: Token);
        Assert.Equal("Stays", await NamesAsync("custom_fields.worth = 50"));
        await CorrectAsync("USD", "0.7");
        var merged = await People.GetPersonAsync(new GetPersonRequest { Id = stays.Id }, cancellationToken: Token);
        var back = await People.UnmergePersonAsync(new UnmergePersonRequest { Id = stays.Id, Etag = merged.Etag }, cancellationToken: Token);
        Assert.Empty(back.KeptFields);
        Assert.Equal("Stays", await NamesAsync("custom_fields.worth = null"));
        Assert.Equal("Part", await NamesAsync("custom_fields.worth = 70"));
    }

    [Fact]
    public async Task Rules_that_give_leads_away_compare_amounts_in_the_companys_currency()
    {
        Define(Budget);
        contacts.Rates.Set(Tenant, "USD", "2020-01-01", "0.5");
        var large = $"{Guid.CreateVersion7()}";
        await contacts.Leads(Tenant).UpdateLeadAssignmentAsync(
            new UpdateLeadAssignmentRequest { Assignment = new LeadAssignment { Rules = { new LeadAssignmentRule { Name = "Large", Filter = "custom_fields.budget >= 100", OwnerId = large } } } }, cancellationToken: Token);
        var (small, big) = (await LeadAsync("Small", "150"), await LeadAsync("Big", "200"));
        Assert.Equal((false, true), (small.OwnerId == large, big.OwnerId == large));
        await _importer.ImportAsync("?target=leads", "Last name,Email,budget", "Few,few@x.example,150 USD", "Many,many@x.example,300 USD");
        var all = await contacts.Leads(Tenant).ListLeadsAsync(new ListLeadsRequest { OrderBy = "custom_fields.budget" }, cancellationToken: Token);
        Assert.Equal(["Big", "Many"], all.Leads.Where(lead => lead.OwnerId == large).Select(lead => lead.LastName));
    }

    private static Struct? Money(string key, string amount, string currency) =>
        amount.Length == 0 ? null : Struct.Parser.ParseJson($$$"""{"{{{key}}}":{"amount":"{{{amount}}}","currency":"{{{currency}}}"}}""");

    private long Define(params Field[] fields) => contacts.Fields.Set(Tenant, fields);

    private async Task<Person> PersonAsync(string name, string amount, string currency, string company = "") => await People.CreatePersonAsync(
        new CreatePersonRequest { Person = new Person { LastName = name, CompanyId = company, CustomFields = Money("worth", amount, currency) } }, cancellationToken: Token);

    private async Task<Lead> LeadAsync(string name, string dollars) => await contacts.Leads(Tenant).CreateLeadAsync(
        new CreateLeadRequest { Lead = new Lead { LastName = name, CustomFields = Money("budget", dollars, "USD") } }, cancellationToken: Token);

    private async Task CorrectAsync(string currency, string rate) =>
        Assert.Equal("SUCCESS", await contacts.DeliverAsync(Tenant, new ExchangeRatesChanged { Version = contacts.Rates.Set(Tenant, currency, "2020-01-01", rate) }));

    private async Task<string> NamesAsync(string filter, string order = "") =>
        string.Join(' ', (await People.ListPeopleAsync(new ListPeopleRequest { Filter = filter, OrderBy = order }, cancellationToken: Token)).People.Select(person => person.LastName));

    private Task MembersAsync(string segment, string names) => Eventually.HoldsAsync(async () =>
        string.Join(' ', (await Segments.ListSegmentMembersAsync(new ListSegmentMembersRequest { SegmentId = segment }, cancellationToken: Token)).People.Select(person => person.LastName).Order(StringComparer.Ordinal)) == names);
}
