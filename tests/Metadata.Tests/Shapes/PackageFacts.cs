using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Metadata.Tests.Shapes;

public sealed class PackageFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private const string Document = """
        {
          "format": "platform.metadata/1",
          "dictionaries": [{"key": "regions", "label": "Regions", "entries": [{"key": "north", "label": "North", "color": "#1f6feb"}, {"key": "south", "label": "South"}]}],
          "fields": [
            {"resource": "deals.deal", "key": "region", "type": "FIELD_TYPE_SINGLE_CHOICE", "label": "Region", "labelTranslations": {"ru": "Регион"}, "dictionary": "regions", "defaultValue": "north"},
            {"resource": "deals.deal", "key": "size", "type": "FIELD_TYPE_NUMBER", "label": "Size", "minimum": "1"}
          ],
          "views": [{"key": "big", "resource": "deals.deal", "label": "Big", "filter": "custom_fields.size > 10", "columns": [{"path": "name"}, {"path": "custom_fields.region"}]}],
          "layouts": [{"key": "form", "resource": "deals.deal", "kind": "LAYOUT_KIND_FORM", "label": "Form", "sections": [{"fields": [{"path": "name"}, {"path": "custom_fields.size"}]}]}],
          "dashboards": [{"key": "start", "label": "Start", "home": true, "widgets": [{"resource": "deals.deal", "filter": "custom_fields.region = \"north\""}]}],
          "themes": [{"key": "blue", "label": "Blue", "active": true, "light": {"primary": "#0b5cad"}}],
          "logos": [{"theme": "blue", "content": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgjlkLAAGKARUB8qvYAAAAAElFTkSuQmCC"}]
        }
        """;

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_makes_all_that_it_says_and_the_export_of_one_company_makes_another_alike()
    {
        var applied = await ApplyAsync(_tenant, Document);
        Assert.Equal(8, applied.Changes.Count);
        Assert.All(applied.Changes, change => Assert.Equal("create", change.Action));
        Assert.Equal((1, "apply", 8), (applied.Version.Number, applied.Version.Action, applied.Version.ChangeCount));
        Assert.Empty((await CompareAsync(_tenant, Document, prune: true)).Changes);
        var exported = await ExportAsync(_tenant);
        var other = Guid.CreateVersion7();
        var moved = await PackagesOf(other).ApplyMetadataAsync(new ApplyMetadataRequest { Document = exported, Prune = true }, cancellationToken: Token);
        Assert.Equal(8, moved.Changes.Count);
        Assert.Equal($"{exported}", $"{await ExportAsync(other)}");
        var described = await metadata.ResourcesOf(other).DescribeResourceAsync(new DescribeResourceRequest { Resource = "deals.deal" }, cancellationToken: Token);
        Assert.Equal(("big", "form"), (described.Views.Single().Key, described.Layouts[0].Key));
        Assert.Equal(["north", "south"], described.Fields.Single(field => field.Path == "custom_fields.region").Definition.Choices.Select(choice => choice.Key));
        Assert.Equal("image/png", (await new ThemesService.ThemesServiceClient(metadata.GrpcFor(other, "metadata.read")).GetActiveThemeAsync(new GetActiveThemeRequest(), cancellationToken: Token)).LogoType);
    }

    [Fact]
    public async Task Roll_ups_are_made_before_the_formulas_that_read_them_and_go_after_them()
    {
        const string document = """
            {
              "format": "platform.metadata/1",
              "fields": [
                {"resource": "contacts.company", "key": "a_double", "type": "FIELD_TYPE_FORMULA", "label": "Double", "formula": "custom_fields.b_share * 2"},
                {"resource": "contacts.company", "key": "b_share", "type": "FIELD_TYPE_FORMULA", "label": "Share", "formula": "custom_fields.people / 2"},
                {"resource": "contacts.company", "key": "people", "type": "FIELD_TYPE_ROLL_UP", "label": "People", "rollUp": {"resource": "contacts.person", "relation": "company_id", "function": "ROLL_UP_FUNCTION_COUNT"}}
              ]
            }
            """;
        Assert.Equal(3, (await ApplyAsync(_tenant, document)).Changes.Count);
        Assert.Empty((await CompareAsync(_tenant, document, prune: true)).Changes);
        var emptied = await PackagesOf(_tenant).ApplyMetadataAsync(
            new ApplyMetadataRequest { Document = Struct.Parser.ParseJson("""{"format": "platform.metadata/1"}"""), Prune = true }, cancellationToken: Token);
        Assert.Equal(["delete", "delete", "delete"], emptied.Changes.Select(change => change.Action));
    }

    [Fact]
    public async Task Roll_ups_of_several_kinds_that_read_each_other_are_refused_with_the_way_in_the_language_of_the_caller()
    {
        const string document = """
            {
              "format": "platform.metadata/1",
              "fields": [
                {"resource": "contacts.company", "key": "main_deal", "type": "FIELD_TYPE_RELATION", "label": "Main deal", "relatedResource": "deals.deal"},
                {"resource": "contacts.company", "key": "x", "type": "FIELD_TYPE_ROLL_UP", "label": "X", "rollUp": {"resource": "deals.deal", "relation": "company_id", "function": "ROLL_UP_FUNCTION_SUM", "value": "custom_fields.half + 1"}},
                {"resource": "deals.deal", "key": "half", "type": "FIELD_TYPE_FORMULA", "label": "Half", "formula": "custom_fields.y / 2"},
                {"resource": "deals.deal", "key": "y", "type": "FIELD_TYPE_ROLL_UP", "label": "Y", "rollUp": {"resource": "contacts.company", "relation": "custom_fields.main_deal", "function": "ROLL_UP_FUNCTION_COUNT", "filter": "custom_fields.x > 1"}}
              ]
            }
            """;
        const string way = "contacts.company.custom_fields.x → deals.deal.custom_fields.half → deals.deal.custom_fields.y → contacts.company.custom_fields.x";
        var refused = await Refusal.OfAsync("ROLL_UP_CYCLE", () => ApplyAsync(_tenant, document));
        Assert.Equal(["document.fields[1].rollUp.value"], refused.Fields());
        Assert.Contains($"The roll-up reads itself: {way}.", refused.Status.Detail, StringComparison.Ordinal);
        var russian = await Refusal.OfAsync("ROLL_UP_CYCLE", async () => await PackagesOf(_tenant).ApplyMetadataAsync(
            new ApplyMetadataRequest { Document = Parse(document) }, new Grpc.Core.Metadata { { "accept-language", "ru" } }, cancellationToken: Token));
        Assert.Contains($"Сводное поле читает само себя: {way}.", russian.Status.Detail, StringComparison.Ordinal);
        Assert.Empty((await metadata.FieldsOf(_tenant).ListFieldsAsync(new ListFieldsRequest(), cancellationToken: Token)).Fields);
    }

    [Fact]
    public async Task An_export_is_the_same_text_however_the_company_came_to_it_and_holds_nothing_of_single_people()
    {
        await ApplyAsync(_tenant, Document);
        var exported = $"{await ExportAsync(_tenant)}";
        var views = new SavedViewsService.SavedViewsServiceClient(metadata.GrpcFor(_tenant, "metadata.read"));
        await views.CreateSavedViewAsync(new CreateSavedViewRequest { SavedView = new SavedView { Key = "own", Resource = "deals.deal", Label = "Own" } }, cancellationToken: Token);
        Assert.Equal(exported, $"{await ExportAsync(_tenant)}");
        Assert.DoesNotContain("\"id\"", exported, StringComparison.Ordinal);
        using var rest = metadata.RestFor(_tenant, "metadata.read");
        var answer = await rest.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/metadata:export", UriKind.Relative), Token);
        Assert.Equal("region", answer.GetProperty("document").GetProperty("fields")[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task A_difference_names_what_is_made_changed_and_gone_and_changes_nothing()
    {
        await ApplyAsync(_tenant, Document);
        var changed = Document.Replace("\"label\": \"Size\"", "\"label\": \"Extent\"", StringComparison.Ordinal).Replace("\"big\"", "\"large\"", StringComparison.Ordinal);
        var kept = await CompareAsync(_tenant, changed, prune: false);
        Assert.Equal([("update", "field", "deals.deal/size"), ("create", "view", "deals.deal/large")], kept.Changes.Select(change => (change.Action, change.Kind, change.Name)));
        Assert.Equal(["label"], kept.Changes[0].Parts);
        Assert.Equal(("Size", "Extent"), (kept.Changes[0].Before.Fields["label"].StringValue, kept.Changes[0].After.Fields["label"].StringValue));
        var pruned = await CompareAsync(_tenant, changed, prune: true);
        Assert.Equal(("delete", "view", "deals.deal/big"), (pruned.Changes[^1].Action, pruned.Changes[^1].Kind, pruned.Changes[^1].Name));
        Assert.Empty((await CompareAsync(_tenant, Document, prune: true)).Changes);
    }

    [Fact]
    public async Task Applying_is_whole_or_not_at_all_and_says_what_was_wrong_where()
    {
        var bad = Document.Replace("\"filter\": \"custom_fields.size > 10\"", "\"filter\": \"custom_fields.sise > 10\"", StringComparison.Ordinal);
        var refused = await Refusal.OfAsync("INVALID_FILTER", () => ApplyAsync(_tenant, bad));
        Assert.Equal(["document.views[0].filter"], refused.Fields());
        Assert.Contains("view deals.deal/big", refused.Status.Detail, StringComparison.Ordinal);
        Assert.Empty((await metadata.FieldsOf(_tenant).ListFieldsAsync(new ListFieldsRequest { ShowDeleted = true }, cancellationToken: Token)).Fields);
        Assert.Equal(0, await metadata.EventsAsync(_tenant));
        Assert.Empty((await PackagesOf(_tenant).ListMetadataVersionsAsync(new ListMetadataVersionsRequest(), cancellationToken: Token)).MetadataVersions);
        await ApplyAsync(_tenant, Document);
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_come_of_it_and_leaves_nothing_behind()
    {
        var request = new ApplyMetadataRequest { Document = Parse(Document), DryRun = true };
        var dry = await PackagesOf(_tenant).ApplyMetadataAsync(request, cancellationToken: Token);
        Assert.Equal((8, null), (dry.Changes.Count, dry.Version));
        // Also where the answer itself is kept in the transaction of the call.
        var once = await PackagesOf(_tenant).ApplyMetadataAsync(request, new Grpc.Core.Metadata { { "idempotency-key", $"{_tenant}" } }, cancellationToken: Token);
        Assert.Equal(8, once.Changes.Count);
        Assert.Equal(0, await metadata.EventsAsync(_tenant));
        Assert.Equal(0, await metadata.EventsAsync(_tenant, "ShapeChanged"));
        Assert.Single((await ExportAsync(_tenant)).Fields);
        await Refusal.OfAsync("INVALID_ARGUMENT", async () => await PackagesOf(_tenant).ApplyMetadataAsync(
            new ApplyMetadataRequest { Document = Parse(Document.Replace("FIELD_TYPE_NUMBER", "FIELD_TYPE_BOOLEAN", StringComparison.Ordinal)), DryRun = true }, cancellationToken: Token));
    }

    [Fact]
    public async Task Formulas_are_made_behind_what_they_read_and_go_before_it_wherever_they_stand()
    {
        // By name, each stands before what it reads, as in an export.
        const string formulas = """
            {
              "format": "platform.metadata/1",
              "fields": [
                {"resource": "deals.deal", "key": "all", "type": "FIELD_TYPE_FORMULA", "label": "All", "formula": "custom_fields.doubled + 1"},
                {"resource": "deals.deal", "key": "doubled", "type": "FIELD_TYPE_FORMULA", "label": "Doubled", "formula": "custom_fields.size * 2"},
                {"resource": "deals.deal", "key": "size", "type": "FIELD_TYPE_NUMBER", "label": "Size"}
              ]
            }
            """;
        await ApplyAsync(_tenant, formulas);
        Assert.Empty((await CompareAsync(_tenant, formulas, prune: true)).Changes);
        var exported = await ExportAsync(_tenant);
        var other = Guid.CreateVersion7();
        await PackagesOf(other).ApplyMetadataAsync(new ApplyMetadataRequest { Document = exported }, cancellationToken: Token);
        Assert.Equal($"{exported}", $"{await ExportAsync(other)}");
        // The other way round: what was read reads now.
        var turned = formulas.Replace("custom_fields.doubled + 1", "custom_fields.size + 1", StringComparison.Ordinal).Replace("custom_fields.size * 2", "custom_fields.all * 2", StringComparison.Ordinal);
        Assert.Equal(["deals.deal/all", "deals.deal/doubled"], (await ApplyAsync(other, turned)).Changes.Select(change => change.Name));
        await Refusal.OfAsync("FORMULA_CYCLE", () => ApplyAsync(other, turned.Replace("custom_fields.size + 1", "custom_fields.doubled + 1", StringComparison.Ordinal)));
        var emptied = await PackagesOf(other).ApplyMetadataAsync(new ApplyMetadataRequest { Document = Parse("""{"format": "platform.metadata/1"}"""), Prune = true }, cancellationToken: Token);
        Assert.Equal(["deals.deal/doubled", "deals.deal/all", "deals.deal/size"], emptied.Changes.Select(change => change.Name));
    }

    [Fact]
    public async Task New_formulas_of_one_document_that_read_each_other_are_refused_with_the_way()
    {
        const string formulas = """
            {
              "fields": [
                {"resource": "deals.deal", "key": "size", "type": "FIELD_TYPE_NUMBER", "label": "Size"},
                {"resource": "deals.deal", "key": "behind", "type": "FIELD_TYPE_FORMULA", "label": "Behind", "formula": "custom_fields.first + 1"},
                {"resource": "deals.deal", "key": "first", "type": "FIELD_TYPE_FORMULA", "label": "First", "formula": "custom_fields.second * custom_fields.size"},
                {"resource": "deals.deal", "key": "second", "type": "FIELD_TYPE_FORMULA", "label": "Second", "formula": "if(name = \"custom_fields.size\", custom_fields.first, 2)"}
              ]
            }
            """;
        var refused = await Refusal.OfAsync("FORMULA_CYCLE", () => ApplyAsync(_tenant, formulas));
        Assert.Equal(["document.fields[2].formula"], refused.Fields());
        Assert.Contains("custom_fields.first → custom_fields.second → custom_fields.first", refused.Status.Detail, StringComparison.Ordinal);
        var itself = await Refusal.OfAsync("FORMULA_CYCLE", () => ApplyAsync(_tenant, formulas.Replace("custom_fields.second *", "custom_fields.first *", StringComparison.Ordinal)));
        Assert.Contains("custom_fields.first → custom_fields.first", itself.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(["format"], (await ExportAsync(_tenant)).Fields.Keys);
        Assert.Equal(4, (await ApplyAsync(_tenant, formulas.Replace("custom_fields.first, 2", "1, 2", StringComparison.Ordinal))).Changes.Count);
    }

    [Fact]
    public async Task Each_step_is_a_version_and_any_of_them_can_be_gone_back_to()
    {
        var first = (await ApplyAsync(_tenant, Document, note: "The beginning")).Version;
        await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = new Field { Resource = "deals.deal", Key = "by_hand", Type = FieldType.Text, Label = "By hand" } }, cancellationToken: Token);
        var document = """{"views": [{"key": "big", "resource": "deals.deal", "label": "Bigger"}]}""";
        Assert.Equal(["update"], (await ApplyAsync(_tenant, document)).Changes.Select(change => change.Action));
        var versions = (await PackagesOf(_tenant).ListMetadataVersionsAsync(new ListMetadataVersionsRequest(), cancellationToken: Token)).MetadataVersions;
        Assert.Equal([(3, "apply"), (2, "manual"), (1, "apply")], versions.Select(version => (version.Number, version.Action)));
        Assert.Equal("The beginning", versions[2].Note);
        var restored = await PackagesOf(_tenant).RestoreMetadataVersionAsync(new RestoreMetadataVersionRequest { Id = first.Id }, cancellationToken: Token);
        Assert.Equal([("update", "view", "deals.deal/big"), ("delete", "field", "deals.deal/by_hand")], restored.Changes.Select(change => (change.Action, change.Kind, change.Name)));
        Assert.Equal((4, "restore"), (restored.Version.Number, restored.Version.Action));
        Assert.Empty((await CompareAsync(_tenant, Document, prune: true)).Changes);
        // And forward again: the field is restored, with its values.
        var forward = await PackagesOf(_tenant).RestoreMetadataVersionAsync(new RestoreMetadataVersionRequest { Id = versions[0].Id }, cancellationToken: Token);
        Assert.Equal(2, forward.Changes.Count);
        var whole = await PackagesOf(_tenant).GetMetadataVersionAsync(new GetMetadataVersionRequest { Id = versions[0].Id }, cancellationToken: Token);
        Assert.Equal($"{whole.Document}", $"{await ExportAsync(_tenant)}");
    }

    [Fact]
    public async Task What_goes_goes_and_a_dictionary_stays_while_a_field_could_come_back_that_needs_it()
    {
        await ApplyAsync(_tenant, Document);
        var emptied = await PackagesOf(_tenant).ApplyMetadataAsync(new ApplyMetadataRequest { Document = Parse("""{"format": "platform.metadata/1"}"""), Prune = true }, cancellationToken: Token);
        Assert.Equal(6, emptied.Changes.Count);
        Assert.Contains("regions", Assert.Single(emptied.Warnings), StringComparison.Ordinal);
        Assert.Equal(["format", "dictionaries"], (await ExportAsync(_tenant)).Fields.Keys);
        Assert.Equal(6, (await ApplyAsync(_tenant, Document)).Changes.Count(change => change.Kind != "logo"));
    }

    [Fact]
    public async Task An_object_of_the_companys_own_goes_along_with_its_fields_and_views_and_comes_back_with_them()
    {
        const string document = """
            {"objects": [{"key": "machine", "pluralKey": "machines", "label": "Machine", "pluralLabel": "Machines"}],
             "fields": [{"resource": "records.machine", "key": "power", "type": "FIELD_TYPE_NUMBER", "label": "Power"}],
             "views": [{"key": "strong", "resource": "records.machine", "label": "Strong", "filter": "custom_fields.power > 9", "columns": [{"path": "name"}, {"path": "custom_fields.power"}]}]}
            """;
        Assert.Equal(["object", "field", "view"], (await ApplyAsync(_tenant, document)).Changes.Select(change => change.Kind));
        Assert.Empty((await CompareAsync(_tenant, document, prune: true)).Changes);
        var (other, exported) = (Guid.CreateVersion7(), await ExportAsync(_tenant));
        var moved = await PackagesOf(other).ApplyMetadataAsync(new ApplyMetadataRequest { Document = exported }, cancellationToken: Token);
        Assert.Equal($"{exported}", $"{await ExportAsync(other)}");
        await PackagesOf(other).ApplyMetadataAsync(new ApplyMetadataRequest { Prune = true }, cancellationToken: Token);
        Assert.Equal(["format"], (await ExportAsync(other)).Fields.Keys);
        await PackagesOf(other).RestoreMetadataVersionAsync(new RestoreMetadataVersionRequest { Id = moved.Version.Id }, cancellationToken: Token);
        Assert.Equal($"{exported}", $"{await ExportAsync(other)}");
    }

    [Theory]
    [InlineData("""{"format": "platform.metadata/9"}""", "METADATA_UNREADABLE")]
    [InlineData("""{"feilds": []}""", "METADATA_UNREADABLE")]
    [InlineData("""{"fields": [{"key": 5}]}""", "METADATA_UNREADABLE")]
    [InlineData("""{"views": [{"resource": "deals.deal", "label": "x"}]}""", "METADATA_UNREADABLE")]
    [InlineData("""{"views": [{"key": "a", "resource": "deals.deal", "label": "x", "visibility": "VISIBILITY_PRIVATE"}]}""", "METADATA_UNREADABLE")]
    [InlineData("""{"themes": [{"key": "a", "label": "x"}, {"key": "a", "label": "y"}]}""", "METADATA_UNREADABLE")]
    [InlineData("""{"themes": [{"key": "a", "label": "x", "light": {"text": "#ffffff"}}]}""", "THEME_CONTRAST")]
    [InlineData("""{"logos": [{"theme": "none", "content": ""}]}""", "INVALID_ARGUMENT")]
    public async Task What_cannot_be_read_or_applied_is_refused(string document, string code) => await Refusal.OfAsync(code, () => ApplyAsync(_tenant, document));

    [Fact]
    public async Task Readers_export_and_only_administrators_apply_and_another_company_has_versions_of_its_own()
    {
        var version = (await ApplyAsync(_tenant, Document)).Version;
        var reader = new MetadataPackagesService.MetadataPackagesServiceClient(metadata.GrpcFor(_tenant, "metadata.read"));
        await reader.ExportMetadataAsync(new ExportMetadataRequest(), cancellationToken: Token);
        await Refusal.OfAsync("PERMISSION_DENIED", async () => await reader.ApplyMetadataAsync(new ApplyMetadataRequest(), cancellationToken: Token));
        await Refusal.OfAsync("PERMISSION_DENIED", async () => await reader.RestoreMetadataVersionAsync(new RestoreMetadataVersionRequest { Id = version.Id }, cancellationToken: Token));
        var other = PackagesOf(Guid.CreateVersion7());
        await Refusal.OfAsync("NOT_FOUND", async () => await other.GetMetadataVersionAsync(new GetMetadataVersionRequest { Id = version.Id }, cancellationToken: Token));
        await Refusal.OfAsync("NOT_FOUND", async () => await other.RestoreMetadataVersionAsync(new RestoreMetadataVersionRequest { Id = version.Id }, cancellationToken: Token));
        var history = await metadata.GrpcFor(_tenant, AuditHistory.Permission).HistoryAsync("metadata.package", version.Id, atLeast: 1);
        Assert.Equal(["apply"], history.Select(entry => entry.Action));
    }

    private MetadataPackagesService.MetadataPackagesServiceClient PackagesOf(Guid tenant) => new(metadata.GrpcFor(tenant, MetadataFixture.All));

    private async Task<ApplyMetadataResponse> ApplyAsync(Guid tenant, string document, string note = "") =>
        await PackagesOf(tenant).ApplyMetadataAsync(new ApplyMetadataRequest { Document = Parse(document), Note = note }, cancellationToken: Token);

    private async Task<CompareMetadataResponse> CompareAsync(Guid tenant, string document, bool prune) =>
        await PackagesOf(tenant).CompareMetadataAsync(new CompareMetadataRequest { Document = Parse(document), Prune = prune }, cancellationToken: Token);

    private async Task<Struct> ExportAsync(Guid tenant) => (await PackagesOf(tenant).ExportMetadataAsync(new ExportMetadataRequest(), cancellationToken: Token)).Document;

    private static Struct Parse(string document) => JsonParser.Default.Parse<Struct>(document);
}
