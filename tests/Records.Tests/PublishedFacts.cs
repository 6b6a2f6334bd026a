using System.Net;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Records.Tests;

/// <summary>What anybody may read of a company's records, who has no account and knows an address.</summary>
public sealed class PublishedFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Site => $"acme-{_tenant}";

    // Somebody of another company, who is nobody here.
    private PublishedService.PublishedServiceClient Anybody => new(records.GrpcFor(Guid.CreateVersion7()));

    [Fact]
    public async Task Of_a_public_object_the_published_records_are_read_and_the_named_fields_alone()
    {
        await PublishAsync();
        await WriteAsync("Opening hours", "opening-hours", published: true, "We are here from **nine** to five.", "visit");
        await WriteAsync("Draft", "draft", published: false, "Not yet.", "visit");
        await WriteAsync("No address", "", published: true, "Nowhere.", "visit");
        var list = await Anybody.ListPublishedAsync(new ListPublishedRequest { Site = Site }, cancellationToken: Token);
        var article = Assert.Single(list.Records);
        Assert.Equal(("opening-hours", "Opening hours", "About Opening hours", "", "Visiting us"), (article.Slug, article.Title, article.Summary, article.Body, article.Category.Label));
        Assert.Equal(("Acme", "Articles"), (list.Site.Title, list.Title));
        Assert.Equal(["visit", "pay"], list.Categories.Select(category => category.Key));
        var read = await Anybody.GetPublishedAsync(new GetPublishedRequest { Site = Site, Slug = "opening-hours" }, cancellationToken: Token);
        Assert.Equal("We are here from **nine** to five.", read.Record.Body);
        Assert.All((string[])["margin", "confidential words", $"\"{_tenant}\""], secret => Assert.DoesNotContain(secret, read.ToString() + list, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_is_searched_in_what_is_shown_and_narrowed_to_a_category()
    {
        await PublishAsync();
        await WriteAsync("Opening hours", "opening-hours", published: true, "From nine to five.", "visit");
        await WriteAsync("Invoices", "invoices", published: true, "Within 14 days \"net\".", "pay");
        Assert.Equal(["invoices"], await SlugsAsync(query: "14 DAYS \"net\""));
        Assert.Equal(["opening-hours"], await SlugsAsync(query: "opening"));
        Assert.Empty(await SlugsAsync(query: "confidential words"));
        Assert.Empty(await SlugsAsync(query: "*"));
        Assert.Equal(["invoices"], await SlugsAsync(category: "pay"));
        Assert.Empty(await SlugsAsync(category: "pay\" OR name : \"Open"));
        Assert.Equal(["invoices", "opening-hours"], await SlugsAsync());
    }

    [Fact]
    public async Task Whoever_guesses_learns_nothing_whatever_the_reason()
    {
        await PublishAsync();
        await WriteAsync("Draft", "draft", published: false, "Not yet.", "visit");
        var elsewhere = new PublishedFacts(records);
        await elsewhere.PublishAsync();
        await elsewhere.WriteAsync("Theirs", "theirs", published: true, "Theirs.", "visit");
        string[] refusals = [
            await RefusedAsync(Site, "draft"), await RefusedAsync(Site, "theirs"), await RefusedAsync(Site, "DRAFT"), await RefusedAsync("nobody", "x"), await RefusedAsync(Site, ""), await RefusedAsync("", "x"),
        ];
        Assert.Equal("PAGE_UNKNOWN There is no such page, or not any more.", Assert.Single(refusals.Distinct()));
        // A token makes no difference: neither of the company nor of another one.
        var member = new PublishedService.PublishedServiceClient(records.GrpcFor(_tenant, RecordsFixture.All));
        await Expect.FailsAsync("PAGE_UNKNOWN", member.GetPublishedAsync(new GetPublishedRequest { Site = Site, Slug = "draft" }, cancellationToken: Token));
    }

    [Fact]
    public async Task What_is_withdrawn_or_of_a_company_that_is_suspended_is_gone_at_once()
    {
        var known = await PublishAsync();
        await WriteAsync("Opening hours", "opening-hours", published: true, "From nine to five.", "visit");
        using var anybody = records.Rest(null);
        var address = new Uri($"/api/v1/objects:publishedRecord?site={Site}&slug=opening-hours", UriKind.Relative);
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync(address, Token)).StatusCode);
        records.Sites.Companies[$"{_tenant}"] = new Tenant { Slug = Site, DisplayName = "Acme", State = TenantState.Suspended, Modules = { "records" } };
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(address, Token)).StatusCode);
        records.Sites.Companies[$"{_tenant}"] = new Tenant { Slug = Site, DisplayName = "Acme", State = TenantState.Active, Modules = { "contacts" } };
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(address, Token)).StatusCode);
        Assert.True(records.Sites.Companies.TryRemove($"{_tenant}", out _));
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync(address, Token)).StatusCode);
        await PublishAsync(known, isPublic: false);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(address, Token)).StatusCode);
        Assert.Equal(0, await records.Database.QueryAsync<long>($"SELECT count(*) FROM public_addresses WHERE tenant_id = '{_tenant}'"));
    }

    [Fact]
    public async Task The_database_of_another_company_that_is_away_hides_no_page()
    {
        await PublishAsync();
        await WriteAsync("Opening hours", "opening-hours", published: true, "From nine to five.", "visit");
        var away = Guid.CreateVersion7();
        await records.Database.ExecuteAsync($"INSERT INTO platform.placements (tenant_id, database_name) VALUES ('{away}', 'away_{away:N}')");
        try
        {
            Assert.Equal(["opening-hours"], await SlugsAsync());
        }
        finally
        {
            await records.Database.ExecuteAsync($"DELETE FROM platform.placements WHERE tenant_id = '{away}'");
        }

        // What was found is kept for a moment: the next reader asks nobody whose page it is.
        await records.Database.ExecuteAsync($"DELETE FROM public_addresses WHERE tenant_id = '{_tenant}'");
        Assert.Equal(["opening-hours"], await SlugsAsync());
    }

    private async Task<ObjectType> PublishAsync(ObjectType? known = null, bool isPublic = true)
    {
        known ??= RecordsFixture.Kind("article", "articles");
        known.PluralLabel = "Articles";
        known.Publication = isPublic ? new Publication { SlugField = "slug", PublishedField = "published", BodyField = "body", SummaryField = "summary", CategoryField = "topic" } : null;
        var version = records.Fields.SetObjects(_tenant, [known],
            Of("slug", FieldType.Text), Of("published", FieldType.Boolean), Of("body", FieldType.LongText), Of("summary", FieldType.Text), Of("margin", FieldType.Text),
            new Field
            {
                Resource = "records.article",
                Key = "topic",
                Label = "Topic",
                Type = FieldType.SingleChoice,
                Choices = { new Choice { Key = "visit", Label = "Visiting us" }, new Choice { Key = "pay", Label = "Paying" } },
            });
        await records.DeliverAsync(_tenant, new ObjectTypeChanged { Version = version, ObjectType = known });
        return known;

        static Field Of(string key, FieldType type) => new() { Resource = "records.article", Key = key, Label = key, Type = type };
    }

    private async Task WriteAsync(string name, string slug, bool published, string body, string topic) => await records.RecordsOf(_tenant).CreateRecordAsync(
        new CreateRecordRequest
        {
            Object = "articles",
            Record = new Platform.Records.V1.Record
            {
                Name = name,
                CustomFields = new Struct
                {
                    Fields =
                    {
                        ["slug"] = Value.ForString(slug), ["published"] = Value.ForBool(published), ["body"] = Value.ForString(body), ["summary"] = Value.ForString($"About {name}"),
                        ["topic"] = Value.ForString(topic), ["margin"] = Value.ForString("confidential words"),
                    },
                },
            },
        }, cancellationToken: Token);

    private async Task<List<string>> SlugsAsync(string query = "", string category = "") =>
        [.. (await Anybody.ListPublishedAsync(new ListPublishedRequest { Site = Site, Query = query, Category = category }, cancellationToken: Token)).Records.Select(record => record.Slug)];

    private async Task<string> RefusedAsync(string site, string slug)
    {
        using var anybody = records.Rest(null);
        using var answer = await anybody.GetAsync(new Uri($"/api/v1/objects:publishedRecord?site={site}&slug={slug}", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using var problem = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return $"{problem.RootElement.GetProperty("code").GetString()} {problem.RootElement.GetProperty("detail").GetString()}";
    }
}
