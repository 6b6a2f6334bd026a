using System.Text.Json.Nodes;
using Platform.Testing;
using Xunit;

namespace Metadata.Tests.Shapes;

/// <summary>Whatever is wrong with a shape is said with its code, its field and in the language of whoever asks, and nothing of it is kept.</summary>
public sealed class BadShapeFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private const string AllLanguages = "en de ru";

    private static readonly string[] WrongFilters = ["amout > 1", "amount > much", "status = DEAL_STATUS_NONE", "custom_fields.none = 1", "amount >", BadInput.TooLong, BadInput.TooDeep];
    private static readonly string[] WrongOrders = ["lost_reason", "nmae desc", "name up", "name, name"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => ["views", "dashboards", "layouts", "themes", "dictionaries"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_wrong_with_a_shape_is_named_and_nothing_of_it_is_kept(string kind)
    {
        var tenant = Guid.CreateVersion7();
        using var rest = metadata.RestFor(tenant, MetadataFixture.All);
        var path = $"/api/v1/metadata/{kind}";
        var (root, good, wrong) = Of(kind);
        using var made = await rest.PostAsync(new Uri(path, UriKind.Relative), new StringContent(good.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), Token);
        var text = await made.Content.ReadAsStringAsync(Token);
        Assert.True(made.IsSuccessStatusCode, text);
        var id = $"{JsonNode.Parse(text)!["id"]}";

        List<BadInput> all =
        [
            .. wrong,
            .. Everywhere(root, good),
            // Its key is taken by now.
            new(good.ToJsonString(), $"{Code(kind)}_EXISTS", $"{root}.key", AllLanguages),
        ];
        var faults = new List<string>(await BadInput.FaultsAsync(rest, HttpMethod.Post, path, all, Token));
        // A change is refused as the whole that it would make; an empty list is none without a mask.
        faults.AddRange(await BadInput.FaultsAsync(rest, HttpMethod.Patch, $"{path}/{id}", wrong.Where(input => !input.Json.Contains(":[]", StringComparison.Ordinal)), Token));
        Assert.True(faults.Count == 0, string.Join('\n', faults));

        var kept = await rest.GetStringAsync(new Uri(path, UriKind.Relative), Token);
        var list = JsonNode.Parse(kept)!.AsObject().Select(member => member.Value).OfType<JsonArray>().First();
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), Assert.Single(list)), kept);
    }

    private static string Code(string kind) => kind switch { "dictionaries" => "DICTIONARY", _ => kind[..^1].ToUpperInvariant() };

    // What holds for every body.
    private static IEnumerable<BadInput> Everywhere(string root, JsonObject good)
    {
        yield return new(With(good, "colour", "red"), "INVALID_ARGUMENT", "colour");
        yield return new(With(good, "label", 5), "INVALID_ARGUMENT", "label");
        yield return new(With(good, "label", "  "), "INVALID_ARGUMENT", $"{root}.label", AllLanguages);
        yield return new(With(good, "label", new string('x', 101)), "INVALID_ARGUMENT", $"{root}.label");
        yield return new(With(good, "key", "Not a key"), "INVALID_ARGUMENT", $"{root}.key", AllLanguages);
        yield return new(With(good, "labelTranslations", new JsonObject { ["ru"] = "" }), "INVALID_ARGUMENT", $"{root}.labelTranslations", AllLanguages);
        yield return new("""{"label":"a","label":"b"}""", "INVALID_ARGUMENT", "label");
        yield return new("[]", "INVALID_ARGUMENT", "body");
        yield return new("""{"label":""", "MALFORMED_JSON", "");
        yield return new($"{new string('[', 100)}{new string(']', 100)}", "MALFORMED_JSON", "");
    }

    private static (string Root, JsonObject Good, IReadOnlyList<BadInput> Wrong) Of(string kind) => kind switch
    {
        "views" => Views(),
        "dashboards" => Dashboards(),
        "layouts" => Layouts(),
        "themes" => Themes(),
        _ => Dictionaries(),
    };

    private static (string, JsonObject, IReadOnlyList<BadInput>) Views()
    {
        var good = Body("""{"key":"open","resource":"deals.deal","label":"Open","visibility":"VISIBILITY_COMPANY","filter":"amount > 5","columns":[{"path":"name"}]}""");
        return ("savedView", good,
        [
            .. Filters("savedView.filter", filter => With(good, "filter", filter)),
            .. Orders("savedView.orderBy", order => With(good, "orderBy", order)),
            new(With(good, "orderBy", BadInput.LongName), "INVALID_ARGUMENT", "savedView.orderBy"),
            new(With(good, "resource", "deals.nothing"), "INVALID_ARGUMENT", "savedView.resource"),
            new(With(good, "columns", Part("""[{"path":"name"},{"path":"nmae"}]""")), "INVALID_ARGUMENT", "savedView.columns[1].path", AllLanguages),
            new(With(good, "columns", Part($$"""[{"path":"{{BadInput.LongName}}"}]""")), "INVALID_ARGUMENT", "savedView.columns[0].path", AllLanguages),
            new(With(good, "columns", Part("""[{"path":"name"},{"path":"name"}]""")), "INVALID_ARGUMENT", "savedView.columns", AllLanguages),
            new(With(good, "columns", Part("""[{"path":"name","width":5}]""")), "INVALID_ARGUMENT", "savedView.columns[0].width", AllLanguages),
            new(With(good, "columns", Part("""[{"path":"name","colour":"red"}]""")), "INVALID_ARGUMENT", "columns[0].colour"),
            new(With(good, "columns", "name"), "INVALID_ARGUMENT", "columns"),
            new(With(good, "groupField", "name"), "INVALID_ARGUMENT", "savedView.groupField", AllLanguages),
            new(With(good, "calendarField", "custom_fields.none"), "INVALID_ARGUMENT", "savedView.calendarField", AllLanguages),
            new(With(good, "kind", "SAVED_VIEW_KIND_PIE"), "INVALID_ARGUMENT", "kind"),
            new(With(good, "kind", 77), "INVALID_ARGUMENT", "savedView.kind", AllLanguages),
            new(With(good, "position", -1), "INVALID_ARGUMENT", "savedView.position", AllLanguages),
            new(With(good, "visibility", "VISIBILITY_TEAM"), "INVALID_ARGUMENT", "savedView.teamId", AllLanguages),
        ]);
    }

    private static (string, JsonObject, IReadOnlyList<BadInput>) Dashboards()
    {
        var good = Body("""{"key":"sales","label":"Sales","visibility":"VISIBILITY_COMPANY","widgets":[{"resource":"deals.deal","kind":"WIDGET_KIND_LIST"}]}""");
        string Widget(string name, JsonNode value) => With(good, "widgets", new JsonArray(new JsonObject { ["resource"] = "deals.deal", ["kind"] = "WIDGET_KIND_LIST", [name] = value }));
        return ("dashboard", good,
        [
            .. Filters("dashboard.widgets[0].filter", filter => Widget("filter", filter)),
            .. Orders("dashboard.widgets[0].orderBy", order => Widget("orderBy", order)),
            new(Widget("orderBy", BadInput.LongName), "INVALID_ARGUMENT", "dashboard.widgets[0].orderBy"),
            new(Widget("resource", "deals.nothing"), "INVALID_ARGUMENT", "dashboard.widgets[0].resource"),
            new(Widget("kind", "WIDGET_KIND_CLOCK"), "INVALID_ARGUMENT", "widgets[0].kind"),
            new(Widget("kind", 77), "INVALID_ARGUMENT", "dashboard.widgets[0].kind", AllLanguages),
            new(Widget("kind", "WIDGET_KIND_CHART"), "INVALID_ARGUMENT", "dashboard.widgets[0].groupBy", AllLanguages),
            new(Widget("groupBy", "name"), "INVALID_ARGUMENT", "dashboard.widgets[0].groupBy", AllLanguages),
            new(Widget("groupBy", BadInput.LongName), "INVALID_ARGUMENT", "dashboard.widgets[0].groupBy", AllLanguages),
            new(Widget("columns", new JsonArray("name", "nmae")), "INVALID_ARGUMENT", "dashboard.widgets[0].columns[1]", AllLanguages),
            new(Widget("columns", new JsonArray(5)), "INVALID_ARGUMENT", "widgets[0].columns[0]"),
            new(Widget("aggregation", Part("""{"function":"AGGREGATE_FUNCTION_SUM","field":"name"}""")), "INVALID_ARGUMENT", "dashboard.widgets[0].aggregation.field", AllLanguages),
            new(Widget("aggregation", Part("""{"function":77}""")), "INVALID_ARGUMENT", "dashboard.widgets[0].aggregation", AllLanguages),
            new(Widget("limit", 51), "INVALID_ARGUMENT", "dashboard.widgets[0].limit", AllLanguages),
            new(Widget("colour", "red"), "INVALID_ARGUMENT", "widgets[0].colour"),
            new(With(good, "defaultForRoles", new JsonArray("sales", "sales")), "INVALID_ARGUMENT", "dashboard.defaultForRoles", AllLanguages),
        ]);
    }

    private static (string, JsonObject, IReadOnlyList<BadInput>) Layouts()
    {
        var good = Body("""{"key":"form","resource":"deals.deal","kind":"LAYOUT_KIND_FORM","label":"Form","sections":[{"fields":[{"path":"name"}]}]}""");
        return ("layout", good,
        [
            .. Filters("layout.condition", filter => With(good, "condition", filter)),
            new(With(good, "resource", "deals.nothing"), "INVALID_ARGUMENT", "layout.resource"),
            new(With(good, "sections", new JsonArray()), "INVALID_ARGUMENT", "layout.sections", AllLanguages),
            new(With(good, "sections", Part("""[{"fields":[{"path":"name"},{"path":"nmae"}]}]""")), "INVALID_ARGUMENT", "layout.sections[0].fields[1].path", AllLanguages),
            new(With(good, "sections", Part("""[{"fields":[{"path":"name"}]},{"fields":[{"path":"name"}]}]""")), "INVALID_ARGUMENT", "layout.sections", AllLanguages),
            new(With(good, "sections", Part("""[{"fields":[{"path":"name","width":9}]}]""")), "INVALID_ARGUMENT", "layout.sections[0].fields[0].width", AllLanguages),
            new(With(good, "sections", Part("""[{"columns":9,"fields":[{"path":"name"}]}]""")), "INVALID_ARGUMENT", "layout.sections[0].columns", AllLanguages),
            new(With(good, "sections", Part("""[{"fields":[{"path":"name","colour":"red"}]}]""")), "INVALID_ARGUMENT", "sections[0].fields[0].colour"),
            new(With(good, "kind", "LAYOUT_KIND_PIE"), "INVALID_ARGUMENT", "kind"),
        ]);
    }

    private static (string, JsonObject, IReadOnlyList<BadInput>) Themes()
    {
        var good = Body("""{"key":"dark","label":"Dark","radius":4}""");
        return ("theme", good,
        [
            new(With(good, "radius", 25), "INVALID_ARGUMENT", "theme.radius", AllLanguages),
            new(With(good, "radius", "round"), "INVALID_ARGUMENT", "radius"),
            new(With(good, "light", Part("""{"primary":"red"}""")), "INVALID_ARGUMENT", "theme.light.primary", AllLanguages),
            new(With(good, "dark", Part("""{"mutedText":"#12345"}""")), "INVALID_ARGUMENT", "theme.dark.mutedText", AllLanguages),
            new(With(good, "light", Part("""{"tint":"#123456"}""")), "INVALID_ARGUMENT", "light.tint"),
            new(With(good, "light", Part("""{"background":"#ffffff","text":"#fefefe"}""")), "THEME_CONTRAST", "theme.light.text", AllLanguages),
        ]);
    }

    private static (string, JsonObject, IReadOnlyList<BadInput>) Dictionaries()
    {
        var good = Body("""{"key":"regions","label":"Regions","entries":[{"key":"north","label":"North"}]}""");
        return ("dictionary", good,
        [
            new(With(good, "entries", new JsonArray()), "INVALID_ARGUMENT", "dictionary.entries", AllLanguages),
            new(With(good, "entries", Part("""[{"key":"north","label":"North"},{"key":"north","label":"South"}]""")), "INVALID_ARGUMENT", "dictionary.entries", AllLanguages),
            new(With(good, "entries", Part("""[{"key":"North","label":"North"}]""")), "INVALID_ARGUMENT", "dictionary.entries[0].key", AllLanguages),
            new(With(good, "entries", Part("""[{"key":"north"}]""")), "INVALID_ARGUMENT", "dictionary.entries[0].label", AllLanguages),
            new(With(good, "entries", Part("""[{"key":"north","label":"North","color":"red"}]""")), "INVALID_ARGUMENT", "dictionary.entries[0].color", AllLanguages),
            new(With(good, "entries", Part("""[{"key":"north","label":"North","size":1}]""")), "INVALID_ARGUMENT", "entries[0].size"),
        ]);
    }

    private static IEnumerable<BadInput> Filters(string field, Func<string, string> body) =>
    [
        .. WrongFilters.Select(filter => new BadInput(body(filter), "INVALID_FILTER", field)),
    ];

    private static IEnumerable<BadInput> Orders(string field, Func<string, string> body) =>
    [
        .. WrongOrders.Select(order => new BadInput(body(order), "INVALID_ORDER_BY", field)),
    ];

    private static string With(JsonObject good, string name, JsonNode? value)
    {
        var body = (JsonObject)good.DeepClone();
        body[name] = value;
        return body.ToJsonString();
    }

    private static JsonObject Body(string json) => (JsonObject)JsonNode.Parse(json)!;

    private static JsonNode Part(string json) => JsonNode.Parse(json)!;
}
