using System.Net;
using System.Text;
using Contacts.Tests.Imports;
using Platform.Contacts.V1;
using Xunit;

namespace Contacts.Tests.Duplicates;

public sealed class ImportDuplicateFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Reviewers _reviewers = new(contacts);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_that_may_be_there_are_skipped_and_those_that_are_known_are_not()
    {
        var known = await _reviewers.PersonAsync("Lena", "Hoffmann", "+49 221 5550123", "lena@x.example");
        var file = "First name,Last name,E-mail,Phone,Job title\nLena,Hofmann,l@x.example,0049221 5550123,\nLena,Hoffmann,LENA@x.example,,Buyer\nPaul,Stein,p@x.example,,\n";
        var summary = await ImportAsync(file, "?duplicates=skip&duplicateScore=60");
        Assert.Equal((1L, 1L, 1L, 0L), (summary.PeopleCreated, summary.PeopleUpdated, summary.RowsRejected, summary.RowsDuplicate));
        var rejected = Assert.Single(summary.Errors);
        Assert.Equal((2L, "DUPLICATE"), (rejected.Line, rejected.Code));
        Assert.Contains(known.Id, rejected.Message, StringComparison.Ordinal);
        // The same once more brings nothing new.
        Assert.Equal((2L, 1L), await UnchangedAsync(file));

        async Task<(long, long)> UnchangedAsync(string again)
        {
            var second = await ImportAsync(again, "?duplicates=skip&duplicateScore=60");
            return (second.RowsUnchanged, second.RowsRejected);
        }
    }

    [Fact]
    public async Task Rules_compare_the_company_of_a_row_too()
    {
        await _reviewers.RuleAsync(Reviewers.People, DuplicateAction.Refuse, ("last_name", MatchMethod.Normalised), ("company_id", MatchMethod.Exact));
        var company = await _reviewers.CompanyAsync("Globex");
        await contacts.People(_reviewers.Tenant).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Stein", FirstName = "Paul", CompanyId = company.Id } }, cancellationToken: Token);
        var summary = await ImportAsync("First name,Last name,E-mail,Company\nP.,Stein,p@x.example,Globex\nP.,Stein,q@x.example,Other\n", "");
        Assert.Equal((1L, 1L), (summary.RowsRejected, summary.PeopleCreated));
    }

    [Fact]
    public async Task Rows_that_may_be_there_fill_what_is_empty_and_join_the_company_that_is_there()
    {
        var company = await _reviewers.CompanyAsync("Acme GmbH");
        var person = await _reviewers.PersonAsync("Lena", "Hoffmann", "+49 221 5550123");
        var summary = await ImportAsync(
            "First name,Last name,E-mail,Phone,Job title,Company,Website\nlena,HOFFMANN,lena@x.example,,Buyer,ACME Inc.,https://acme.example\nPaul,Stein,p@x.example,,,Acme,\n", "?duplicates=fill&duplicateScore=70");
        Assert.Equal((1L, 1L, 0L, 1L), (summary.PeopleCreated, summary.PeopleUpdated, summary.CompaniesCreated, summary.CompaniesUpdated));
        var filled = await contacts.People(_reviewers.Tenant).GetPersonAsync(new GetPersonRequest { Id = person.Id }, cancellationToken: Token);
        Assert.Equal(("Lena", "lena@x.example", "Buyer", company.Id), (filled.FirstName, filled.Email, filled.JobTitle, filled.CompanyId));
        Assert.Equal("https://acme.example", (await contacts.Companies(_reviewers.Tenant).GetCompanyAsync(new GetCompanyRequest { Id = company.Id }, cancellationToken: Token)).Website);
    }

    [Fact]
    public async Task Where_nothing_is_said_the_rules_decide()
    {
        var lead = await contacts.Leads(_reviewers.Tenant).CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { FirstName = "Eva", LastName = "Roth" } }, cancellationToken: Token);
        const string File = "First name,Last name,E-mail\nEva,Rot,eva@x.example\n";
        Assert.Equal((1L, 0L), await CountAsync("?target=leads&dryRun=true"));
        await _reviewers.RuleAsync("contacts.lead", DuplicateAction.Refuse, ("last_name", MatchMethod.Phonetic), ("first_name", MatchMethod.Exact));
        Assert.Equal((0L, 0L), await CountAsync("?target=leads"));
        Assert.Equal((1L, 0L), await CountAsync("?target=leads&duplicates=create&dryRun=true"));
        await _reviewers.RuleAsync("contacts.lead", DuplicateAction.Warn, ("last_name", MatchMethod.Phonetic), ("first_name", MatchMethod.Exact));
        var warned = await ImportAsync(File, "?target=leads");
        Assert.Equal((1L, 1L), (warned.LeadsCreated, warned.RowsDuplicate));
        var warning = Assert.Single(warned.Warnings);
        Assert.Equal((2L, "DUPLICATE"), (warning.Line, warning.Code));
        Assert.Contains(lead.Id, warning.Message, StringComparison.Ordinal);

        async Task<(long, long)> CountAsync(string query)
        {
            var summary = await ImportAsync(File, query);
            return (summary.LeadsCreated, summary.RowsDuplicate);
        }
    }

    [Theory]
    [InlineData("?duplicates=maybe")]
    [InlineData("?duplicates=skip&duplicateScore=0")]
    [InlineData("?duplicates=skip&duplicateScore=high")]
    public async Task What_cannot_be_followed_is_refused(string query)
    {
        using var rest = contacts.Rest(_reviewers.Tenant);
        using var answer = await Upload.SendAsync(rest, "Last name\nA\n"u8.ToArray(), query);
        await Expect.ProblemAsync(answer, HttpStatusCode.BadRequest, "INVALID_ARGUMENT");
    }

    private async Task<ImportSummary> ImportAsync(string file, string query)
    {
        using var rest = contacts.Rest(_reviewers.Tenant);
        return await Upload.RestAsync(rest, Encoding.UTF8.GetBytes(file), query);
    }
}
