using Grpc.Core;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Deals.V1;
using Platform.Search.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Search.Tests;

public sealed class RightFacts(SearchFixture search) : IClassFixture<SearchFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_company_finds_nothing()
    {
        var person = await search.KeepPersonAsync(_tenant, "Anna", "Smirnova");
        Assert.Empty(await search.IdsAsync(Guid.CreateVersion7(), "smirnova"));
        Assert.Equal([person.Id], await search.IdsAsync(_tenant, "smirnova"));
        await Refusal.OfAsync("UNAUTHENTICATED", new SearchService.SearchServiceClient(search.Grpc("none")).SearchAsync(new SearchRequest { Q = "anna" }, cancellationToken: Token));
    }

    [Fact]
    public async Task Only_types_that_the_roles_let_read_are_searched()
    {
        await search.KeepPersonAsync(_tenant, "Anna", "Smirnova");
        await search.KeepAsync(_tenant, new DealCreated { Deal = new Deal { Id = $"{Guid.CreateVersion7()}", Name = "Smirnova's" } });
        var found = await search.SearchOf(_tenant, "deals.read").SearchAsync(new SearchRequest { Q = "smirnova" }, cancellationToken: Token);
        Assert.Equal("deals.deal", Assert.Single(found.Hits).Type);
        Assert.Equal("deals.deal", Assert.Single(found.Facets).Type);
        var none = await search.SearchOf(_tenant, "deals.read").SearchAsync(new SearchRequest { Q = "smirnova", Types_ = { "contacts.person" } }, cancellationToken: Token);
        Assert.Equal(new SearchResponse(), none);
    }

    [Fact]
    public async Task What_the_owner_does_not_show_is_neither_found_nor_counted_and_the_page_is_filled_with_others()
    {
        var people = new List<Person>();
        for (var i = 0; i < 6; i++)
            people.Add(await search.KeepPersonAsync(_tenant, "Same", "Name"));
        foreach (var hidden in people.Where((_, at) => at % 2 == 1))
            search.Hidden[hidden.Id] = 0;
        var page = await search.SearchOf(_tenant).SearchAsync(new SearchRequest { Q = "same", PageSize = 2 }, cancellationToken: Token);
        Assert.Equal([people[4].Id, people[2].Id], page.Hits.Select(hit => hit.Id));
        Assert.Equal(3, Assert.Single(page.Facets).Count);
        var last = await search.SearchOf(_tenant).SearchAsync(new SearchRequest { Q = "same", PageSize = 2, PageToken = page.NextPageToken }, cancellationToken: Token);
        Assert.Equal((people[0].Id, ""), (Assert.Single(last.Hits).Id, last.NextPageToken));
    }

    [Theory]
    [InlineData(FieldAccess.Hidden)]
    [InlineData(FieldAccess.Masked)]
    public async Task A_field_that_the_caller_may_not_read_neither_matches_nor_is_shown(FieldAccess access)
    {
        var person = await search.KeepPersonAsync(_tenant, "Anna", "Smirnova", "secret@north.example", "+7 916 123-45-67");
        var user = Guid.CreateVersion7();
        search.Access.Set(_tenant, new Access
        {
            UserId = $"{user}",
            Permissions = { SearchFixture.Readers },
            Policies = { new AccessPolicy { Id = $"{Guid.CreateVersion7()}", Name = "No addresses", Resource = "contacts.person", FieldRules = { Rule("email"), Rule("phone"), Rule("last_name") } } },
        });
        var client = new SearchService.SearchServiceClient(search.Grpc(TestTokens.ForPerson(_tenant, user, SearchFixture.Readers)));
        foreach (var q in new[] { "secret@north.example", "secret", "smirnova", "smrinova", "9161234567", "anna smirnova" })
            Assert.Empty((await client.SearchAsync(new SearchRequest { Q = q }, cancellationToken: Token)).Hits);
        var hit = Assert.Single((await client.SearchAsync(new SearchRequest { Q = "anna" }, cancellationToken: Token)).Hits);
        Assert.Equal((person.Id, "Anna", "first_name"), (hit.Id, hit.Title, Assert.Single(hit.Fragments).Field));

        FieldRule Rule(string path) => new() { Path = path, Access = access };
    }

    [Fact]
    public async Task Confidential_fields_are_not_in_the_index_and_deleted_ones_are_not_searched()
    {
        Field note = new() { Resource = "contacts.person", Key = "note", Type = FieldType.Text, Label = "Note" };
        search.Fields.Set(_tenant, note, new Field { Resource = "contacts.person", Key = "salary", Type = FieldType.Confidential, Label = "Salary" });
        var person = new Person { Id = $"{Guid.CreateVersion7()}", LastName = "Smirnova", CustomFields = new() { Fields = { ["note"] = Text("likes chess"), ["salary"] = Text("millions") } } };
        await search.KeepAsync(_tenant, new PersonCreated { Person = person });
        Assert.Equal([person.Id], await search.IdsAsync(_tenant, "chess"));
        Assert.Empty(await search.IdsAsync(_tenant, "millions"));
        Assert.Equal(0, await search.Database.QueryAsync<long>($"SELECT count(*) FROM search_words WHERE tenant_id = '{_tenant}' AND word = 'millions'"));
        Assert.Equal(0, await search.Database.QueryAsync<long>($"SELECT count(*) FROM search_entries WHERE tenant_id = '{_tenant}' AND texts::text LIKE '%millions%'"));
        await search.KeepAsync(_tenant, new FieldsChanged { Version = search.Fields.Set(_tenant), Field = note });
        Assert.Empty(await search.IdsAsync(_tenant, "chess"));
        Assert.Single(Assert.Single((await search.FindAsync(_tenant, "smirnova")).Hits).Fragments);

        static Google.Protobuf.WellKnownTypes.Value Text(string text) => Google.Protobuf.WellKnownTypes.Value.ForString(text);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_hides_its_own_records_only()
    {
        await search.KeepPersonAsync(_tenant, "Anna", "Smirnova");
        await search.KeepAsync(_tenant, new DealCreated { Deal = new Deal { Id = $"{Guid.CreateVersion7()}", Name = "Smirnova's" } });
        search.Down[(_tenant, "contacts")] = StatusCode.Unavailable;
        var found = await search.FindAsync(_tenant, "smirnova");
        Assert.Equal("deals.deal", Assert.Single(found.Hits).Type);
        Assert.Equal(["contacts.person"], found.UnavailableTypes);
        Assert.Equal("deals.deal", Assert.Single(found.Facets).Type);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_asked_once_a_search()
    {
        await KeepManyAsync();
        search.Down[(_tenant, "contacts")] = StatusCode.DeadlineExceeded;
        var found = await search.FindAsync(_tenant, "many");
        Assert.Equal((0, ""), (found.Hits.Count, found.NextPageToken));
        Assert.Equal(["contacts.person"], found.UnavailableTypes);
        Assert.Single(search.Asked, asked => asked.Tenant == _tenant);
    }

    [Fact]
    public async Task All_that_a_search_asks_has_one_deadline()
    {
        foreach (var person in await KeepManyAsync())
            search.Hidden[person.Id] = 0;
        Assert.Empty(await search.IdsAsync(_tenant, "many"));
        var asked = search.Asked.Where(asked => asked.Tenant == _tenant).ToList();
        Assert.Equal(2, asked.Count);
        Assert.NotNull(Assert.Single(asked.Select(one => one.Deadline).Distinct()));
    }

    // More than one look at the index finds.
    private Task<Person[]> KeepManyAsync() => Task.WhenAll(Enumerable.Range(0, 310).Select(_ => search.KeepPersonAsync(_tenant, "Many", "Names")));
}
