using Google.Protobuf;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using Company = Platform.Contacts.V1.Company;
using Field = Platform.CustomFields.V1.Field;
using Lead = Platform.Contacts.V1.Lead;
using Person = Platform.Contacts.V1.Person;

namespace Contacts.Tests.Imports;

/// <summary>Taking an import back leaves nothing that leads to what is gone, and undoes nothing that the platform did since.</summary>
public sealed class UndoUsesFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Importer _importer = new(contacts);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleService.PeopleServiceClient People => contacts.People(_importer.Tenant);

    [Fact]
    public async Task Whom_and_what_a_lead_was_converted_into_stays()
    {
        var companies = await _importer.ImportAsync("?target=companies", "Name", "Acme", "Globex");
        var people = await _importer.ImportAsync("", "Last name,E-mail", "Pat,pat@x.example", "Free,free@x.example");
        var (pat, acme) = ((await PeopleAsync())["Pat"], (await CompaniesAsync())["Acme"]);
        await ConvertAsync(new Lead { LastName = "Pat", Email = "pat@x.example" });
        var buyer = await ConvertAsync(new Lead { LastName = "Buyer", Email = "buyer@x.example", CompanyName = "Acme" });
        // Nobody belongs to the company any more: only the lead leads there.
        await People.UpdatePersonAsync(
            new UpdatePersonRequest { Person = new Person { Id = buyer.PersonId }, UpdateMask = new() { Paths = { "company_id" } } }, cancellationToken: Token);
        await KeptAsync(people, (pat.Id, "IN_USE"));
        await KeptAsync(companies, (acme.Id, "IN_USE"));
        Assert.Equal(["Buyer", "Pat"], (await PeopleAsync()).Keys.Order());
        Assert.Equal(["Acme"], (await CompaniesAsync()).Keys);
    }

    [Fact]
    public async Task Whom_and_what_deals_quotes_and_invoices_name_stays_among_however_many()
    {
        var summary = await _importer.ImportAsync("", ["Last name,E-mail,Company", .. Enumerable.Range(0, 320).Select(i => $"P{i},p{i}@x.example,{(i < 310 ? $"C{i}" : "")}")]);
        var (people, companies) = (await PeopleAsync(), await CompaniesAsync());
        OtherLists.Naming[("deals", "person_id", people["P0"].Id)] = 1;
        OtherLists.Naming[("deals", "contacts", people["P160"].Id)] = 1;
        OtherLists.Naming[("quotes", "person_id", people["P150"].Id)] = 1;
        OtherLists.Naming[("invoices", "buyer_person_id", people["P319"].Id)] = 1;
        // So many deals that the others' are not on the first page.
        OtherLists.Naming[("deals", "company_id", companies["C1"].Id)] = 700;
        OtherLists.Naming[("deals", "company_id", companies["C2"].Id)] = 60;
        OtherLists.Naming[("deals", "company_id", companies["C3"].Id)] = 1;
        OtherLists.Naming[("quotes", "company_id", companies["C160"].Id)] = 2;
        OtherLists.Naming[("invoices", "buyer_company_id", companies["C309"].Id)] = 51;
        string[] used = ["C0", "C1", "C150", "C160", "C2", "C3", "C309"];
        string[] kept = [people["P0"].Id, people["P150"].Id, people["P160"].Id, people["P319"].Id, .. companies.Values.Where(company => used.Contains(company.Name)).Select(company => company.Id)];
        await KeptAsync(summary, [.. kept.Select(id => (id, "IN_USE"))]);
        Assert.Equal(["P0", "P150", "P160", "P319"], (await PeopleAsync()).Keys.Order());
        Assert.Equal(used, (await CompaniesAsync()).Keys.Order());
    }

    [Fact]
    public async Task While_that_cannot_be_asked_nothing_is_taken_back()
    {
        var summary = await _importer.ImportAsync("", "Last name,E-mail", "Ann,ann@x.example", "Bob,bob@x.example");
        var people = await PeopleAsync();
        OtherLists.Refused[people["Ann"].Id] = (OtherLists.Away, 0);
        await _importer.Imports.UndoImportAsync(new UndoImportRequest { Id = summary.ImportId }, cancellationToken: Token);
        await Eventually.HoldsAsync(() => Task.FromResult(OtherLists.Refused[people["Ann"].Id].Asked > 1), TimeSpan.FromSeconds(60));
        var import = await _importer.GetAsync(summary.ImportId);
        Assert.Equal((ImportState.Undoing, 0L), (import.State, import.Undo.Done));
        Assert.Equal(2, (await PeopleAsync()).Count);
        OtherLists.Naming[("invoices", "buyer_person_id", people["Bob"].Id)] = 1;
        OtherLists.Refused.Remove(people["Ann"].Id, out _);
        var undo = await _importer.UndoneAsync(summary.ImportId);
        Assert.Equal((1L, (people["Bob"].Id, "IN_USE")), (undo.Deleted, Assert.Single(undo.KeptRecords.Select(record => (record.Id, record.Reason)))));
    }

    [Fact]
    public async Task Nothing_leads_there_from_a_module_that_the_company_does_not_use()
    {
        var summary = await _importer.ImportAsync("", "Last name,E-mail", "Ann,ann@x.example");
        var ann = (await PeopleAsync())["Ann"].Id;
        OtherLists.Refused[ann] = (OtherLists.NotEntitled, 0);
        await KeptAsync(summary);
        Assert.Equal(4, OtherLists.Refused[ann].Asked);
    }

    [Fact]
    public async Task Numbers_that_were_given_since_stay_and_values_of_deleted_fields_do_not_come_back()
    {
        var (passport, size) = (Of("passport", FieldType.Text), Of("size", FieldType.Text));
        contacts.Fields.Set(_importer.Tenant, passport, size);
        var ann = await People.CreatePersonAsync(
            new CreatePersonRequest { Person = new Person { LastName = "Ann", Email = "ann@x.example", CustomFields = new() { Fields = { ["passport"] = Google.Protobuf.WellKnownTypes.Value.ForString("P1") } } } },
            cancellationToken: Token);
        var summary = await _importer.ImportAsync("", "Last name,E-mail,Phone,size", "Ann,ann@x.example,+49 1,XL");
        // A field of the same key was made since, which is another one.
        var again = new Field(passport) { CreateTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddMinutes(1)) };
        var number = new Field(Of("number", FieldType.AutoNumber)) { NumberPattern = "C-{0000}" };
        await contacts.DeliverAsync(_importer.Tenant, new FieldsChanged { Version = contacts.Fields.Set(_importer.Tenant, size), Field = passport, Purged = true });
        await Eventually.HoldsAsync(async () => !(await StoredAsync()).Contains("P1", StringComparison.Ordinal));
        await contacts.DeliverAsync(_importer.Tenant, new FieldsChanged { Version = contacts.Fields.Set(_importer.Tenant, size, number, again), Field = number });
        await Eventually.HoldsAsync(async () => (await StoredAsync()).Contains("C-0001", StringComparison.Ordinal));
        var undo = await _importer.UndoAsync(summary.ImportId);
        Assert.Equal((1L, 0L), (undo.Restored, undo.Kept));
        Assert.Equal("""{"number": "C-0001"}""", await StoredAsync());
        Assert.Equal("", (await People.GetPersonAsync(new GetPersonRequest { Id = ann.Id }, cancellationToken: Token)).Phone);

        Task<string> StoredAsync() => contacts.Database.QueryAsync<string>($"SELECT custom_fields::text FROM people WHERE id = '{ann.Id}'");
    }

    [Fact]
    public async Task What_can_no_longer_be_as_it_was_counts_as_changed()
    {
        var ann = await People.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Ann", Email = "ann@x.example" } }, cancellationToken: Token);
        await People.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Eve", Email = "eve@x.example" } }, cancellationToken: Token);
        var summary = await _importer.ImportAsync("", "Last name,E-mail,Phone", "Ann,ann@x.example,+49 1", "Eve,eve@x.example,+49 2", "Bob,bob@x.example,+49 3");
        // As though the company that she belonged to before were gone.
        var before = Convert.ToHexString(new Person(ann) { CompanyId = $"{Guid.CreateVersion7()}" }.ToByteArray());
        await contacts.Database.ExecuteAsync($"UPDATE imported_records SET before = '\\x{before}' WHERE record_id = '{ann.Id}'");
        await KeptAsync(summary, (ann.Id, "CHANGED"));
        Assert.Equal([("Ann", "+49 1"), ("Eve", "")], (await PeopleAsync()).Values.Select(person => (person.LastName, person.Phone)).Order());
    }

    private static Field Of(string key, FieldType type) => new() { Resource = "contacts.person", Key = key, Type = type, Label = key };

    private async Task<ConvertLeadResponse> ConvertAsync(Lead lead)
    {
        var made = await contacts.Leads(_importer.Tenant).CreateLeadAsync(new CreateLeadRequest { Lead = lead }, cancellationToken: Token);
        return await contacts.Leads(_importer.Tenant).ConvertLeadAsync(new ConvertLeadRequest { Id = made.Id }, cancellationToken: Token);
    }

    private async Task KeptAsync(ImportSummary import, params (string Id, string Reason)[] expected)
    {
        var undo = await _importer.UndoAsync(import.ImportId);
        Assert.Equal(expected.Order(), undo.KeptRecords.Select(record => (record.Id, record.Reason)).Order());
        Assert.Equal((expected.Length, undo.Total), (undo.Kept, undo.Deleted + undo.Restored + undo.Kept));
    }

    private async Task<Dictionary<string, Person>> PeopleAsync()
    {
        var all = new Dictionary<string, Person>();
        for (var (token, more) = ("", true); more; more = token.Length > 0)
        {
            var page = await People.ListPeopleAsync(new ListPeopleRequest { PageSize = 200, PageToken = token }, cancellationToken: Token);
            token = page.NextPageToken;
            foreach (var person in page.People)
                all.Add(person.LastName, person);
        }

        return all;
    }

    private async Task<Dictionary<string, Company>> CompaniesAsync()
    {
        var all = new Dictionary<string, Company>();
        for (var (token, more) = ("", true); more; more = token.Length > 0)
        {
            var page = await contacts.Companies(_importer.Tenant).ListCompaniesAsync(new ListCompaniesRequest { PageSize = 200, PageToken = token }, cancellationToken: Token);
            token = page.NextPageToken;
            foreach (var company in page.Companies)
                all.Add(company.Name, company);
        }

        return all;
    }
}
