using System.Diagnostics;
using Platform.Contacts.V1;
using Xunit;

namespace Contacts.Tests.Segments;

[Trait("category", "long")]
public sealed class LargeSegmentFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private const int People = 100_000;

    private readonly Keeper _keeper = new(contacts);

    [Fact]
    public async Task A_hundred_thousand_people_are_evaluated_in_the_background()
    {
        await contacts.Database.ExecuteAsync(
            $"""
            INSERT INTO people (tenant_id, id, first_name, last_name, email, phone, job_title, language, custom_fields, create_time, update_time)
            SELECT '{_keeper.Tenant}'::uuid, gen_random_uuid(), 'Kim', 'Doe' || i, '', '', 'Title ' || (i % 4), '', CAST('{"{}"}' AS jsonb), now(), now() FROM generate_series(1, {People}) AS i
            """);
        await contacts.Database.ExecuteAsync("ANALYZE people");
        var watch = Stopwatch.StartNew();
        var segment = await _keeper.DynamicAsync("job_title = \"Title 1\"");
        TestContext.Current.TestOutputHelper!.WriteLine($"{People} people, {People / 4} members: {watch.Elapsed}");
        Assert.Equal(People / 4, await CountAsync(segment.Id));
        watch.Restart();
        await _keeper.Segments.UpdateSegmentAsync(new UpdateSegmentRequest { Segment = new Segment { Id = segment.Id, Filter = "job_title = \"Title 2\"" } }, cancellationToken: TestContext.Current.CancellationToken);
        await _keeper.ReadyAsync(segment.Id);
        TestContext.Current.TestOutputHelper!.WriteLine($"Another expression: {watch.Elapsed}");
        Assert.Equal(People / 4, await CountAsync(segment.Id));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"It took {watch.Elapsed}.");
    }

    private async Task<long> CountAsync(string id) =>
        (await _keeper.Segments.CountSegmentMembersAsync(new CountSegmentMembersRequest { SegmentId = id }, cancellationToken: TestContext.Current.CancellationToken)).Count;
}
