using System.Text;
using Contacts.Tests.Imports;
using Platform.Contacts.V1;
using Xunit;

namespace Contacts.Tests.Duplicates;

public sealed class ReviewQueueFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Reviewers _reviewers = new(contacts);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleService.PeopleServiceClient People => contacts.People(_reviewers.Tenant);

    [Fact]
    public async Task What_is_the_same_comes_into_the_queue_as_it_is_written_and_nothing_else_does()
    {
        var (meyer, maier, other) = (await _reviewers.PersonAsync("Anna", "Meyer", "+49 30 1234567"), await _reviewers.PersonAsync("Anna", "Mayer", "0049 30 123 45 67"), await _reviewers.PersonAsync("Boris", "Meyer"));
        var (acme, limited) = (await _reviewers.CompanyAsync("Acme GmbH & Co. KG"), await _reviewers.CompanyAsync("ACME"));
        await _reviewers.CompanyAsync("Globex 1");
        await _reviewers.CompanyAsync("Globex 2");
        var found = await _reviewers.QueueAsync(pairs: 2);
        var people = Assert.Single(found, pair => pair.Resource == Reviewers.People);
        Assert.Equal((meyer.Id, maier.Id), (people.FirstId, people.SecondId));
        Assert.True(people.Score is > 0 and <= 100);
        var companies = Assert.Single(found, pair => pair.Resource == "contacts.company");
        Assert.Equal((acme.Id, limited.Id, "Same name but for the legal form"), (companies.FirstId, companies.SecondId, companies.Reasons[0]));
        await _reviewers.ComparedAsync();
        Assert.DoesNotContain(await _reviewers.ListAsync(), pair => pair.FirstId == other.Id || pair.SecondId == other.Id);
    }

    [Fact]
    public async Task What_is_renamed_leaves_and_comes_and_what_is_deleted_leaves()
    {
        var (one, two) = (await _reviewers.PersonAsync("Ida", "Keller"), await _reviewers.PersonAsync("Ida", "Schulz"));
        await RenameAsync(two, "Keller");
        await _reviewers.QueueAsync(pairs: 1);
        await RenameAsync(one, "Brandt");
        await _reviewers.QueueAsync(pairs: 0);
        var third = await _reviewers.PersonAsync("Ida", "Brandt");
        await _reviewers.QueueAsync(pairs: 1);
        await People.DeletePersonAsync(new DeletePersonRequest { Id = third.Id }, cancellationToken: Token);
        await _reviewers.ComparedAsync();
        Assert.Equal(0, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM duplicate_pairs WHERE tenant_id = '{_reviewers.Tenant}'"));
    }

    [Fact]
    public async Task A_dismissed_pair_is_never_shown_again_and_pages_tell_each_pair_once()
    {
        for (var i = 0; i < 3; i++)
            await _reviewers.PersonAsync("Ida", "Same");
        await _reviewers.QueueAsync(pairs: 3);
        var first = await _reviewers.Duplicates.ListDuplicatesAsync(new ListDuplicatesRequest { PageSize = 2 }, cancellationToken: Token);
        var second = await _reviewers.Duplicates.ListDuplicatesAsync(new ListDuplicatesRequest { PageSize = 2, PageToken = first.NextPageToken }, cancellationToken: Token);
        Assert.Equal(3, first.Duplicates.Concat(second.Duplicates).Select(pair => pair.Id).Distinct().Count());
        var dismissed = first.Duplicates[0];
        await _reviewers.DismissAsync(dismissed.SecondId, dismissed.FirstId);
        await _reviewers.DismissAsync(dismissed.FirstId, dismissed.SecondId);
        Assert.Equal(2, (await _reviewers.ListAsync()).Count);
        await RenameAsync(new Person { Id = dismissed.FirstId }, "SAME");
        var another = await _reviewers.PersonAsync("Ida", "Same");
        await _reviewers.QueueAsync(pairs: 5);
        await _reviewers.SweepAsync();
        Assert.Equal(5, (await _reviewers.ListAsync()).Count(pair => pair.Id != dismissed.Id));
        // Before anything has found it, too.
        var late = await _reviewers.PersonAsync("Ida", "Same");
        await _reviewers.DismissAsync(late.Id, another.Id);
        await _reviewers.QueueAsync(pairs: 8);
        Assert.Equal(2, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM audit_entries WHERE tenant_id = '{_reviewers.Tenant}' AND action = 'dismiss'"));
    }

    [Fact]
    public async Task A_pair_is_merged_from_the_queue_and_comes_back_with_the_merge()
    {
        var (one, two, three) = (await _reviewers.PersonAsync("Ida", "Lang"), await _reviewers.PersonAsync("Ida", "Lang"), await _reviewers.PersonAsync("Ida", "Lang"));
        await _reviewers.QueueAsync(pairs: 3);
        await _reviewers.DismissAsync(two.Id, three.Id);
        var pair = Assert.Single(await _reviewers.ListAsync(), pair => pair.SecondId == two.Id);
        await People.MergePersonAsync(new MergePersonRequest { Id = pair.FirstId, Merged = { new MergedRecord { Id = pair.SecondId } } }, cancellationToken: Token);
        Assert.Equal((one.Id, three.Id), (Assert.Single(await _reviewers.ListAsync()).FirstId, Assert.Single(await _reviewers.ListAsync()).SecondId));
        await _reviewers.SweepAsync();
        await People.UnmergePersonAsync(new UnmergePersonRequest { Id = one.Id }, cancellationToken: Token);
        await _reviewers.QueueAsync(pairs: 2);
        await _reviewers.ComparedAsync();
        Assert.DoesNotContain(await _reviewers.ListAsync(), left => left.FirstId == two.Id && left.SecondId == three.Id);
    }

    [Fact]
    public async Task People_who_come_to_one_company_by_a_merge_are_compared()
    {
        await _reviewers.RuleAsync(Reviewers.People, DuplicateAction.Review, ("last_name", MatchMethod.Normalised), ("company_id", MatchMethod.Exact));
        await _reviewers.SweptAsync();
        var (stays, part) = (await _reviewers.CompanyAsync("North"), await _reviewers.CompanyAsync("South"));
        foreach (var company in new[] { stays, part })
            await People.CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Same", CompanyId = company.Id } }, cancellationToken: Token);
        await _reviewers.ComparedAsync();
        Assert.Empty(await _reviewers.ListAsync(Reviewers.People));
        await contacts.Companies(_reviewers.Tenant).MergeCompanyAsync(new MergeCompanyRequest { Id = stays.Id, Merged = { new MergedRecord { Id = part.Id } } }, cancellationToken: Token);
        await _reviewers.QueueAsync(pairs: 1, Reviewers.People);
    }

    [Fact]
    public async Task A_lead_that_became_a_person_is_no_duplicate_any_more()
    {
        var leads = contacts.Leads(_reviewers.Tenant);
        var lead = new Lead { FirstName = "Eva", LastName = "Roth", Email = "eva@roth.example" };
        var first = await leads.CreateLeadAsync(new CreateLeadRequest { Lead = lead }, cancellationToken: Token);
        await leads.CreateLeadAsync(new CreateLeadRequest { Lead = lead }, cancellationToken: Token);
        await _reviewers.QueueAsync(pairs: 1, "contacts.lead");
        await leads.ConvertLeadAsync(new ConvertLeadRequest { Id = first.Id }, cancellationToken: Token);
        await _reviewers.QueueAsync(pairs: 0, "contacts.lead");
    }

    [Fact]
    public async Task An_import_is_compared_as_a_whole()
    {
        await _reviewers.PersonAsync("Lena", "Hoffmann", "+49 221 5550123");
        using var rest = contacts.Rest(_reviewers.Tenant);
        await Upload.RestAsync(rest, Encoding.UTF8.GetBytes("First name,Last name,E-mail,Phone\nLena,Hofman,lena@x.example,0049221 5550123\nPaul,Stein,p@x.example,\nPaul,Stein,paul@x.example,\n"));
        Assert.Equal(2, (await _reviewers.QueueAsync(pairs: 2)).SelectMany(pair => new[] { pair.FirstId, pair.SecondId }).Distinct().Count() / 2);
    }

    [Fact]
    public async Task A_sweep_finds_what_was_there_before_and_goes_on_over_many_keys()
    {
        await contacts.Database.ExecuteAsync(
            $"""
            INSERT INTO people (tenant_id, id, first_name, last_name, email, phone, job_title, language, custom_fields, create_time, update_time)
            SELECT '{_reviewers.Tenant}'::uuid, gen_random_uuid(), 'Kim', 'Doe' || (i % 450), '', '', '', '', CAST('{"{}"}' AS jsonb), now(), now() FROM generate_series(1, 900) AS i
            UNION ALL SELECT '{_reviewers.Tenant}'::uuid, gen_random_uuid(), 'Kim', 'Everybody', '', '', '', '', CAST('{"{}"}' AS jsonb), now(), now() FROM generate_series(1, 101) AS i
            """);
        await _reviewers.SweepAsync();
        // Each pair, but not what too many share.
        Assert.Equal((450L, 900L), (await CountAsync("count(*)"), await CountAsync("count(DISTINCT first_id) + count(DISTINCT second_id)")));
        // What no longer matches leaves with the next one.
        await contacts.Database.ExecuteAsync($"UPDATE people SET last_name = 'Single' WHERE tenant_id = '{_reviewers.Tenant}' AND last_name = 'Doe7' AND id = (SELECT max(id::text)::uuid FROM people WHERE tenant_id = '{_reviewers.Tenant}' AND last_name = 'Doe7')");
        await _reviewers.SweepAsync();
        Assert.Equal(449L, await CountAsync("count(*)"));
    }

    private Task<long> CountAsync(string what) => contacts.Database.QueryAsync<long>($"SELECT {what} FROM duplicate_pairs WHERE tenant_id = '{_reviewers.Tenant}'");

    private async Task RenameAsync(Person person, string name) =>
        await People.UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = person.Id, LastName = name } }, cancellationToken: Token);
}
