using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Metadata.Tests.Shapes;

public sealed class LayoutFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LayoutsService.LayoutsServiceClient Admin => new(metadata.GrpcFor(_tenant, MetadataFixture.All));

    [Fact]
    public async Task Without_a_layout_one_is_made_from_the_fields_and_a_new_field_is_in_it_at_once()
    {
        await DefineAsync("size", section: "Measures");
        await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = new Field { Resource = "deals.deal", Key = "twice", Type = FieldType.Formula, Label = "Twice", Formula = "amount * 2", Searchable = true } }, cancellationToken: Token);
        var layouts = (await DescribeAsync()).Layouts;
        Assert.Equal([LayoutKind.Form, LayoutKind.List, LayoutKind.Card], layouts.Select(layout => layout.Kind));
        Assert.All(layouts, layout => Assert.True(layout.Generated));
        var form = layouts[0];
        Assert.Equal("Measures", form.Sections.Single(section => section.Fields.Any(field => field.Path == "custom_fields.size")).Title);
        Assert.Single(form.Sections.SelectMany(section => section.Fields), field => field.Path == "custom_fields.twice");
        Assert.Contains(form.Sections[0].Fields, field => field is { Path: "name", ReadOnly: false });
        Assert.All(form.Sections.Single(section => section.Collapsed).Fields, field => Assert.True(field.ReadOnly));
        Assert.Equal("name", layouts[1].Sections[0].Fields[0].Path);
        // Whoever makes a layout of it has the headings in all languages, and not in the own one alone.
        var russian = (await metadata.ResourcesOf(_tenant).DescribeResourceAsync(new DescribeResourceRequest { Resource = "deals.deal", Language = "ru" }, cancellationToken: Token)).Layouts[0];
        Assert.Equal(["Сделка", "Ещё", "Measures", "История"], russian.Sections.Select(section => section.Title));
        Assert.Equal(["Deal", "More", "", "History"], russian.Sections.Select(section => section.TitleTranslations.GetValueOrDefault("en", "")));
        Assert.Equal(["Deal", "More", "Measures", "History"], form.Sections.Select(section => section.Title));
        Assert.Equal("История", form.Sections[^1].TitleTranslations["ru"]);
    }

    [Fact]
    public async Task The_layout_of_a_role_is_given_to_its_people_without_what_they_may_not_see()
    {
        await DefineAsync("secret");
        await DefineAsync("needed", required: true);
        var layout = Of("sales_form", LayoutKind.Form, "name", "amount", "custom_fields.secret", "probability");
        layout.Roles.Add("sales");
        layout.Sections[0].Title = "Basics";
        layout.Sections[0].TitleTranslations["de"] = "Grundlagen";
        await CreateAsync(layout);
        var other = (await DescribeAsync()).Layouts[0];
        Assert.True(other.Generated);
        var anna = metadata.As(_tenant, Guid.CreateVersion7(), ["metadata.read", "deals.read", "deals.write"], roles: ["sales"], rules:
            [new AccessRule("deals.deal", "custom_fields.secret", FieldAccess.Hidden), new AccessRule("deals.deal", "amount", FieldAccess.ReadOnly)]);
        var described = await new ResourcesService.ResourcesServiceClient(anna).DescribeResourceAsync(new DescribeResourceRequest { Resource = "deals.deal", Language = "de" }, cancellationToken: Token);
        var form = described.Layouts[0];
        Assert.Equal(("sales_form", "Grundlagen", false), (form.Key, form.Sections[0].Title, form.Generated));
        Assert.Equal([("name", false), ("amount", true), ("probability", false)], form.Sections[0].Fields.Select(field => (field.Path, field.ReadOnly)));
        // Without it no deal could be made.
        Assert.Equal(["custom_fields.needed"], form.Sections[1].Fields.Select(field => field.Path));
    }

    [Fact]
    public async Task A_condition_decides_for_each_record_and_the_description_names_the_candidates()
    {
        await DefineAsync("region");
        var first = Of("won", LayoutKind.Form, "name");
        first.Condition = "status = DEAL_STATUS_WON OR (custom_fields.region = \"north\" AND amount > 1000)";
        var second = Of("usual", LayoutKind.Form, "name", "amount");
        second.Position = 10;
        await CreateAsync(second);
        await CreateAsync(first);
        Assert.Equal(["won", "usual"], (await DescribeAsync()).Layouts.Where(layout => layout.Kind == LayoutKind.Form).Select(layout => layout.Key));
        Assert.Equal("usual", await ResolvedAsync(null));
        Assert.Equal("usual", await ResolvedAsync("""{"status": "DEAL_STATUS_OPEN", "amount": {"amount": "5000", "currency": "EUR"}}"""));
        Assert.Equal("won", await ResolvedAsync("""{"status": "DEAL_STATUS_WON"}"""));
        Assert.Equal("won", await ResolvedAsync("""{"amount": {"amount": "1000.01", "currency": "EUR"}, "reportingRate": "1", "customFields": {"region": "north"}, "of a later contract": 1}"""));
        using var rest = metadata.RestFor(_tenant, "metadata.read");
        using var answer = await rest.PostAsJsonAsync(new Uri("/api/v1/metadata/layouts:resolve", UriKind.Relative), new { resource = "deals.deal", kind = "LAYOUT_KIND_CARD", record = new { name = "x" } }, Token);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("generated").GetBoolean());
        var refused = await Refusal.OfAsync("INVALID_ARGUMENT", () => ResolvedAsync("""{"amount": 5}"""));
        Assert.Equal(["record"], refused.Fields());
    }

    [Fact]
    public async Task A_condition_on_the_person_is_decided_without_a_record()
    {
        var layout = Of("mine", LayoutKind.List, "name");
        var anna = Guid.CreateVersion7();
        layout.Condition = "user.roles:\"sales\"";
        await CreateAsync(layout);
        Assert.True((await DescribeAsync()).Layouts.Single(one => one.Kind == LayoutKind.List).Generated);
        var resources = new ResourcesService.ResourcesServiceClient(metadata.As(_tenant, anna, ["metadata.read"], roles: ["sales"]));
        var described = await resources.DescribeResourceAsync(new DescribeResourceRequest { Resource = "deals.deal" }, cancellationToken: Token);
        Assert.Equal(["mine"], described.Layouts.Where(one => one.Kind == LayoutKind.List).Select(one => one.Key));
    }

    [Fact]
    public async Task A_deleted_field_leaves_the_layout_and_is_named_to_whoever_looks_after_it()
    {
        var field = await DefineAsync("gone");
        var layout = Of("old", LayoutKind.Form, "name", "custom_fields.gone");
        layout.WithOthers = true;
        var made = await CreateAsync(layout);
        await metadata.FieldsOf(_tenant).DeleteFieldAsync(new DeleteFieldRequest { Id = field.Id }, cancellationToken: Token);
        await DefineAsync("later");
        Assert.Equal(["sections[0].fields[1].path"], (await Admin.GetLayoutAsync(new GetLayoutRequest { Id = made.Id }, cancellationToken: Token)).Problems.Select(problem => problem.Part));
        var form = (await DescribeAsync()).Layouts[0];
        Assert.Equal(["name"], form.Sections[0].Fields.Select(one => one.Path));
        Assert.Contains(form.Sections[1].Fields, one => one.Path == "custom_fields.later");
    }

    [Fact]
    public async Task What_is_wrong_is_named_and_only_administrators_write()
    {
        var layout = Of("bad", LayoutKind.Form, "name", "nam");
        Assert.Equal(["layout.sections[0].fields[1].path"], (await Refusal.OfAsync("INVALID_ARGUMENT", () => CreateAsync(layout))).Fields());
        var conditional = Of("bad", LayoutKind.Form, "name");
        conditional.Condition = "status = ";
        Assert.Equal(["layout.condition"], (await Refusal.OfAsync("INVALID_FILTER", () => CreateAsync(conditional))).Fields());
        Assert.Equal(["layout.sections"], (await Refusal.OfAsync("INVALID_ARGUMENT", () => CreateAsync(Of("bad", LayoutKind.Form, "name", "name")))).Fields());
        var wide = Of("bad", LayoutKind.Form, "name", "amount");
        wide.Sections[0].Fields[1].Width = 5;
        Assert.Equal(["layout.sections[0].fields[1].width"], (await Refusal.OfAsync("INVALID_ARGUMENT", () => CreateAsync(wide))).Fields());
        var reader = new LayoutsService.LayoutsServiceClient(metadata.GrpcFor(_tenant, "metadata.read"));
        await Refusal.OfAsync("PERMISSION_DENIED", async () => await reader.CreateLayoutAsync(new CreateLayoutRequest { Layout = Of("good", LayoutKind.Form, "name") }, cancellationToken: Token));
        var good = await CreateAsync(Of("good", LayoutKind.Form, "name"));
        await Refusal.OfAsync("LAYOUT_EXISTS", () => CreateAsync(Of("good", LayoutKind.List, "name")));
        await Refusal.OfAsync("NOT_FOUND", async () => await new LayoutsService.LayoutsServiceClient(metadata.GrpcFor(Guid.CreateVersion7(), MetadataFixture.All)).GetLayoutAsync(new GetLayoutRequest { Id = good.Id }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_layout_is_changed_and_deleted_with_its_history_and_never_becomes_one_of_another_kind()
    {
        var made = await CreateAsync(Of("one", LayoutKind.Form, "name"));
        var changed = await Admin.UpdateLayoutAsync(new UpdateLayoutRequest { Layout = new Layout { Id = made.Id, Etag = made.Etag, Label = "Another", Sections = { new LayoutSection { Title = "All", Fields = { new LayoutField { Path = "amount", Width = 2 } } } } } }, cancellationToken: Token);
        Assert.Equal(("Another", "All", "one"), (changed.Label, changed.Sections.Single().Title, changed.Key));
        foreach (var wrong in new[] { new Layout { Id = made.Id, Kind = LayoutKind.Card }, new Layout { Id = made.Id, Resource = "contacts.lead" }, new Layout { Id = made.Id, Key = "two" } })
            Assert.Single((await Refusal.OfAsync("INVALID_ARGUMENT", async () => await Admin.UpdateLayoutAsync(new UpdateLayoutRequest { Layout = wrong }, cancellationToken: Token))).Fields());
        await Refusal.OfAsync("STALE_ETAG", async () => await Admin.DeleteLayoutAsync(new DeleteLayoutRequest { Id = made.Id, Etag = made.Etag }, cancellationToken: Token));
        await Admin.DeleteLayoutAsync(new DeleteLayoutRequest { Id = made.Id }, cancellationToken: Token);
        Assert.Empty((await Admin.ListLayoutsAsync(new ListLayoutsRequest { Resource = "deals.deal" }, cancellationToken: Token)).Layouts);
        Assert.Equal(3, await metadata.EventsAsync(_tenant, "ShapeChanged"));
        var history = await metadata.GrpcFor(_tenant, AuditHistory.Permission).HistoryAsync("metadata.layout", made.Id, atLeast: 3);
        Assert.Equal(["create", "update", "delete"], history.Select(entry => entry.Action));
    }

    private static Layout Of(string key, LayoutKind kind, params string[] paths) => new()
    {
        Key = key,
        Resource = "deals.deal",
        Kind = kind,
        Label = key,
        Sections = { new LayoutSection { Fields = { paths.Select(path => new LayoutField { Path = path }) } } },
    };

    private async Task<Layout> CreateAsync(Layout layout) => await Admin.CreateLayoutAsync(new CreateLayoutRequest { Layout = layout }, cancellationToken: Token);

    private async Task<ResourceDescriptor> DescribeAsync() =>
        await metadata.ResourcesOf(_tenant).DescribeResourceAsync(new DescribeResourceRequest { Resource = "deals.deal" }, cancellationToken: Token);

    private async Task<string> ResolvedAsync(string? record) => (await Admin.ResolveLayoutAsync(new ResolveLayoutRequest
    {
        Resource = "deals.deal",
        Kind = LayoutKind.Form,
        Record = record is null ? null : JsonParser.Default.Parse<Struct>(record),
    }, cancellationToken: Token)).Key;

    private async Task<Field> DefineAsync(string key, string section = "", bool required = false) => await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest
    {
        Field = new Field { Resource = "deals.deal", Key = key, Type = FieldType.Text, Label = key, Section = section, Required = required },
    }, cancellationToken: Token);
}
