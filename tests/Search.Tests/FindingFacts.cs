using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;
using Platform.Records.V1;
using Platform.Search.V1;
using Xunit;
using Record = Platform.Records.V1.Record;

namespace Search.Tests;

public sealed class FindingFacts(SearchFixture search) : IClassFixture<SearchFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Smirnova")]
    [InlineData("smir")]
    [InlineData("anna smirn")]
    [InlineData("SMIRNOVA anna")]
    [InlineData("smrinova")]
    [InlineData("Smirnva")]
    [InlineData("anna@northwind.example")]
    [InlineData("anna@north")]
    [InlineData("+7 (916) 123-45-67")]
    [InlineData("8 916 123 45 67")]
    [InlineData("9161234567")]
    [InlineData("7916123")]
    public async Task A_person_is_found_by_what_somebody_may_type(string q)
    {
        var person = await search.KeepPersonAsync(_tenant, "Anna", "Smirnova", "anna@northwind.example", "+7 916 123-45-67");
        await search.KeepPersonAsync(_tenant, "Peter", "Brown", "peter@other.example", "+44 20 7946 0000");
        Assert.Equal([person.Id], await search.IdsAsync(_tenant, q));
    }

    [Theory]
    [InlineData("Артём", "Королёв", "артем королев")]
    [InlineData("Артем", "Королев", "АРТЁМ")]
    [InlineData("Андрей", "Майоров", "андреи\u0306 майоров")]
    [InlineData("Андрей", "Майоров", "андрй")]
    [InlineData("José", "Muñoz", "jose munoz")]
    [InlineData("Jürgen", "Groß", "jurgen gross")]
    public async Task Case_accents_and_yo_do_not_matter(string first, string last, string q)
    {
        var person = await search.KeepPersonAsync(_tenant, first, last);
        Assert.Equal([person.Id], await search.IdsAsync(_tenant, q));
    }

    [Theory]
    [InlineData("brown")]
    [InlineData("anna brown")]
    [InlineData("nna")]
    [InlineData("9161234568")]
    [InlineData("anna@northwind.example.org")]
    [InlineData("%%")]
    [InlineData("-- ; '")]
    public async Task What_is_not_there_is_not_found(string q)
    {
        var person = await search.KeepPersonAsync(_tenant, "Anna", "Smirnova", "anna@northwind.example", "+7 916 123-45-67");
        await search.KeepPersonAsync(_tenant, "Percent", "%%");
        Assert.Equal([person.Id], await search.IdsAsync(_tenant, "9161234567"));
        Assert.Empty(await search.IdsAsync(_tenant, q));
    }

    [Theory]
    [InlineData("%")]
    [InlineData(" a ")]
    [InlineData("")]
    public Task Less_than_two_characters_are_refused(string q) =>
        Refusal.OfAsync("INVALID_ARGUMENT", search.SearchOf(_tenant).SearchAsync(new SearchRequest { Q = q }, cancellationToken: Token));

    [Fact]
    public async Task Exact_values_come_first_then_whole_words_then_beginnings_then_what_is_close()
    {
        var close = await search.KeepPersonAsync(_tenant, "Marta", "Wober");
        var begins = await search.KeepPersonAsync(_tenant, "Marta", "Weberling");
        var whole = await search.KeepPersonAsync(_tenant, "Marta", "Weber");
        Assert.Equal([whole.Id, begins.Id, close.Id], await search.IdsAsync(_tenant, "weber"));
        var exact = await search.KeepPersonAsync(_tenant, "M.", "W.", "marta@weber.example");
        await search.KeepPersonAsync(_tenant, "Marta", "Example", "marta@weber.example.org");
        Assert.Equal(exact.Id, (await search.IdsAsync(_tenant, "Marta@Weber.example"))[0]);
    }

    [Fact]
    public async Task Of_equals_the_newest_comes_first_and_every_record_is_on_one_page()
    {
        var people = new List<string>();
        for (var i = 0; i < 7; i++)
            people.Add((await search.KeepPersonAsync(_tenant, "Same", "Name")).Id);
        people.Reverse();
        var (found, request) = (new List<string>(), new SearchRequest { Q = "same name", PageSize = 3 });
        do
        {
            var page = await search.SearchOf(_tenant).SearchAsync(request, cancellationToken: Token);
            Assert.InRange(page.Hits.Count, 1, 3);
            Assert.Equal(found.Count == 0 ? 7 : 0, page.Facets.Sum(facet => facet.Count));
            found.AddRange(page.Hits.Select(hit => hit.Id));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        Assert.Equal(people, found);
    }

    [Fact]
    public async Task A_token_is_of_its_own_search_and_company()
    {
        for (var i = 0; i < 3; i++)
            await search.KeepPersonAsync(_tenant, "Same", "Name");
        var first = await search.SearchOf(_tenant).SearchAsync(new SearchRequest { Q = "same", PageSize = 1 }, cancellationToken: Token);
        await Refusal.OfAsync("INVALID_ARGUMENT", search.SearchOf(_tenant).SearchAsync(new SearchRequest { Q = "name", PageToken = first.NextPageToken }, cancellationToken: Token));
        await Refusal.OfAsync("INVALID_ARGUMENT", search.SearchOf(Guid.CreateVersion7()).SearchAsync(new SearchRequest { Q = "same", PageToken = first.NextPageToken }, cancellationToken: Token));
        await Refusal.OfAsync("INVALID_ARGUMENT", search.SearchOf(_tenant).SearchAsync(new SearchRequest { Q = "same", PageToken = "x" }, cancellationToken: Token));
        await Refusal.OfAsync("INVALID_ARGUMENT", search.SearchOf(_tenant).SearchAsync(new SearchRequest { Q = "same", Types_ = { "deals.pipeline" } }, cancellationToken: Token));
        await Refusal.OfAsync("INVALID_ARGUMENT", search.SearchOf(_tenant).SearchAsync(new SearchRequest { Q = "same", PageSize = 51 }, cancellationToken: Token));
    }

    [Fact]
    public async Task Records_of_every_kind_are_found_and_counted_by_kind()
    {
        search.Fields.SetObjects(_tenant, [new() { Key = "machine", PluralKey = "machines", Resource = "records.machine" }],
            new Platform.CustomFields.V1.Field { Resource = "records.machine", Key = "serial", Type = Platform.CustomFields.V1.FieldType.Text, Label = "Serial" });
        await search.KeepPersonAsync(_tenant, "Zorro", "One");
        await search.KeepAsync(_tenant, new CompanyCreated { Company = new Company { Id = NewId(), Name = "Zorro Ltd" } });
        await search.KeepAsync(_tenant, new LeadCreated { Lead = new Lead { Id = NewId(), LastName = "Zorro" } });
        await search.KeepAsync(_tenant, new ActivityCreated { Activity = new Activity { Id = NewId(), Subject = "Call", Body = "About Zorro" } });
        await search.KeepAsync(_tenant, new DealCreated { Deal = new Deal { Id = NewId(), Name = "Big", LineItems = { new LineItem { ProductCode = "Z-1", Description = "Mask of Zorro" } } } });
        await search.KeepAsync(_tenant, new QuoteCreated { Quote = new Quote { Id = NewId(), Name = "Offer", Terms = "As Zorro wants" } });
        await search.KeepAsync(_tenant, new InvoiceIssued { Invoice = new Invoice { Id = NewId(), Number = "INV-2026-000042", Buyer = new Party { Name = "Zorro" } } });
        await search.KeepAsync(_tenant, new Platform.Inventory.V1.ProductCreated { Product = new Platform.Inventory.V1.Product { Id = NewId(), Code = "ZORRO-1", Name = "Mask" } });
        await search.KeepAsync(_tenant, new RecordCreated { Record = new Record { Id = NewId(), Resource = "records.machine", Name = "Mill", CustomFields = new() { Fields = { ["serial"] = Google.Protobuf.WellKnownTypes.Value.ForString("zorro-7") } } } });
        var found = await search.FindAsync(_tenant, "zorro");
        string[] all = ["contacts.activity", "contacts.company", "contacts.lead", "contacts.person", "deals.deal", "deals.quote", "finance.invoice", "inventory.product", "records.machine"];
        Assert.Equal(all, found.Hits.Select(hit => hit.Type).Order());
        Assert.Equal(all.Select(type => (type, 1)), found.Facets.Select(facet => (facet.Type, facet.Count)).Order());
        Assert.False(found.FacetsPartial);
        Assert.Equal(["deals.deal", "records.machine"], (await search.FindAsync(_tenant, "zorro", "deals.deal", "records.machine")).Hits.Select(hit => hit.Type).Order());
        Assert.Equal("INV-2026-000042 Zorro", Assert.Single((await search.FindAsync(_tenant, "inv-2026-000042")).Hits).Title);
    }

    [Fact]
    public async Task A_quote_and_a_draft_of_an_invoice_are_found_as_they_are_now_until_they_are_deleted()
    {
        var (quote, draft) = (new Quote { Id = NewId(), Name = "Windmill", Buyer = new QuoteParty { Name = "Sancho Ltd" } }, new Invoice { Id = NewId(), Buyer = new Party { Name = "Sancho" } });
        await search.KeepAsync(_tenant, new QuoteCreated { Quote = quote });
        await search.KeepAsync(_tenant, new InvoiceCreated { Invoice = draft });
        Assert.Equal(((string[])[draft.Id, quote.Id]).Order(), (await search.IdsAsync(_tenant, "sancho")).Order());
        await search.KeepAsync(_tenant, new QuoteSent { Quote = new Quote(quote) { Number = "Q-2026-000007" } });
        await search.KeepAsync(_tenant, new InvoiceUpdated { Invoice = new Invoice(draft) { Buyer = new Party { Name = "Rosinante" } } });
        Assert.Equal("Q-2026-000007 Windmill", Assert.Single((await search.FindAsync(_tenant, "q-2026-000007")).Hits).Title);
        Assert.Equal([quote.Id], await search.IdsAsync(_tenant, "sancho"));
        // Who may see no deals sees no quotes, and whom a policy hides one from does not find it.
        Assert.Empty((await search.SearchOf(_tenant, "finance.read").SearchAsync(new SearchRequest { Q = "sancho" }, cancellationToken: Token)).Hits);
        search.Hidden[quote.Id] = 0;
        Assert.Empty(await search.IdsAsync(_tenant, "sancho"));
        search.Hidden.TryRemove(quote.Id, out _);
        await search.KeepAsync(_tenant, new QuoteDeleted { Id = quote.Id });
        await search.KeepAsync(_tenant, new InvoiceDeleted { Id = draft.Id });
        Assert.Empty(await search.IdsAsync(_tenant, "sancho"));
        Assert.Empty(await search.IdsAsync(_tenant, "rosinante"));
    }

    [Fact]
    public async Task Hits_say_where_they_were_found()
    {
        var text = string.Concat(Enumerable.Repeat("нечто иное ", 30)) + "и <b>Ёлка</b> 🎄 в конце";
        await search.KeepAsync(_tenant, new ActivityCreated { Activity = new Activity { Id = NewId(), Subject = "Заметка", Body = text } });
        var fragment = Assert.Single(Assert.Single((await search.FindAsync(_tenant, "елка")).Hits).Fragments);
        Assert.Equal(("body", true), (fragment.Field, fragment.Cut));
        var mark = Assert.Single(fragment.Marks);
        Assert.Equal("Ёлка", fragment.Text.Substring(mark.Start, mark.Length));
        Assert.Contains("<b>", fragment.Text, StringComparison.Ordinal);
        var person = await search.KeepPersonAsync(_tenant, "Anna", "Annenkova", "anna@north.example");
        var hit = Assert.Single((await search.FindAsync(_tenant, "ann")).Hits);
        Assert.Equal((person.Id, "Anna Annenkova"), (hit.Id, hit.Title));
        Assert.Equal(["Annenkova", "Anna", "anna"], hit.Fragments.Select(found => found.Text.Substring(found.Marks[0].Start, found.Marks[0].Length)));
    }

    [Fact]
    public async Task Rest_takes_the_same_words()
    {
        var person = await search.KeepPersonAsync(_tenant, "Anna", "Smirnova");
        using var client = search.RestFor(_tenant, SearchFixture.Readers);
        var answer = await client.GetStringAsync(new Uri("/api/v1/search?q=anna&types=contacts.person&page_size=5", UriKind.Relative), Token);
        Assert.Contains(person.Id, answer, StringComparison.Ordinal);
    }

    private static string NewId() => $"{Guid.CreateVersion7()}";
}
