using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Metadata.Tests.Fields;

public sealed class RelationFieldFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_deletion_does_is_said_of_objects_of_ones_own_and_what_cannot_be_is_refused()
    {
        await DefineAsync("machine", "visit");
        var made = await CreateAsync(Relation("records.visit", "machine", "records.machine", RelationDeletion.Restrict));
        Assert.Equal(RelationDeletion.Restrict, made.OnDelete);
        await CreateAsync(Relation("records.visit", "customer", "contacts.person", RelationDeletion.Delete));
        await CreateAsync(Relation("records.visit", "tools", "records.machine", RelationDeletion.Clear, FieldType.Relations));
        await CreateAsync(Relation("deals.deal", "machines", "records.machine", RelationDeletion.Unspecified, FieldType.Relations));
        await RefusedAsync("field.onDelete", Relation("records.visit", "buyer", "contacts.person", RelationDeletion.Restrict));
        await RefusedAsync("field.onDelete", Relation("deals.deal", "machine", "records.machine", RelationDeletion.Delete));
        await RefusedAsync("field.onDelete", new Field(Relation("records.visit", "place", "", RelationDeletion.Clear)) { Type = FieldType.Text });
        await RefusedAsync("field.onDelete", new Field(Relation("records.visit", "place", "records.machine", RelationDeletion.Clear)) { Required = true });
        await RefusedAsync("field.relatedResource", Relation("records.visit", "place", "records.place", RelationDeletion.Unspecified));
        await RefusedAsync("field.relatedResource", Relation("records.visit", "place", "", RelationDeletion.Unspecified, FieldType.Relations));
        await RefusedAsync("field.searchable", new Field(Relation("records.visit", "places", "records.machine", RelationDeletion.Unspecified, FieldType.Relations)) { Searchable = true });
    }

    [Fact]
    public async Task Relations_are_described_from_both_sides_to_those_who_may_read_the_other()
    {
        await DefineAsync("machine", "visit");
        await CreateAsync(new Field(Relation("records.visit", "machine", "records.machine", RelationDeletion.Delete)) { LabelTranslations = { ["de"] = "Maschine" } });
        await CreateAsync(Relation("records.visit", "people", "contacts.person", RelationDeletion.Unspecified, FieldType.Relations));
        var visit = await DescribeAsync("records.visit", "records.read", "contacts.read");
        Assert.Equal([("custom_fields.machine", false, "records.machine", "/api/v1/objects/machines"), ("custom_fields.people", true, "contacts.person", "/api/v1/contacts/people")],
            visit.Relations.Select(relation => (relation.Path, relation.Many, relation.Resource, relation.RestPath)));
        Assert.All(visit.Relations, relation => Assert.False(relation.Incoming));
        Assert.Equal("relations", visit.Fields.Single(field => field.Path == "custom_fields.people").Type);
        var machine = Assert.Single((await DescribeAsync("records.machine", "records.read")).Relations);
        Assert.Equal(new RelationDescriptor
        {
            Path = "custom_fields.machine",
            Label = "Maschine",
            Incoming = true,
            Many = true,
            Resource = "records.visit",
            ResourceLabel = "visits",
            RestPath = "/api/v1/objects/visits",
            Filter = "custom_fields.machine = \"{id}\"",
            OnDelete = RelationDeletion.Delete,
        }, machine);
        Assert.Equal("custom_fields.people:\"{id}\"", Assert.Single((await DescribeAsync("contacts.person", "records.read")).Relations).Filter);
        Assert.Empty((await DescribeAsync("contacts.person")).Relations);
        var restricted = new ResourcesService.ResourcesServiceClient(metadata.As(_tenant, Guid.CreateVersion7(), ["metadata.read", "records.read"], rules: new AccessRule("records.visit", "custom_fields.machine", FieldAccess.Hidden)));
        Assert.Empty((await restricted.DescribeResourceAsync(new DescribeResourceRequest { Resource = "records.machine" }, cancellationToken: Token)).Relations);
    }

    [Fact]
    public async Task A_document_carries_relations_with_their_rules()
    {
        await DefineAsync("machine", "visit");
        await CreateAsync(Relation("records.visit", "machine", "records.machine", RelationDeletion.Restrict));
        await CreateAsync(Relation("records.visit", "tools", "records.machine", RelationDeletion.Delete, FieldType.Relations));
        var exported = await PackagesOf(_tenant).ExportMetadataAsync(new ExportMetadataRequest(), cancellationToken: Token);
        Assert.Contains("RELATION_DELETION_RESTRICT", $"{exported.Document}", StringComparison.Ordinal);
        var other = Guid.CreateVersion7();
        await PackagesOf(other).ApplyMetadataAsync(new ApplyMetadataRequest { Document = exported.Document }, cancellationToken: Token);
        Assert.Equal($"{exported.Document}", $"{(await PackagesOf(other).ExportMetadataAsync(new ExportMetadataRequest(), cancellationToken: Token)).Document}");
        var schema = await metadata.ResourcesOf(other).GetSchemaAsync(new GetSchemaRequest { Resources = { "records.*" } }, cancellationToken: Token);
        Assert.Equal([(FieldType.Relation, RelationDeletion.Restrict), (FieldType.Relations, RelationDeletion.Delete)], schema.Fields.Select(field => (field.Type, field.OnDelete)));
    }

    private static Field Relation(string resource, string key, string related, RelationDeletion rule, FieldType type = FieldType.Relation) =>
        new() { Resource = resource, Key = key, Label = key, Type = type, RelatedResource = related, OnDelete = rule };

    private MetadataPackagesService.MetadataPackagesServiceClient PackagesOf(Guid tenant) => new(metadata.GrpcFor(tenant, MetadataFixture.All));

    private async Task DefineAsync(params string[] keys)
    {
        var objects = new ObjectTypesService.ObjectTypesServiceClient(metadata.GrpcFor(_tenant, MetadataFixture.All));
        foreach (var key in keys)
            await objects.CreateObjectTypeAsync(new CreateObjectTypeRequest { ObjectType = new ObjectType { Key = key, PluralKey = $"{key}s", Label = key, PluralLabel = $"{key}s" } }, cancellationToken: Token);
    }

    private async Task<Field> CreateAsync(Field field) => await metadata.FieldsOf(_tenant).CreateFieldAsync(new CreateFieldRequest { Field = field }, cancellationToken: Token);

    private async Task RefusedAsync(string place, Field field) => Assert.Contains(place, (await Refusal.OfAsync("INVALID_ARGUMENT", () => CreateAsync(field))).Fields());

    private async Task<ResourceDescriptor> DescribeAsync(string resource, params string[] permissions) =>
        await new ResourcesService.ResourcesServiceClient(metadata.GrpcFor(_tenant, ["metadata.read", .. permissions])).DescribeResourceAsync(new DescribeResourceRequest { Resource = resource, Language = "de" }, cancellationToken: Token);
}
