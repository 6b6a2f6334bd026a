using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Contacts.Tests.Imports;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Common.V1;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.ContactPoints;

public sealed class ContactPointFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] MainOnes = ["email", "phone", "address"];

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleService.PeopleServiceClient People => contacts.People(_tenant);

    [Fact]
    public async Task What_is_beside_the_main_ones_is_kept_and_numbers_are_understood_by_the_country_of_the_address()
    {
        using var rest = contacts.Rest(_tenant);
        using var created = await rest.PostAsJsonAsync(
            new Uri("/api/v1/contacts/people", UriKind.Relative),
            new
            {
                lastName = "Many",
                email = "main@x.example",
                phone = "030 1234567",
                phoneE164 = "+1",
                address = new { country = "DE" },
                otherEmails = new object[] { new { address = "home@x.example", label = "home" } },
                otherPhones = new object[] { new { number = "0171 2345678", label = "mobile", e164 = "+1" }, new { number = "by bell" } },
                otherAddresses = new object[] { new { address = new { city = "Köln", country = "DE" }, label = "billing" } },
            },
            Token);
        var person = await created.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("+49301234567", person.GetProperty("phoneE164").GetString());
        Assert.Equal(("home@x.example", "home"), (person.GetProperty("otherEmails")[0].GetProperty("address").GetString(), person.GetProperty("otherEmails")[0].GetProperty("label").GetString()));
        Assert.Equal(["+491712345678", ""], person.GetProperty("otherPhones").EnumerateArray().Select(phone => phone.GetProperty("e164").GetString()));
        Assert.Equal("Köln", person.GetProperty("otherAddresses")[0].GetProperty("address").GetProperty("city").GetString());
        var id = person.GetProperty("id").GetString()!;
        // Another country, and the same digits are another number.
        var moved = await People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = id, Address = new Address { Country = "AT" }, OtherEmails = { new OtherEmail { Address = "b@x.example" } } }, UpdateMask = new FieldMask { Paths = { "address", "other_emails" } } }, cancellationToken: Token);
        Assert.NotEqual("+49301234567", moved.PhoneE164);
        Assert.Equal(("b@x.example", 2), (Assert.Single(moved.OtherEmails).Address, moved.OtherPhones.Count));
        Assert.Equal(moved, await People.GetPersonAsync(new GetPersonRequest { Id = id }, cancellationToken: Token));
    }

    [Fact]
    public async Task Each_fault_is_told_with_its_place()
    {
        using var rest = contacts.Rest(_tenant);
        using var refused = await rest.PostAsJsonAsync(
            new Uri("/api/v1/contacts/companies", UriKind.Relative),
            new
            {
                name = "Faults",
                email = "main@x.example",
                phone = "+49 30 1234567",
                otherEmails = new object[] { new { address = "a@x.example" }, new { address = "nobody" }, new { address = "A@X.example" }, new { address = "MAIN@x.example", label = new string('l', 51) } },
                otherPhones = new object[] { new { number = "0049 301234567" }, new { number = "" } },
                otherAddresses = Enumerable.Range(0, 21).Select(at => new { address = new { city = $"City {at}", country = at == 3 ? "Germany" : "DE" } }),
            },
            Token);
        var problem = await Expect.ProblemAsync(refused, HttpStatusCode.BadRequest, "INVALID_ARGUMENT");
        Assert.Equal(
            ["company.otherAddresses", "company.otherAddresses[3].address.country", "company.otherEmails[1].address", "company.otherEmails[2].address", "company.otherEmails[3].address",
             "company.otherEmails[3].label", "company.otherPhones[0].number", "company.otherPhones[1].number"],
            problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Records_are_found_by_each_of_them()
    {
        var company = await contacts.Companies(_tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Found", Phone = "+49 30 1234567" } }, cancellationToken: Token);
        var person = await CreateAsync(new Person
        {
            LastName = "Found",
            Phone = "040 7654321",
            Address = new Address { Country = "DE" },
            CompanyId = company.Id,
            OtherEmails = { new OtherEmail { Address = "Second@X.example" } },
            OtherPhones = { new OtherPhone { Number = "0171 2345678" } },
        });
        await CreateAsync(new Person { LastName = "Lost", Email = "first@x.example", Phone = "+1 650 253 0000" });
        foreach (var filter in new[]
        {
            "phone_e164 = \"+49407654321\"", "other_emails : \"second@x.EXAMPLE\"", "other_phones : \"+491712345678\"", "other_phones : \"0171 2345678\"", "other_emails:*", "company.phone_e164 = \"+49301234567\"",
            "phone_e164:* AND other_phones:*", "NOT other_emails : \"first@x.example\" AND other_emails:*",
        })
        {
            Assert.Equal((filter, person.Id), (filter, Assert.Single((await People.ListPeopleAsync(new ListPeopleRequest { Filter = filter }, cancellationToken: Token)).People).Id));
        }

        foreach (var query in new[] { "second@", "040 7654", "+49 40 7654321", "4940 765", "0171 2345678", "+49 171" })
            Assert.Equal((query, person.Id), (query, Assert.Single((await People.ListPeopleAsync(new ListPeopleRequest { Query = query }, cancellationToken: Token)).People).Id));
    }

    [Fact]
    public async Task Whoever_does_not_see_the_main_one_does_not_see_the_others()
    {
        var person = await CreateAsync(Full("hidden"));
        var user = Guid.CreateVersion7();
        var policy = new AccessPolicy { Id = "p", Name = "Nothing of it", Resource = "contacts.person", Specificity = PolicySpecificity.Role };
        policy.FieldRules.Add(MainOnes.Select(path => new FieldRule { Path = path, Access = FieldAccess.Hidden }));
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access { UserId = $"{user}", Permissions = { "contacts.read", "contacts.write" }, Policies = { policy } });
        var people = new PeopleService.PeopleServiceClient(contacts.Grpc(TestTokens.ForPerson(_tenant, user)));
        var seen = await people.GetPersonAsync(new GetPersonRequest { Id = person.Id }, cancellationToken: Token);
        Assert.Equal((0, 0, 0, ""), (seen.OtherEmails.Count, seen.OtherPhones.Count, seen.OtherAddresses.Count, seen.PhoneE164));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", people.ListPeopleAsync(new ListPeopleRequest { Filter = "other_emails : \"other-hidden@x.example\"" }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", people.ListPeopleAsync(new ListPeopleRequest { Filter = "phone_e164:*" }, cancellationToken: Token));
        Assert.Empty((await people.ListPeopleAsync(new ListPeopleRequest { Query = "other-hidden" }, cancellationToken: Token)).People);
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_WRITABLE", people.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, OtherEmails = { new OtherEmail { Address = "mine@x.example" } } } }, cancellationToken: Token));
        // A change of something else leaves them.
        await people.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, FirstName = "Still" } }, cancellationToken: Token);
        Assert.Equal(person.OtherPhones, (await People.GetPersonAsync(new GetPersonRequest { Id = person.Id }, cancellationToken: Token)).OtherPhones);
    }

    [Fact]
    public async Task A_merge_loses_none_and_taking_it_back_restores_all()
    {
        var (stays, part) = (await CreateAsync(Full("stays")), await CreateAsync(Full("part", "AT")));
        var before = await contacts.StateAsync(_tenant);
        var merged = (await People.MergePersonAsync(new MergePersonRequest { Id = stays.Id, Merged = { new MergedRecord { Id = part.Id } } }, cancellationToken: Token)).Person;
        Assert.Equal("stays@x.example", merged.Email);
        Assert.Equal(["other-stays@x.example", "part@x.example", "other-part@x.example"], merged.OtherEmails.Select(email => email.Address));
        Assert.Equal([stays.OtherPhones[0].E164, part.PhoneE164, part.OtherPhones[0].E164], merged.OtherPhones.Select(phone => phone.E164));
        Assert.Equal(["City other-stays", "City part", "City other-part"], merged.OtherAddresses.Select(address => address.Address.City));
        var back = await People.UnmergePersonAsync(new UnmergePersonRequest { Id = stays.Id }, cancellationToken: Token);
        Assert.Equal((before, 0), (await contacts.StateAsync(_tenant), back.KeptFields.Count));
        var chosen = (await People.MergePersonAsync(
            new MergePersonRequest { Id = stays.Id, Merged = { new MergedRecord { Id = part.Id } }, Choices = { new FieldChoice { Field = "email", RecordId = part.Id }, new FieldChoice { Field = "otherPhones", RecordId = part.Id } } },
            cancellationToken: Token)).Person;
        Assert.Equal(("part@x.example", 3, 1), (chosen.Email, chosen.OtherEmails.Count, chosen.OtherPhones.Count));
    }

    [Fact]
    public async Task Files_bring_and_take_them()
    {
        var summary = await Upload.RestAsync(
            contacts.Rest(_tenant),
            Upload.Utf8("Last name,E-mail,E-mail 2,Phone,Mobile phone,Additional phone numbers,Country", "File,a@x.example; b@x.example,c@x.example,030 1234567,0171 2345678,0171 2345678; 040 7654321,DE", "Bad,d@x.example,nobody,,,,"));
        Assert.Equal((1, 1, "INVALID_EMAIL"), (summary.PeopleCreated, summary.RowsRejected, Assert.Single(summary.Errors).Code));
        var person = Assert.Single((await People.ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People);
        Assert.Equal(("a@x.example", "+49301234567"), (person.Email, person.PhoneE164));
        Assert.Equal(["b@x.example", "c@x.example"], person.OtherEmails.Select(email => email.Address));
        Assert.Equal(["+491712345678", "+49407654321"], person.OtherPhones.Select(phone => phone.E164));
        using var rest = contacts.RestFor(_tenant, "contacts.export");
        var lines = (await rest.GetStringAsync(new Uri("/api/v1/contacts/people:export", UriKind.Relative), Token)).Split("\r\n");
        Assert.Equal("\"b@x.example; c@x.example\"", lines[1].Split(',')[Array.IndexOf(lines[0].Split(','), "other_emails")]);
        var again = Guid.CreateVersion7();
        Assert.Equal(1, (await Upload.RestAsync(contacts.Rest(again), Upload.Utf8(lines))).PeopleCreated);
        var copy = Assert.Single((await contacts.People(again).ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People);
        Assert.Equal((person.Email, person.OtherEmails), (copy.Email, copy.OtherEmails));
        Assert.Equal(["0171 2345678", "040 7654321"], copy.OtherPhones.Select(phone => phone.Number));
    }

    [Fact]
    public async Task Files_say_what_each_is_for_and_all_of_it_comes_back_from_an_export()
    {
        // As HubSpot, Salesforce, Outlook and Google name them, and people in Russia and Germany.
        (string Header, string Row, string Expected)[] files =
        [
            ("Last Name,Phone,Mobile Phone,Home Phone,Email,Work Email,Mailing Street,Mailing City,Mailing Country,Other Street,Other City", "A,030 1234567,0171 2345678,030 7654321,a@x.example,w@x.example,Weg 1,Köln,DE,Gasse 2,Bonn",
                "a@x.example w@x.example=work | 030 1234567 0171 2345678=mobile 030 7654321=home | Weg 1 Köln, Gasse 2 Bonn=other"),
            ("Name,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Street,Address 1 - City,Address 2 - Label,Address 2 - Street,Address 2 - City",
                "A,* Work,a@x.example ::: b@x.example,Home,c@x.example,Mobile,0171 2345678,Weg 1,Köln,Dacha,Gasse 2,Bonn", "a@x.example b@x.example=Work c@x.example=Home | 0171 2345678 | Weg 1 Köln, Gasse 2 Bonn=Dacha"),
            ("Фамилия,Почта,Личная почта,Рабочий телефон,Мобильный телефон,Улица,Город,Улица доставки,Город доставки", "А,a@x.example,l@x.example,030 1234567,0171 2345678,Weg 1,Köln,Gasse 2,Bonn",
                "a@x.example l@x.example=домашний | 030 1234567 0171 2345678=мобильный | Weg 1 Köln, Gasse 2 Bonn=для доставки"),
            ("Nachname;E-Mail;E-Mail privat;Telefon;Handy;Straße;Ort;Rechnungsadresse;Rechnung Ort", "A;a@x.example;p@x.example;030 1234567;0171 2345678;Weg 1;Köln;Gasse 2;Bonn", "a@x.example p@x.example=privat | 030 1234567 0171 2345678=mobil | Weg 1 Köln, Gasse 2 Bonn=Rechnung"),
            ("Last name,Billing street,Billing city,Shipping address,Shipping city,Address line 1,Address line 2", "A,Weg 1,Köln,Gasse 2,Bonn,Hof 3,Haus 4", " |  | Hof 3 Haus 4 , Weg 1 Köln=billing, Gasse 2 Bonn=delivery"),
        ];
        foreach (var (header, row, expected) in files)
        {
            var tenant = Guid.CreateVersion7();
            var summary = await Upload.RestAsync(contacts.Rest(tenant), Upload.Utf8(header, row));
            Assert.Equal((1, 0), (summary.PeopleCreated, summary.IgnoredColumns.Count));
            Assert.Equal(expected, Told(await OnlyAsync(tenant)));
        }

        var all = new Person
        {
            LastName = "All",
            Email = "a@x.example",
            Address = new Address { Lines = { "Weg 1", "Haus; hinten" }, City = "Köln", Country = "DE" },
            OtherEmails = { new OtherEmail { Address = "b@x.example", Label = "work: old; new" }, new OtherEmail { Address = "c@x.example" } },
            OtherPhones = { new OtherPhone { Number = "+49 171 2345678", Label = "a|b\\c" } },
            OtherAddresses = { new OtherAddress { Address = new Address { Lines = { "Gasse 2 | links", "Hof" }, City = "Bonn" }, Label = "billing" }, new OtherAddress { Address = new Address { Country = "FR", PostalCode = "75001", Region = "Île-de-France" } } },
        };
        var kept = await CreateAsync(all);
        using var export = contacts.RestFor(_tenant, "contacts.export");
        var file = await export.GetByteArrayAsync(new Uri($"/api/v1/contacts/people:export?filter=id=\"{kept.Id}\"", UriKind.Relative), Token);
        var again = Guid.CreateVersion7();
        await Upload.RestAsync(contacts.Rest(again), file);
        var copy = await OnlyAsync(again);
        Assert.Equal((kept.OtherEmails, kept.OtherPhones, kept.OtherAddresses), (copy.OtherEmails, copy.OtherPhones, copy.OtherAddresses));
        Assert.Equal((kept.Address.City, kept.Address.Country), (copy.Address.City, copy.Address.Country));

        async Task<Person> OnlyAsync(Guid tenant) => Assert.Single((await contacts.People(tenant).ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People);

        static string Told(Person person) => string.Join(
            " | ",
            string.Join(' ', person.OtherEmails.Select(email => $"{email.Address}{Label(email.Label)}").Prepend(person.Email)),
            string.Join(' ', person.OtherPhones.Select(phone => $"{phone.Number}{Label(phone.Label)}").Prepend(person.Phone)),
            string.Join(", ", person.OtherAddresses.Select(other => $"{Place(other.Address)}{Label(other.Label)}").Prepend(Place(person.Address))));

        static string Label(string label) => label.Length == 0 ? "" : $"={label}";

        static string Place(Address address) => $"{string.Join(' ', address.Lines)} {address.City}";
    }

    [Fact]
    public async Task Records_from_before_get_their_numbers_in_the_background()
    {
        var person = await CreateAsync(Full("before"));
        await contacts.Database.ExecuteAsync($"UPDATE people SET phone_e164 = NULL WHERE id = '{person.Id}'; INSERT INTO chores (tenant_id, kind, subject_id, due_time) VALUES ('{_tenant}', 'NumberPhones', '{Guid.NewGuid()}', now())");
        // Whatever is due is looked for when somebody writes work.
        await People.MergePersonAsync(new MergePersonRequest { Id = (await CreateAsync(new Person { LastName = "A" })).Id, Merged = { new MergedRecord { Id = (await CreateAsync(new Person { LastName = "B" })).Id } } }, cancellationToken: Token);
        await Eventually.HoldsAsync(async () => await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM people WHERE id = '{person.Id}' AND phone_e164 = '{person.PhoneE164}'") == 1);
        await Eventually.HoldsAsync(async () => await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM chores WHERE tenant_id = '{_tenant}' AND kind = 'NumberPhones'") == 0);
    }

    private async Task<Person> CreateAsync(Person person) => await People.CreatePersonAsync(new CreatePersonRequest { Person = person }, cancellationToken: Token);

    private static Person Full(string name, string country = "DE") => new()
    {
        LastName = name,
        Email = $"{name}@x.example",
        Phone = country == "DE" ? "030 1234567" : "01 5138800",
        Address = new Address { City = $"City {name}", Country = country },
        OtherEmails = { new OtherEmail { Address = $"other-{name}@x.example", Label = "home" } },
        OtherPhones = { new OtherPhone { Number = country == "DE" ? "0171 2345678" : "0664 1234567", Label = "mobile" } },
        OtherAddresses = { new OtherAddress { Address = new Address { City = $"City other-{name}" }, Label = "billing" } },
    };
}
