using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Rpc;
using Grpc.Core;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Metadata.Tests;

public sealed class ObjectFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ObjectTypesService.ObjectTypesServiceClient Client => new(metadata.GrpcFor(_tenant, MetadataFixture.All));

    [Fact]
    public async Task An_object_is_made_over_rest_and_is_in_the_schema_with_its_fields()
    {
        using var rest = metadata.RestFor(_tenant, MetadataFixture.All);
        using var made = await rest.PostAsJsonAsync(new Uri("/api/v1/metadata/objects", UriKind.Relative), new
        {
            key = "machine",
            pluralKey = "machines",
            label = "Machine",
            labelTranslations = new { ru = "Станок" },
            pluralLabel = "Machines",
            numberPattern = "M-{00000}",
            icon = "gear",
        }, Token);
        var text = await made.Content.ReadAsStringAsync(Token);
        Assert.True(made.IsSuccessStatusCode, text);
        var machine = ObjectType.Parser.ParseJson(text);
        Assert.Equal(("records.machine", "M-{00000}", "Станок"), (machine.Resource, machine.NumberPattern, machine.LabelTranslations["ru"]));
        Assert.Equal([machine], (await Client.ListObjectTypesAsync(new ListObjectTypesRequest(), cancellationToken: Token)).ObjectTypes);
        Assert.Equal(machine, await Client.GetObjectTypeAsync(new GetObjectTypeRequest { Id = machine.Id }, cancellationToken: Token));
        await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = Power() }, cancellationToken: Token);
        var schema = await SchemaAsync("records.*");
        Assert.Equal((2, "machines", "power"), (schema.Version, Assert.Single(schema.Objects).PluralKey, Assert.Single(schema.Fields).Key));
        Assert.Empty((await SchemaAsync("contacts.person")).Objects);
        Assert.Equal(1, await EventsAsync());
    }

    [Fact]
    public async Task An_object_is_described_beside_the_built_in_ones_in_the_callers_language()
    {
        await Client.CreateObjectTypeAsync(new CreateObjectTypeRequest
        {
            ObjectType = new ObjectType
            {
                Key = "machine",
                PluralKey = "machines",
                Label = "Machine",
                LabelTranslations = { ["ru"] = "Станок" },
                PluralLabel = "Machines",
                PluralLabelTranslations = { ["ru"] = "Станки" },
                NameLabel = "Serial number",
                NameLabelTranslations = { ["ru"] = "Серийный номер" },
            },
        }, cancellationToken: Token);
        await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = Power() }, cancellationToken: Token);
        var resources = new ResourcesService.ResourcesServiceClient(metadata.GrpcFor(_tenant, "metadata.read", "records.read"));
        var all = await resources.DescribeResourcesAsync(new DescribeResourcesRequest { Language = "ru" }, cancellationToken: Token);
        Assert.Equal(("records.machine", "Станки", "/api/v1/objects/machines"), (Assert.Single(all.Resources).Resource, all.Resources[0].PluralLabel, all.Resources[0].RestPath));
        Assert.Contains(all.Resources[0].Fields, field => field.Path == "custom_fields.power");
        var listed = await resources.ListResourcesAsync(new ListResourcesRequest { Language = "ru" }, cancellationToken: Token);
        Assert.Equal(("records.machine", "Станок", "Станки", "/api/v1/objects/machines"), listed.Resources.Where(resource => resource.Label == "Станок").Select(resource => (resource.Resource, resource.Label, resource.PluralLabel, resource.RestPath)).Single());
        Assert.Contains(listed.Resources, resource => resource.Resource == "deals.deal");
        var machine = await resources.DescribeResourceAsync(new DescribeResourceRequest { Resource = "records.machine", Language = "ru" }, cancellationToken: Token);
        var fields = machine.Fields.ToDictionary(field => field.Path);
        Assert.Equal(("Серийный номер", "number"), (fields["name"].Label, fields["custom_fields.power"].Type));
        Assert.DoesNotContain("number", fields.Keys);
        Assert.Equal((true, false), (machine.Actions.Single(action => action.Action == "read").Allowed, machine.Actions.Single(action => action.Action == "create").Allowed));
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await resources.DescribeResourceAsync(new DescribeResourceRequest { Resource = "records.plane" }, cancellationToken: Token));
        Assert.Equal(StatusCode.InvalidArgument, unknown.StatusCode);
    }

    [Theory]
    [InlineData("""{"key":"Machine","pluralKey":"machines","label":"x","pluralLabel":"x"}""", "objectType.key")]
    [InlineData("""{"key":"company","pluralKey":"machines","label":"x","pluralLabel":"x"}""", "objectType.key")]
    [InlineData("""{"key":"machine","pluralKey":"people","label":"x","pluralLabel":"x"}""", "objectType.pluralKey")]
    [InlineData("""{"key":"machine","pluralKey":"machines","pluralLabel":"x"}""", "objectType.label")]
    [InlineData("""{"key":"machine","pluralKey":"machines","label":"x","pluralLabel":"x","numberPattern":"M-"}""", "objectType.numberPattern")]
    [InlineData("""{"key":"machine","pluralKey":"machines","label":"x","pluralLabel":"x","numberPattern":"{0}{0}"}""", "objectType.numberPattern")]
    [InlineData("""{"key":"machine","pluralKey":"machines","label":"x","pluralLabel":"x","numberPattern":"{0}{day}"}""", "objectType.numberPattern")]
    [InlineData("""{"key":"machine","pluralKey":"machines","label":"x","pluralLabel":"x","icon":"<b>"}""", "objectType.icon")]
    public async Task What_is_wrong_is_named(string json, string named)
    {
        using var rest = metadata.RestFor(_tenant, MetadataFixture.All);
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var refused = await rest.PostAsync(new Uri("/api/v1/metadata/objects", UriKind.Relative), content, Token);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error => error.GetProperty("field").GetString() == named);
    }

    [Fact]
    public async Task Keys_are_taken_once_and_never_change()
    {
        var machine = await CreateAsync("machine", "machines");
        await RefusedAsync("OBJECT_EXISTS", () => CreateAsync("machine", "engines"));
        await RefusedAsync("OBJECT_EXISTS", () => CreateAsync("engine", "machines"));
        foreach (var change in new[] { new ObjectType { Id = machine.Id, Key = "engine" }, new ObjectType { Id = machine.Id, PluralKey = "engines" } })
            await RefusedAsync("INVALID_ARGUMENT", async () => await Client.UpdateObjectTypeAsync(new UpdateObjectTypeRequest { ObjectType = change }, cancellationToken: Token));
        var changed = await Client.UpdateObjectTypeAsync(new UpdateObjectTypeRequest { ObjectType = new ObjectType { Id = machine.Id, Label = "Engine" } }, cancellationToken: Token);
        Assert.Equal(("machine", "Engine"), (changed.Key, changed.Label));
    }

    [Fact]
    public async Task A_field_on_an_object_that_is_not_there_or_leads_to_one_is_refused()
    {
        await CreateAsync("machine", "machines");
        var astray = new Field { Resource = "records.plane", Key = "power", Label = "Power", Type = FieldType.Number };
        await RefusedAsync("INVALID_ARGUMENT", async () => await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = astray }, cancellationToken: Token));
        var relation = new Field { Resource = "records.machine", Key = "hangar", Label = "Hangar", Type = FieldType.Relation, RelatedResource = "records.hangar" };
        await RefusedAsync("INVALID_ARGUMENT", async () => await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = relation }, cancellationToken: Token));
        relation.RelatedResource = "records.machine";
        await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = relation }, cancellationToken: Token);
    }

    [Fact]
    public async Task A_deleted_object_is_restored_with_its_fields_or_goes_for_good()
    {
        var machine = await CreateAsync("machine", "machines");
        await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = Power() }, cancellationToken: Token);
        var deleted = await DeleteAsync(machine.Id);
        Assert.Equal(TimeSpan.FromDays(30), deleted.PurgeTime.ToDateTimeOffset() - deleted.DeleteTime.ToDateTimeOffset());
        Assert.Empty((await SchemaAsync("records.*")).Objects);
        await RefusedAsync("OBJECT_DELETED", () => CreateAsync("machine", "machines"));
        await RefusedAsync("OBJECT_IS_DELETED", () => DeleteAsync(machine.Id));
        await Client.UndeleteObjectTypeAsync(new UndeleteObjectTypeRequest { Id = machine.Id }, cancellationToken: Token);
        Assert.Equal((1, 1), ((await SchemaAsync("records.*")).Objects.Count, (await SchemaAsync("records.*")).Fields.Count));
        await RefusedAsync("OBJECT_NOT_DELETED", async () => await Client.UndeleteObjectTypeAsync(new UndeleteObjectTypeRequest { Id = machine.Id }, cancellationToken: Token));

        await DeleteAsync(machine.Id);
        await metadata.Database.ExecuteAsync($"UPDATE field_purges SET due_time = now() WHERE tenant_id = '{_tenant}'");
        await Eventually.HoldsAsync(async () => (await Client.ListObjectTypesAsync(new ListObjectTypesRequest { ShowDeleted = true }, cancellationToken: Token)).ObjectTypes.Count == 0);
        Assert.Empty((await SchemaAsync("records.*")).Fields);
        Assert.Equal(1, await metadata.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{_tenant}' AND (data::jsonb ->> 'purged')::boolean"));
        await CreateAsync("machine", "machines");
    }

    [Fact]
    public async Task Another_company_sees_nothing_and_may_have_the_same_names()
    {
        var machine = await CreateAsync("machine", "machines");
        var other = new ObjectTypesService.ObjectTypesServiceClient(metadata.GrpcFor(Guid.CreateVersion7(), MetadataFixture.All));
        Assert.Empty((await other.ListObjectTypesAsync(new ListObjectTypesRequest(), cancellationToken: Token)).ObjectTypes);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await other.DeleteObjectTypeAsync(new DeleteObjectTypeRequest { Id = machine.Id }, cancellationToken: Token))).StatusCode);
        await other.CreateObjectTypeAsync(new CreateObjectTypeRequest { ObjectType = Object("machine", "machines") }, cancellationToken: Token);
    }

    [Fact]
    public async Task One_object_is_made_public_by_fields_that_are_there_and_comes_back_private_where_another_one_is_meanwhile()
    {
        var article = await CreateAsync("article", "articles");
        await RefusedAsync("INVALID_ARGUMENT", () => PublishAsync(article.Id));
        foreach (var (key, type, unique) in new[] { ("slug", FieldType.Text, true), ("open", FieldType.Boolean, false), ("body", FieldType.LongText, false) })
            await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = new Field { Resource = "records.article", Key = key, Label = key, Type = type, Unique = unique } }, cancellationToken: Token);
        await RefusedAsync("INVALID_ARGUMENT", () => PublishAsync(article.Id, slug: "body"));
        Assert.Equal("body", (await PublishAsync(article.Id)).Publication.BodyField);

        var page = await CreateAsync("page", "pages");
        await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = new Field { Resource = "records.page", Key = "slug", Label = "slug", Type = FieldType.Text, Unique = true } }, cancellationToken: Token);
        foreach (var (key, type) in new[] { ("open", FieldType.Boolean), ("body", FieldType.Text) })
            await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = new Field { Resource = "records.page", Key = key, Label = key, Type = type } }, cancellationToken: Token);
        await RefusedAsync("ANOTHER_IS_PUBLIC", () => PublishAsync(page.Id));
        await DeleteAsync(article.Id);
        Assert.NotNull((await PublishAsync(page.Id)).Publication);
        Assert.Null((await Client.UndeleteObjectTypeAsync(new UndeleteObjectTypeRequest { Id = article.Id }, cancellationToken: Token)).Publication);
    }

    private async Task<ObjectType> PublishAsync(string id, string slug = "slug") => await Client.UpdateObjectTypeAsync(
        new UpdateObjectTypeRequest
        {
            ObjectType = new ObjectType { Id = id, Publication = new Publication { SlugField = slug, PublishedField = "open", BodyField = "body" } },
            UpdateMask = new() { Paths = { "publication" } },
        }, cancellationToken: Token);

    private static Field Power() => new() { Resource = "records.machine", Key = "power", Label = "Power", Type = FieldType.Number };

    private static ObjectType Object(string key, string plural) => new() { Key = key, PluralKey = plural, Label = key, PluralLabel = plural };

    private static async Task RefusedAsync(string code, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, refused.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
    }

    private async Task<ObjectType> CreateAsync(string key, string plural) =>
        await Client.CreateObjectTypeAsync(new CreateObjectTypeRequest { ObjectType = Object(key, plural) }, cancellationToken: Token);

    private async Task<ObjectType> DeleteAsync(string id) => await Client.DeleteObjectTypeAsync(new DeleteObjectTypeRequest { Id = id }, cancellationToken: Token);

    private async Task<Schema> SchemaAsync(string resource) => await metadata.ResourcesOf(_tenant).GetSchemaAsync(new GetSchemaRequest { Resources = { resource } }, cancellationToken: Token);

    private Task<long> EventsAsync() =>
        metadata.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{_tenant}' AND type = 'platform.metadata.v1.ObjectTypeChanged'");
}
