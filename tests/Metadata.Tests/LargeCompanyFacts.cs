using System.Diagnostics;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Metadata.Tests;

/// <summary>A company with 200 objects of 20 fields each, and 500 of one.</summary>
[Trait("category", "long")]
public sealed class LargeCompanyFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResourcesService.ResourcesServiceClient Resources => new(metadata.GrpcFor(_tenant, "metadata.read", "records.read"));

    [Fact]
    public async Task All_objects_are_described_from_what_is_known_and_a_change_is_seen_at_once()
    {
        await MakeAsync();
        var first = await DescribeAsync();
        Assert.Equal((200, 20), (first.Described.Resources.Count, first.Described.Resources.Single(resource => resource.Resource == "records.kind7").Fields.Count(field => !field.BuiltIn)));
        var again = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            var (described, time) = await DescribeAsync();
            Assert.Equal(first.Described, described);
            again.Add(time);
        }

        await CreateAsync("weight");
        var changed = (await DescribeAsync()).Described.Resources.Single(resource => resource.Resource == "records.machine");
        Assert.Contains(changed.Fields, field => field.Path == "custom_fields.weight");
        TestContext.Current.TestOutputHelper!.WriteLine($"Described in {first.Time.TotalMilliseconds:0} ms at first, then in {again.Order().ElementAt(2).TotalMilliseconds:0} ms.");
    }

    [Fact]
    public async Task It_is_moved_to_another_company_as_a_document_while_somebody_waits_for_it()
    {
        await MakeAsync();
        var other = Guid.CreateVersion7();
        var exported = await PackagesOf(_tenant).ExportMetadataAsync(new ExportMetadataRequest(), cancellationToken: Token);
        var begun = Stopwatch.GetTimestamp();
        var applied = await PackagesOf(other).ApplyMetadataAsync(new ApplyMetadataRequest { Document = exported.Document }, cancellationToken: Token);
        var (made, time) = (applied.Changes.Count, Stopwatch.GetElapsedTime(begun));
        Assert.Equal(200 + 1 + (199 * 20), made);
        Assert.Empty((await PackagesOf(other).CompareMetadataAsync(new CompareMetadataRequest { Document = exported.Document, Prune = true }, cancellationToken: Token)).Changes);
        TestContext.Current.TestOutputHelper!.WriteLine($"{made} objects and fields: {time.TotalSeconds:0.0} s.");
        // A step costs as much at the end as at the beginning.
        Assert.True(time < TimeSpan.FromSeconds(60), $"{time.TotalSeconds:0.0} s.");
    }

    [Fact]
    public async Task An_object_with_five_hundred_fields_is_described_as_fast_as_its_fields_are_written_down()
    {
        var objects = new ObjectTypesService.ObjectTypesServiceClient(metadata.GrpcFor(_tenant, MetadataFixture.All));
        await objects.CreateObjectTypeAsync(
            new CreateObjectTypeRequest { ObjectType = new ObjectType { Key = "machine", PluralKey = "machines", Label = "Machine", PluralLabel = "Machines" } }, cancellationToken: Token);
        await CreateAsync("power");
        // Beside a thousand companies that have fields too.
        await metadata.Database.ExecuteAsync(
            $"""
            CREATE TEMP TABLE copied_fields AS SELECT * FROM custom_fields WHERE tenant_id = '{_tenant}';
            INSERT INTO custom_fields SELECT (jsonb_populate_record(copied_fields, jsonb_build_object('id', gen_random_uuid(), 'key', 'field' || j))).* FROM copied_fields, generate_series(1, 498) AS j;
            INSERT INTO custom_fields SELECT (jsonb_populate_record(copied_fields, jsonb_build_object('id', gen_random_uuid(), 'key', 'field' || j, 'tenant_id', tenant))).*
                FROM copied_fields, (SELECT gen_random_uuid() AS tenant FROM generate_series(1, 1000)) AS company, generate_series(1, 20) AS j;
            DROP TABLE copied_fields; ANALYZE custom_fields
            """);
        var first = await OneAsync();
        Assert.Equal(499, first.Described.Fields.Count(field => !field.BuiltIn));
        var again = new List<TimeSpan>();
        for (var i = 0; i < 20; i++)
            again.Add((await OneAsync()).Time);
        // The last one of the five hundred, each time anew after a change.
        await CreateAsync("weight");
        var changed = await OneAsync();
        Assert.Equal(500, changed.Described.Fields.Count(field => !field.BuiltIn));
        await Refusal.OfAsync("TOO_MANY_FIELDS", () => CreateAsync("one_more"));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"500 fields: described in {first.Time.TotalMilliseconds:0} ms at first, then in {again.Order().ElementAt(10).TotalMilliseconds:0} ms, in {changed.Time.TotalMilliseconds:0} ms after a change; {first.Described.CalculateSize() / 1024} KB.");
    }

    private MetadataPackagesService.MetadataPackagesServiceClient PackagesOf(Guid tenant) => new(metadata.GrpcFor(tenant, MetadataFixture.All));

    private async Task MakeAsync()
    {
        var objects = new ObjectTypesService.ObjectTypesServiceClient(metadata.GrpcFor(_tenant, MetadataFixture.All));
        await objects.CreateObjectTypeAsync(
            new CreateObjectTypeRequest { ObjectType = new ObjectType { Key = "machine", PluralKey = "machines", Label = "Machine", PluralLabel = "Machines" } }, cancellationToken: Token);
        await CreateAsync("power");
        await metadata.Database.ExecuteAsync(
            $"""
            CREATE TEMP TABLE copied AS SELECT * FROM custom_objects WHERE tenant_id = '{_tenant}';
            INSERT INTO custom_objects SELECT (jsonb_populate_record(copied, jsonb_build_object('id', gen_random_uuid(), 'key', 'kind' || i, 'plural_key', 'kinds' || i))).* FROM copied, generate_series(2, 200) AS i;
            CREATE TEMP TABLE copied_fields AS SELECT * FROM custom_fields WHERE tenant_id = '{_tenant}';
            INSERT INTO custom_fields SELECT (jsonb_populate_record(copied_fields, jsonb_build_object('id', gen_random_uuid(), 'key', 'field' || j, 'resource', 'records.kind' || i))).*
                FROM copied_fields, generate_series(2, 200) AS i, generate_series(1, 20) AS j;
            DROP TABLE copied; DROP TABLE copied_fields
            """);
    }

    private async Task<(ResourceDescriptor Described, TimeSpan Time)> OneAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        var described = await Resources.DescribeResourceAsync(new DescribeResourceRequest { Resource = "records.machine" }, cancellationToken: Token);
        return (described, Stopwatch.GetElapsedTime(begun));
    }

    private async Task<(DescribeResourcesResponse Described, TimeSpan Time)> DescribeAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        var described = await Resources.DescribeResourcesAsync(new DescribeResourcesRequest(), cancellationToken: Token);
        return (described, Stopwatch.GetElapsedTime(begun));
    }

    private async Task CreateAsync(string key) => await metadata.FieldsOf(_tenant).CreateFieldAsync(
        new CreateFieldRequest { Field = new Field { Resource = "records.machine", Key = key, Type = FieldType.Number, Label = key } }, cancellationToken: Token);
}
