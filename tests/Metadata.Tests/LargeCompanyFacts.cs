using System.Diagnostics;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Metadata.Tests;

/// <summary>A company with 200 objects of 20 fields each.</summary>
[Trait("category", "long")]
public sealed class LargeCompanyFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResourcesService.ResourcesServiceClient Resources => new(metadata.GrpcFor(_tenant, "metadata.read", "records.read"));

    [Fact]
    public async Task All_objects_are_described_from_what_is_known_and_a_change_is_seen_at_once()
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

    private async Task<(DescribeResourcesResponse Described, TimeSpan Time)> DescribeAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        var described = await Resources.DescribeResourcesAsync(new DescribeResourcesRequest(), cancellationToken: Token);
        return (described, Stopwatch.GetElapsedTime(begun));
    }

    private async Task CreateAsync(string key) => await metadata.FieldsOf(_tenant).CreateFieldAsync(
        new CreateFieldRequest { Field = new Field { Resource = "records.machine", Key = key, Type = FieldType.Number, Label = key } }, cancellationToken: Token);
}
