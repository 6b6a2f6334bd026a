using System.Diagnostics;
using Platform.CustomFields.V1;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Metadata.Tests;

/// <summary>Two hundred objects in one company, one of them with five hundred fields, among a thousand companies.</summary>
[Trait("category", "long")]
public sealed class ScaleFacts(MetadataFixture metadata, ITestOutputHelper output) : IClassFixture<MetadataFixture>
{
    private const int Objects = 200;
    private const int FieldsOfOne = 500;
    private const int FieldsOfOthers = 10;
    private const int Companies = 1_000;
    private const int Calls = 20;

    // What asked the database once for each object took longer than this on any machine.
    private const double MostTimes = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_is_described_by_a_handful_of_statements()
    {
        var (small, large) = (await CompanyAsync(), await CompanyAsync());
        await GrowAsync(large);
        var times = new Dictionary<string, double>();
        foreach (var (name, tenant) in new[] { ("small", small), ("large", large) })
        {
            var resources = new ResourcesService.ResourcesServiceClient(metadata.GrpcFor(tenant, "metadata.read", "records.read", "deals.read"));
            times[$"schema {name}"] = await TimeAsync(async () => (await resources.GetSchemaAsync(new GetSchemaRequest { Resources = { "records.*" } }, cancellationToken: Token)).CalculateSize());
            times[$"resource {name}"] = await TimeAsync(async () => (await resources.DescribeResourceAsync(new DescribeResourceRequest { Resource = "records.machine" }, cancellationToken: Token)).CalculateSize());
            times[$"resources {name}"] = await TimeAsync(async () => (await resources.DescribeResourcesAsync(new DescribeResourcesRequest(), cancellationToken: Token)).CalculateSize());
        }

        foreach (var (name, time) in times)
            output.WriteLine($"{name}: {time:0.0} ms");
        Assert.Equal(Objects, (await new ResourcesService.ResourcesServiceClient(metadata.GrpcFor(large, "records.read")).DescribeResourcesAsync(new DescribeResourcesRequest(), cancellationToken: Token)).Resources.Count);
        Assert.True(times["resources large"] < (times["resources small"] * MostTimes) + 100, $"{times["resources large"]:0.0} ms instead of {times["resources small"]:0.0} ms.");
    }

    private async Task<Guid> CompanyAsync()
    {
        var tenant = Guid.CreateVersion7();
        await new ObjectTypesService.ObjectTypesServiceClient(metadata.GrpcFor(tenant, MetadataFixture.All)).CreateObjectTypeAsync(
            new CreateObjectTypeRequest { ObjectType = new ObjectType { Key = "machine", PluralKey = "machines", Label = "Machine", PluralLabel = "Machines" } }, cancellationToken: Token);
        await metadata.FieldsOf(tenant).CreateFieldAsync(new CreateFieldRequest { Field = new Field { Resource = "records.machine", Key = "power", Type = FieldType.Text, Label = "Power" } }, cancellationToken: Token);
        return tenant;
    }

    // Objects and fields are copies of the one; a thousand other companies have it, too.
    private Task GrowAsync(Guid tenant) => metadata.Database.ExecuteAsync($"""
        INSERT INTO custom_objects SELECT (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(), 'key', 'object_' || i, 'plural_key', 'objects_' || i))).*
            FROM custom_objects one, generate_series(2, {Objects}) AS i WHERE one.tenant_id = '{tenant}';
        INSERT INTO custom_fields SELECT (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(), 'key', 'power_' || i))).*
            FROM custom_fields one, generate_series(2, {FieldsOfOne}) AS i WHERE one.tenant_id = '{tenant}';
        INSERT INTO custom_fields SELECT (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(), 'resource', 'records.object_' || o, 'key', 'power_' || i))).*
            FROM custom_fields one, generate_series(2, {Objects}) AS o, generate_series(1, {FieldsOfOthers}) AS i WHERE one.tenant_id = '{tenant}' AND one.key = 'power';
        INSERT INTO custom_fields SELECT (jsonb_populate_record(one, jsonb_build_object('tenant_id', md5('company ' || c)::uuid, 'id', gen_random_uuid()))).*
            FROM custom_fields one, generate_series(1, {Companies}) AS c WHERE one.tenant_id = '{tenant}' AND one.key = 'power';
        ANALYZE
        """);

    private static async Task<double> TimeAsync(Func<Task<int>> call)
    {
        var times = new List<double>();
        for (var i = 0; i < Calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.True(await call() > 0);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times.Order().ElementAt(Calls / 2);
    }
}
