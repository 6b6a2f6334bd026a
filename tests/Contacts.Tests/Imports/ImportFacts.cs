using System.Net;
using System.Text;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Imports;

public sealed class ImportFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_becomes_a_person_and_a_company_and_both_are_announced()
    {
        var summary = await ImportAsync(
            "First name,Last name,E-mail,Company,Company e-mail,Street,City,Postal code,Country,Shoe size",
            "Jürgen,Müller,juergen@mueller.example,\"Müller & Söhne, GmbH\",office@mueller.example,Hauptstr. 1,Köln,50667,Germany,44",
            ",,info@solo.example,Solo Oy,,,,,FI,");
        Assert.Equal((2, 1, 2, 0), (summary.RowsRead, summary.PeopleCreated, summary.CompaniesCreated, summary.RowsRejected));
        Assert.Equal(["Shoe size"], summary.IgnoredColumns);
        var person = Assert.Single(await PeopleAsync());
        var company = await contacts.Companies(_tenant).GetCompanyAsync(new GetCompanyRequest { Id = person.CompanyId }, cancellationToken: Token);
        Assert.Equal(("Müller & Söhne, GmbH", "office@mueller.example", "DE", "Hauptstr. 1"), (company.Name, company.Email, company.Address.Country, company.Address.Lines.Single()));
        Assert.Equal((1L, 1L), (await contacts.EventsAsync("PersonCreated", person.Id), await contacts.EventsAsync("CompanyCreated", company.Id)));
        Assert.Equal("info@solo.example", Assert.Single((await contacts.Companies(_tenant).ListCompaniesAsync(new ListCompaniesRequest { Query = "solo oy" }, cancellationToken: Token)).Companies).Email);
    }

    [Fact]
    public async Task The_file_that_ships_with_the_repository_comes_in_whole_and_once()
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "contacts.csv"), Token);
        var first = await Upload.RestAsync(Client(), file);
        Assert.Equal((25L, 24L, 23L, 0L), (first.RowsRead, first.PeopleCreated, first.CompaniesCreated, first.RowsRejected));
        Assert.Empty(first.IgnoredColumns);
        Assert.Equal(25, (await Upload.RestAsync(Client(), file)).RowsUnchanged);
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        await ImportAsync("Name,E-mail", "Lena Hoffmann,lena@x.example");
        Assert.Empty((await contacts.People(Guid.CreateVersion7()).ListPeopleAsync(new ListPeopleRequest(), cancellationToken: Token)).People);
    }

    [Theory]
    [InlineData("Vorname;Nachname;E-Mail;Firma;Telefon")]
    [InlineData("Имя\tФамилия\tЭл. почта\tКомпания\tТелефон")]
    [InlineData("FIRST_NAME,last name,Email Address,Organisation,Phone Number")]
    [InlineData("FirstName|LastName|E-mail 1 - Value|Organization Name|Phone 1")]
    [InlineData("﻿Given Name;Surname;mail;Account;Mobile")]
    public async Task Columns_are_found_in_three_languages_and_with_every_separator(string header)
    {
        var separator = header.First(c => c is ',' or ';' or '\t' or '|');
        var summary = await ImportAsync(header, string.Join(separator, "Lena", "Hoffmann", "lena@x.example", "\"A; B, C\tD\"", "+49 1"));
        Assert.Equal((1, 1, 0), (summary.PeopleCreated, summary.CompaniesCreated, summary.IgnoredColumns.Count));
        var person = Assert.Single(await PeopleAsync());
        Assert.Equal(("Lena", "Hoffmann", "lena@x.example", "+49 1"), (person.FirstName, person.LastName, person.Email, person.Phone));
    }

    [Fact]
    public async Task Columns_stand_in_any_order_and_unknown_ones_can_be_named()
    {
        var messages = await Upload.GrpcAsync(contacts.Imports(_tenant), Upload.Utf8("Adresse 2,Kontaktperson,Score", "lena@x.example,\"Hoffmann, Lena\",7"), ImportTarget.People,
            columns: new() { ["kontaktperson"] = "name", ["ADRESSE 2"] = "email" });
        Assert.Equal(["Score"], messages[^1].Summary.IgnoredColumns);
        var person = Assert.Single(await PeopleAsync());
        Assert.Equal(("Lena", "Hoffmann", "lena@x.example"), (person.FirstName, person.LastName, person.Email));
    }

    [Fact]
    public async Task Duplicates_fill_only_what_is_empty()
    {
        await ImportAsync("Name,E-mail,Phone,Company", "Lena Hoffmann,lena@x.example,,Nordwind");
        var again = await ImportAsync("Name,E-mail,Phone,Job title,Company,Website",
            "Helena Hoffmann,LENA@X.example,+49 1,,NORDWIND,https://nordwind.example",
            "Lena Hoffmann,lena@x.example,+49 2,Buyer,nordwind,",
            "Lena Hoffmann,lena@x.example,+49 2,Buyer,Nordwind,");
        Assert.Equal((0, 2, 0, 1, 1), (again.PeopleCreated, again.PeopleUpdated, again.CompaniesCreated, again.CompaniesUpdated, again.RowsUnchanged));
        var person = Assert.Single(await PeopleAsync());
        Assert.Equal(("Lena", "+49 1", "Buyer"), (person.FirstName, person.Phone, person.JobTitle));
        Assert.Equal(1, await contacts.EventsAsync("PersonUpdated", person.Id));
        Assert.Equal(1, await contacts.EventsAsync("CompanyUpdated", person.CompanyId));
    }

    [Fact]
    public async Task Duplicates_within_the_file_become_one()
    {
        var summary = await ImportAsync("Name,E-mail,Phone,Company", "A B,a@x.example,,ÄCME", "A B,A@X.EXAMPLE,1,äcme", "A B,a@x.example,2,Äcme", "No Mail,,,", "No Mail,,,", "No Mail,,1,");
        Assert.Equal((3, 1, 1, 2), (summary.PeopleCreated, summary.PeopleUpdated, summary.CompaniesCreated, summary.RowsUnchanged));
    }

    [Theory]
    [InlineData("", "Name,Company,Phone,Job title,City", "Lena Hoffmann,,,,", "Ann One,Nordwind,1,Buyer,Kiel", "Ann One,Nordwind,2,,")]
    [InlineData("?target=leads", "Name,Company,Phone,Source", "Lena Hoffmann,,,", "Ann One,Nordwind,1,fair", "Ann One,Nordwind,2,")]
    public async Task A_file_without_addresses_adds_nothing_the_second_time(string query, params string[] lines)
    {
        var first = await Upload.RestAsync(Client(), Upload.Utf8(lines), query);
        Assert.Equal(3, first.PeopleCreated + first.LeadsCreated);
        var second = await Upload.RestAsync(Client(), Upload.Utf8(lines), query);
        Assert.Equal((0, 3), (second.PeopleCreated + second.LeadsCreated, second.RowsUnchanged));
    }

    [Fact]
    public async Task Leads_and_companies_are_targets_too()
    {
        var leads = await Upload.RestAsync(Client(), Upload.Utf8("Name,E-mail,Company,Source", "Lena Hoffmann,lena@x.example,Nordwind,fair", "Lena H,LENA@x.example,,"), "?target=leads");
        Assert.Equal((1, 1), (leads.LeadsCreated, leads.RowsUnchanged));
        var lead = Assert.Single((await contacts.Leads(_tenant).ListLeadsAsync(new ListLeadsRequest(), cancellationToken: Token)).Leads);
        Assert.Equal(("Lena", "Hoffmann", "Nordwind", "fair", LeadStatus.New), (lead.FirstName, lead.LastName, lead.CompanyName, lead.Source, lead.Status));
        await contacts.Leads(_tenant).ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id }, cancellationToken: Token);
        var again = await Upload.RestAsync(Client(), Upload.Utf8("Name,E-mail,Phone", "Lena Hoffmann,lena@x.example,1"), "?target=leads");
        Assert.Equal((0, 1), (again.LeadsCreated + again.LeadsUpdated, again.RowsUnchanged));
        var companies = await Upload.RestAsync(Client(), Upload.Utf8("Name,E-mail,VAT number", "Nordwind,office@x.example,DE1", "Südwind,,"), "?target=companies");
        Assert.Equal((1, 1), (companies.CompaniesCreated, companies.CompaniesUpdated));
    }

    [Fact]
    public async Task Each_bad_row_is_reported_and_every_good_one_kept()
    {
        var summary = await ImportAsync(
            "First name,Last name,E-mail,Country,Language",
            "Ann,One,ann@x.example,DE,en",
            "Bob,Two,not an address,DE,en",
            ",,lost@x.example,DE,en",
            "Cat,Three,cat@x.example,Atlantis,en",
            "Dan,Four,dan@x.example,DE",
            "Eve,Five,eve@x.example,DE,klingon!",
            $"{new string('x', 101)},Six,six@x.example,DE,en",
            "",
            ",,,,",
            "Gus,Seven,gus@x.example,de,en");
        Assert.Equal((8, 2, 6), (summary.RowsRead, summary.PeopleCreated, summary.RowsRejected));
        Assert.Equal(
            [(3L, "E-mail", "INVALID_EMAIL"), (4, "Last name", "MISSING_NAME"), (5, "Country", "INVALID_COUNTRY"), (6, "", "WRONG_FIELD_COUNT"), (7, "Language", "INVALID_LANGUAGE"), (8, "First name", "INVALID_FIRST_NAME")],
            summary.Errors.Select(error => (error.Line, error.Column, error.Code)));
    }

    [Theory]
    [InlineData("Shoe size,Colour\n44,red", "", "MISSING_COLUMNS")]
    [InlineData("Phone,City\n1,Kiel", "?target=leads", "MISSING_COLUMNS")]
    [InlineData("First name,Last name\nLena,H", "?target=companies", "MISSING_COLUMNS")]
    [InlineData("Name,e-mail,E Mail\nLena,a@x.example,b@x.example", "", "DUPLICATE_COLUMNS")]
    [InlineData("", "", "EMPTY_FILE")]
    [InlineData(" \r\n\r\n", "", "EMPTY_FILE")]
    [InlineData("PK\u0003\u0004 workbook", "", "BROKEN_WORKBOOK")]
    [InlineData("Name\nLena", "?target=pets", "INVALID_ARGUMENT")]
    [InlineData("Name\nLena", "?tenant=1", "INVALID_ARGUMENT")]
    public async Task A_file_that_cannot_be_read_is_one_precise_error(string file, string query, string code)
    {
        using var response = await Upload.SendAsync(Client(), Encoding.UTF8.GetBytes(file), query);
        var problem = await Expect.ProblemAsync(response, HttpStatusCode.BadRequest, code);
        if (code == "MISSING_COLUMNS")
            Assert.Contains(file.Split(',')[0], problem.GetProperty("detail").GetString());
        Assert.Empty(await PeopleAsync());
    }

    [Theory]
    [InlineData("E-mail\nlena.h@x.example\n", "", "lena.h")]
    [InlineData("E-mail,Phone\nlena.h@x.example,1\n", "", "lena.h")]
    [InlineData("Vorname;Name;E-Mail\nLena;Hoffmann;lena.h@x.example\n", "Lena", "Hoffmann")]
    [InlineData("First name,Name,E-mail\nLena,Lena Hoffmann,lena.h@x.example\n", "Lena", "Hoffmann")]
    [InlineData("sep=;\nFirst name;Last name;E-mail\nLena;Hoffmann;lena.h@x.example\n", "Lena", "Hoffmann")]
    [InlineData("First name,Last name,E-mail\nLena,Hoffmann,lena.h@x.example,,\n", "Lena", "Hoffmann")]
    public async Task A_person_is_named_by_whatever_names_there_are(string file, string first, string last)
    {
        Assert.Equal(1, (await ImportAsync(file.Split('\n'))).PeopleCreated);
        var person = Assert.Single(await PeopleAsync());
        Assert.Equal((first, last, "lena.h@x.example"), (person.FirstName, person.LastName, person.Email));
    }

    [Theory]
    [InlineData("Chile", "CL")]
    [InlineData("antigua and barbuda", "AG")]
    [InlineData("Antigua & Barbuda", "AG")]
    [InlineData("Holy See (Vatican City State)", "VA")]
    [InlineData("\"Korea, Republic of\"", "KR")]
    [InlineData("The Netherlands", "NL")]
    [InlineData("DEU", "DE")]
    [InlineData("Österreich", "AT")]
    [InlineData("Киргизия", "KG")]
    [InlineData("uk", "GB")]
    public async Task A_country_is_known_by_its_names(string name, string code)
    {
        await ImportAsync("Name,Country", $"Lena Hoffmann,{name}");
        Assert.Equal(code, Assert.Single(await PeopleAsync()).Address.Country);
    }

    [Fact]
    public async Task A_header_alone_is_an_empty_import() => Assert.Equal(0, (await ImportAsync("Name,E-mail")).RowsRead);

    [Fact]
    public async Task Formulas_are_text_and_stay_as_they_are()
    {
        await ImportAsync("Last name,Job title", "=HYPERLINK(),\"=cmd|' /C calc'!A0\"");
        var person = Assert.Single(await PeopleAsync());
        Assert.Equal(("=HYPERLINK()", "=cmd|' /C calc'!A0"), (person.LastName, person.JobTitle));
    }

    [Fact]
    public async Task The_stream_tells_progress_and_each_error_and_ends_with_the_summary()
    {
        var rows = Enumerable.Range(0, 2_500).Select(i => i % 1_000 == 7 ? $"Person {i},nobody" : $"Person {i},p{i}@x.example");
        var messages = await Upload.GrpcAsync(contacts.Imports(_tenant), Upload.Utf8(["Name,E-mail", .. rows]), ImportTarget.People, piece: 333);
        Assert.Equal([1_000L, 2_000L], messages.Where(message => message.Progress is not null).Select(message => message.Progress.RowsRead));
        Assert.Equal([9L, 1_009L, 2_009L], messages.Where(message => message.RowError is not null).Select(message => message.RowError.Line));
        Assert.Equal((2_500L, 2_497L), (messages[^1].Summary.RowsRead, messages[^1].Summary.PeopleCreated));
    }

    [Fact]
    public async Task Over_rest_all_messages_come_as_lines_on_demand()
    {
        using var response = await Upload.SendAsync(Client(), Upload.Utf8("Name,E-mail", "Ann,ann@x.example", "Bob,nobody"), accept: "application/x-ndjson");
        var lines = (await response.Content.ReadAsStringAsync(Token)).TrimEnd().Split('\n').Select(line => Google.Protobuf.JsonParser.Default.Parse<ImportContactsResponse>(line)).ToList();
        Assert.Equal([ImportContactsResponse.MessageOneofCase.RowError, ImportContactsResponse.MessageOneofCase.Summary], lines.Select(line => line.MessageCase));
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_be_and_keeps_nothing()
    {
        var file = Upload.Utf8("Wer,E-mail,Company", "Lena Hoffmann,lena@x.example,Nordwind", "Bob,nobody,");
        var tried = await Upload.RestAsync(Client(), file, "?dryRun=true&column=Wer:name");
        Assert.Equal((2, 1, 1, 1), (tried.RowsRead, tried.PeopleCreated, tried.CompaniesCreated, tried.RowsRejected));
        Assert.Empty(await PeopleAsync());
        Assert.Equal(0L, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{_tenant}'"));
        Assert.Equal(1, (await Upload.RestAsync(Client(), file, "?column=Wer:name")).PeopleCreated);
    }

    [Fact]
    public async Task Parallel_imports_of_one_file_lose_no_row_and_double_none()
    {
        var file = Upload.Utf8(["Name,E-mail,Company", .. Enumerable.Range(0, 1_200).Select(i => $"Person {i},p{i}@x.example,Company {i % 50}")]);
        var summaries = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Upload.RestAsync(Client(), file)));
        Assert.All(summaries, summary => Assert.Equal(0, summary.RowsRejected));
        Assert.Equal((1_200L, 50L), (summaries.Sum(summary => summary.PeopleCreated), summaries.Sum(summary => summary.CompaniesCreated)));
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_done()
    {
        using var writer = contacts.RestFor(_tenant, "contacts.read", "contacts.write");
        using var response = await Upload.SendAsync(writer, Upload.Utf8("Name", "Lena"));
        await Expect.ProblemAsync(response, HttpStatusCode.Forbidden, "PERMISSION_DENIED");
        var client = new ImportsService.ImportsServiceClient(contacts.GrpcFor(_tenant, "contacts.write"));
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(() => Upload.GrpcAsync(client, Upload.Utf8("Name", "Lena"), ImportTarget.People))).StatusCode);
    }

    [Fact]
    public async Task A_form_is_refused_and_says_what_to_send()
    {
        using var response = await Upload.SendAsync(Client(), [1], mediaType: "multipart/form-data; boundary=x");
        await Expect.ProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    private HttpClient Client() => contacts.Rest(_tenant);

    private Task<ImportSummary> ImportAsync(params string[] lines) => Upload.RestAsync(Client(), Upload.Utf8(lines));

    private async Task<IReadOnlyList<Person>> PeopleAsync() => (await contacts.People(_tenant).ListPeopleAsync(new ListPeopleRequest { PageSize = 200 }, cancellationToken: Token)).People;
}
