using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Metadata.Tests.Shapes;

public sealed class DictionaryFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DictionariesService.DictionariesServiceClient Client => metadata.DictionariesOf(_tenant);

    [Fact]
    public async Task A_dictionary_is_made_over_rest_and_found_in_its_order_with_colours_and_translations()
    {
        using var rest = metadata.RestFor(_tenant, MetadataFixture.All);
        using var made = await rest.PostAsJsonAsync(new Uri("/api/v1/metadata/dictionaries", UriKind.Relative), new
        {
            key = "regions",
            label = "Regions",
            labelTranslations = new { ru = "Регионы" },
            entries = new object[] { new { key = "south", label = "South", color = "#ff0000" }, new { key = "north", label = "North", labelTranslations = new { ru = "Север" }, deprecated = true } },
        }, Token);
        var text = await made.Content.ReadAsStringAsync(Token);
        Assert.True(made.IsSuccessStatusCode, text);
        var dictionary = Dictionary.Parser.ParseJson(text);
        Assert.Equal(["south", "north"], dictionary.Entries.Select(entry => entry.Key));
        Assert.Equal(("#ff0000", "Север", true), (dictionary.Entries[0].Color, dictionary.Entries[1].LabelTranslations["ru"], dictionary.Entries[1].Deprecated));
        Assert.Equal(dictionary, await Client.GetDictionaryAsync(new GetDictionaryRequest { Id = dictionary.Id }, cancellationToken: Token));
        Assert.Equal([dictionary], (await Client.ListDictionariesAsync(new ListDictionariesRequest(), cancellationToken: Token)).Dictionaries);
    }

    [Fact]
    public async Task A_field_that_names_a_dictionary_has_its_choices_in_the_schema_and_follows_its_changes()
    {
        var dictionary = await CreateAsync("stages", "new", "old");
        var field = await FieldAsync("stage", "stages", Value.ForString("new"));
        Assert.Equal(("stages", 0, "new"), (field.Dictionary, field.Choices.Count, field.DefaultValue.StringValue));
        var before = await SchemaAsync();
        Assert.Equal(["new", "old"], before.Fields.Single().Choices.Select(choice => choice.Key));
        var events = await metadata.EventsAsync(_tenant);
        dictionary.Entries.Add(new Choice { Key = "lost", Label = "Lost" });
        var changed = await Client.UpdateDictionaryAsync(new UpdateDictionaryRequest { Dictionary = dictionary }, cancellationToken: Token);
        Assert.Equal(["contacts.person/stage"], changed.UsedBy);
        var after = await SchemaAsync();
        Assert.True(after.Version > before.Version);
        Assert.Equal(["new", "old", "lost"], after.Fields.Single().Choices.Select(choice => choice.Key));
        Assert.Equal(events + 1, await metadata.EventsAsync(_tenant));
        var described = await metadata.ResourcesOf(_tenant).DescribeResourceAsync(new DescribeResourceRequest { Resource = "contacts.person" }, cancellationToken: Token);
        Assert.Equal(3, described.Fields.Single(one => one.Path == "custom_fields.stage").Definition.Choices.Count);
    }

    [Fact]
    public async Task A_dictionary_in_use_is_not_deleted_not_even_when_its_field_can_still_be_restored()
    {
        var dictionary = await CreateAsync("kinds", "a");
        var field = await FieldAsync("kind", "kinds");
        var refused = await Refusal.OfAsync("DICTIONARY_IN_USE", async () => await Client.DeleteDictionaryAsync(new DeleteDictionaryRequest { Id = dictionary.Id }, cancellationToken: Token));
        Assert.Contains("contacts.person/kind", refused.Status.Detail, StringComparison.Ordinal);
        await metadata.FieldsOf(_tenant).DeleteFieldAsync(new DeleteFieldRequest { Id = field.Id }, cancellationToken: Token);
        await Refusal.OfAsync("DICTIONARY_IN_USE", async () => await Client.DeleteDictionaryAsync(new DeleteDictionaryRequest { Id = dictionary.Id }, cancellationToken: Token));
        var unused = await CreateAsync("unused", "a");
        await Client.DeleteDictionaryAsync(new DeleteDictionaryRequest { Id = unused.Id }, cancellationToken: Token);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await Client.GetDictionaryAsync(new GetDictionaryRequest { Id = unused.Id }, cancellationToken: Token))).StatusCode);
    }

    [Fact]
    public async Task Fields_take_only_what_their_dictionary_has()
    {
        await Refusal.OfAsync("INVALID_ARGUMENT", () => FieldAsync("first", "nowhere"));
        await CreateAsync("sizes", "small");
        var refused = await Refusal.OfAsync("INVALID_ARGUMENT", () => FieldAsync("second", "sizes", Value.ForString("huge")));
        Assert.Equal(["field.defaultValue"], refused.Fields());
        await Refusal.OfAsync("INVALID_ARGUMENT", async () => await metadata.FieldsOf(_tenant).CreateFieldAsync(
            new CreateFieldRequest { Field = new Field { Resource = "contacts.person", Key = "third", Type = FieldType.Text, Label = "x", Dictionary = "sizes" } }, cancellationToken: Token));
    }

    [Fact]
    public async Task What_is_wrong_is_said_in_the_language_of_whoever_asks()
    {
        using var rest = metadata.RestFor(_tenant, MetadataFixture.All);
        rest.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ru");
        using var refused = await rest.PostAsJsonAsync(new Uri("/api/v1/metadata/dictionaries", UriKind.Relative), new { key = "Bad Key", label = "x", entries = new[] { new { key = "a", label = "A", color = "red" } } }, Token);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var errors = (await refused.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("errors").EnumerateArray().ToDictionary(error => error.GetProperty("field").GetString()!, error => error.GetProperty("message").GetString()!);
        Assert.Equal(["dictionary.entries[0].color", "dictionary.key"], errors.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("Цвет", errors["dictionary.entries[0].color"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_are_announced_audited_and_refused_to_whoever_saw_an_older_version()
    {
        var dictionary = await CreateAsync("levels", "one");
        Assert.Equal(["dictionary.key"], (await Refusal.OfAsync("DICTIONARY_EXISTS", () => CreateAsync("levels", "two"))).Fields());
        var changed = await Client.UpdateDictionaryAsync(new UpdateDictionaryRequest { Dictionary = new Dictionary { Id = dictionary.Id, Label = "Steps" } }, cancellationToken: Token);
        Assert.Equal(("Steps", "levels", 1), (changed.Label, changed.Key, changed.Entries.Count));
        var translated = await Client.UpdateDictionaryAsync(new UpdateDictionaryRequest { Dictionary = new Dictionary { Id = dictionary.Id, LabelTranslations = { ["ru"] = "Шаги" } } }, cancellationToken: Token);
        Assert.Equal(("Steps", "Шаги"), (translated.Label, translated.LabelTranslations["ru"]));
        translated.LabelTranslations.Clear();
        Assert.Empty((await Client.UpdateDictionaryAsync(new UpdateDictionaryRequest { Dictionary = translated, UpdateMask = new FieldMask { Paths = { "*" } } }, cancellationToken: Token)).LabelTranslations);
        await Refusal.OfAsync("STALE_ETAG", async () => await Client.UpdateDictionaryAsync(new UpdateDictionaryRequest { Dictionary = new Dictionary { Id = dictionary.Id, Etag = dictionary.Etag, Label = "Late" } }, cancellationToken: Token));
        await Refusal.OfAsync("INVALID_ARGUMENT", async () => await Client.UpdateDictionaryAsync(new UpdateDictionaryRequest { Dictionary = new Dictionary { Id = dictionary.Id, Key = "other" } }, cancellationToken: Token));
        Assert.Equal(4, await metadata.EventsAsync(_tenant, "ShapeChanged"));
        var history = await metadata.GrpcFor(_tenant, AuditHistory.Permission).HistoryAsync("metadata.dictionary", dictionary.Id, atLeast: 4);
        Assert.Equal(["create", "update", "update", "update"], history.Select(entry => entry.Action));
    }

    [Fact]
    public async Task Another_company_sees_nothing_and_a_reader_changes_nothing()
    {
        var dictionary = await CreateAsync("mine", "a");
        var other = metadata.DictionariesOf(Guid.CreateVersion7());
        Assert.Empty((await other.ListDictionariesAsync(new ListDictionariesRequest(), cancellationToken: Token)).Dictionaries);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await other.DeleteDictionaryAsync(new DeleteDictionaryRequest { Id = dictionary.Id }, cancellationToken: Token))).StatusCode);
        var reader = new DictionariesService.DictionariesServiceClient(metadata.GrpcFor(_tenant, "metadata.read"));
        Assert.Single((await reader.ListDictionariesAsync(new ListDictionariesRequest(), cancellationToken: Token)).Dictionaries);
        await Refusal.OfAsync("PERMISSION_DENIED", async () => await reader.UpdateDictionaryAsync(new UpdateDictionaryRequest { Dictionary = new Dictionary { Id = dictionary.Id, Label = "x" } }, cancellationToken: Token));
    }

    private async Task<Dictionary> CreateAsync(string key, params string[] entries) => await Client.CreateDictionaryAsync(new CreateDictionaryRequest
    {
        Dictionary = new Dictionary { Key = key, Label = key, Entries = { entries.Select(entry => new Choice { Key = entry, Label = entry }) } },
    }, cancellationToken: Token);

    private async Task<Field> FieldAsync(string key, string dictionary, Value? byDefault = null) => await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest
    {
        Field = new Field { Resource = "contacts.person", Key = key, Type = FieldType.SingleChoice, Label = key, Dictionary = dictionary, DefaultValue = byDefault },
    }, cancellationToken: Token);

    private async Task<Schema> SchemaAsync() => await metadata.ResourcesOf(_tenant).GetSchemaAsync(new GetSchemaRequest { Resources = { "contacts.person" } }, cancellationToken: Token);
}
