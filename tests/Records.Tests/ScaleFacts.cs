using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Xunit;
using Record = Platform.Records.V1.Record;

namespace Records.Tests;

/// <summary>An object with five hundred fields, in a company of two hundred objects, beside one with ten; call by call.</summary>
[Trait("category", "long")]
public sealed class ScaleFacts(RecordsFixture records, ITestOutputHelper output) : IClassFixture<RecordsFixture>
{
    private const int Objects = 200;
    private const int Many = 500;
    private const int Few = 10;
    private const int Calls = 200;

    // The same ten values are written and read: fields without a value cost nothing worth it.
    private const double MostTimes = 1.5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fields_without_a_value_cost_nothing()
    {
        var (few, many) = (Company(1, Few), Company(Objects, Many));
        var (ofFew, ofMany) = (records.RecordsOf(few), records.RecordsOf(many));
        var (creates, manyCreates, lists, manyLists) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var call = 0; call < Calls; call++)
        {
            await TimeAsync(creates, () => CreateAsync(ofFew));
            await TimeAsync(manyCreates, () => CreateAsync(ofMany));
            await TimeAsync(lists, () => ListAsync(ofFew));
            await TimeAsync(manyLists, () => ListAsync(ofMany));
        }

        foreach (var (name, ours, theirs) in new[] { ("create", Median(manyCreates), Median(creates)), ("list", Median(manyLists), Median(lists)) })
        {
            output.WriteLine($"{name}: {theirs:0.00} ms of {Few} fields, {ours:0.00} ms of {Many}: {ours / theirs:0.00} times");
            Assert.True(ours < theirs * MostTimes, $"{name}: {ours:0.00} ms instead of {theirs:0.00} ms.");
        }
    }

    [Fact]
    public async Task What_is_known_of_a_thousand_companies_fits_into_memory()
    {
        const int companies = 1_000;
        // With the definitions themselves, which the service holds as they came.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var tenants = Enumerable.Range(0, companies).Select(_ => Company(1, 50)).ToList();
        foreach (var tenant in tenants)
            await ListAsync(records.RecordsOf(tenant));
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / companies / 1024.0;
        output.WriteLine($"{each:0.0} KiB a company of 50 fields");
        Assert.True(each < 100, $"{each:0.0} KiB a company.");
    }

    private Guid Company(int objects, int fields)
    {
        var tenant = Guid.CreateVersion7();
        records.Fields.SetObjects(
            tenant,
            [RecordsFixture.Machines(), .. Enumerable.Range(1, objects - 1).Select(number => RecordsFixture.Kind($"object_{number}", $"objects_{number}"))],
            [.. Enumerable.Range(0, fields).Select(number => RecordsFixture.Of($"field_{number}", FieldType.Text))]);
        return tenant;
    }

    private static async Task CreateAsync(RecordsService.RecordsServiceClient client)
    {
        var values = new Struct();
        for (var number = 0; number < Few; number++)
            values.Fields[$"field_{number}"] = Value.ForString("A few words");
        await client.CreateRecordAsync(new CreateRecordRequest { Object = "machines", Record = new Record { Name = "Press", CustomFields = values } }, cancellationToken: Token);
    }

    private static async Task ListAsync(RecordsService.RecordsServiceClient client) =>
        await client.ListRecordsAsync(new ListRecordsRequest { Object = "machines", PageSize = 50 }, cancellationToken: Token);

    private static async Task TimeAsync(List<double> times, Func<Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        await call();
        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
