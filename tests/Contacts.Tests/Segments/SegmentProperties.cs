using CsCheck;
using Platform.Contacts.V1;
using Xunit;

namespace Contacts.Tests.Segments;

/// <summary>After any edits, the members are those that pass.</summary>
public sealed class SegmentProperties(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] Titles = ["CEO", "CFO", ""];
    private static readonly string[] Filters = ["job_title = \"CEO\"", "job_title != \"CEO\"", "job_title = null OR company.name : \"steel\"", "NOT company.name = \"Wood\" AND job_title:*"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Membership_equals_an_evaluation_of_all_records()
    {
        var edits = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 7], Gen.Int[0, 2], Gen.Int[0, 2]).Array[12, 25];
        await edits.SampleAsync(CheckAsync, iter: 4, threads: 1);
    }

    private async Task CheckAsync((int Kind, int Person, int Title, int Company)[] edits)
    {
        var keeper = new Keeper(contacts);
        var segments = new List<Segment>();
        foreach (var filter in Filters)
            segments.Add(await keeper.DynamicAsync(filter));
        string[] companies = ["", (await keeper.CompanyAsync("Steel")).Id, (await keeper.CompanyAsync("Wood")).Id];
        var people = new string[8];
        foreach (var (kind, at, title, company) in edits)
            await EditAsync(keeper, people, kind, at, Titles[title], companies, company);
        await keeper.LookedAtAsync();
        foreach (var segment in segments)
            Assert.Equal(await IdsAsync(keeper, segment.Filter), (await keeper.MembersAsync(segment.Id)).People.Select(person => person.Id).Order(StringComparer.Ordinal));
    }

    private static async Task EditAsync(Keeper keeper, string?[] people, int kind, int at, string title, string[] companies, int company)
    {
        switch (kind)
        {
            case 0 when company > 0:
                await keeper.Companies.UpdateCompanyAsync(new UpdateCompanyRequest { Company = new Company { Id = companies[company], Name = $"{(at % 2 == 0 ? "Steel" : "Wood")}{(at > 3 ? $" {company}" : $"{company}{company}")}" } }, cancellationToken: Token);
                break;
            case 1 when people[at] is { } gone:
                await keeper.People.DeletePersonAsync(new DeletePersonRequest { Id = gone }, cancellationToken: Token);
                people[at] = null;
                break;
            case 2 when people[at] is { } one && people[(at + 1) % people.Length] is { } other:
                await keeper.People.MergePersonAsync(new MergePersonRequest { Id = one, Merged = { new MergedRecord { Id = other } } }, cancellationToken: Token);
                people[(at + 1) % people.Length] = null;
                break;
            default:
                people[at] = people[at] is { } known
                    ? (await keeper.People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = known, JobTitle = title, CompanyId = companies[company] }, UpdateMask = new() { Paths = { "job_title", "company_id" } } }, cancellationToken: Token)).Id
                    : (await keeper.PersonAsync($"Person {at}", title, companies[company])).Id;
                break;
        }
    }

    private static async Task<IEnumerable<string>> IdsAsync(Keeper keeper, string filter) =>
        (await keeper.People.ListPeopleAsync(new ListPeopleRequest { Filter = filter, PageSize = 200 }, cancellationToken: Token)).People.Select(person => person.Id).Order(StringComparer.Ordinal);
}
