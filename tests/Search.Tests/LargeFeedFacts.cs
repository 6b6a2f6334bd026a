using System.Diagnostics;
using Platform.Contacts.V1;
using Xunit;

namespace Search.Tests;

/// <summary>What an import makes is searched as fast as it is told of.</summary>
public sealed class LargeFeedFacts(SearchFixture search) : IClassFixture<SearchFixture>
{
    private const int People = 20_000;

    // As many as the sidecar has under way.
    private const int AtOnce = 32;

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("category", "long")]
    public async Task Twenty_thousand_people_of_an_import_are_written_many_at_a_time_and_none_waits_for_two_seconds()
    {
        var (delays, watch) = (new double[People], search.Watch(_tenant));
        watch.Go.SetResult();
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, People), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Token }, async (at, _) =>
        {
            var told = Stopwatch.GetTimestamp();
            await search.KeepAsync(_tenant, new PersonCreated { Person = PersonOf(at) });
            delays[at] = Stopwatch.GetElapsedTime(told).TotalSeconds;
        });
        var elapsed = Stopwatch.GetElapsedTime(started);
        Array.Sort(delays);
        TestContext.Current.SendDiagnosticMessage(
            "{0} people in {1:0.0} s: {2:0} a second in {6} writes; from the event to the index {3:0} ms in the median, {4:0} ms in 99 of 100, {5:0} ms at most",
            People, elapsed.TotalSeconds, People / elapsed.TotalSeconds, delays[People / 2] * 1_000, delays[People * 99 / 100] * 1_000, delays[^1] * 1_000, watch.Sizes.Count);
        Assert.Single(await search.IdsAsync(_tenant, $"person{People - 1}@import.example"));
        Assert.InRange(watch.Sizes.Count, 1, People / 4);
        Assert.InRange(delays[^1], 0, 2);
    }

    private static Person PersonOf(int at) => new()
    {
        Id = $"{Guid.CreateVersion7()}",
        FirstName = $"First {at}",
        LastName = $"Last {at}",
        Email = $"person{at}@import.example",
        Phone = $"+49 30 {1_000_000 + at}",
        JobTitle = $"Buyer, region {at % 90}",
        Address = new() { City = "Nürnberg" },
    };
}
