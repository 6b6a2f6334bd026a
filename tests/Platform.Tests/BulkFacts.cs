using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;

namespace Platform.Tests;

/// <summary>Events that come many at once are worked on as those that come alone, each with its own answer.</summary>
public sealed class BulkFacts(BulkSampleService sample, SampleService alone) : IClassFixture<BulkSampleService>, IClassFixture<SampleService>
{
    private const string Path = "/events/contacts/bulk";

    [Fact]
    public async Task The_sidecar_is_told_by_a_service_that_takes_bulks_and_by_no_other()
    {
        var subscriptions = (await sample.SubscriptionsAsync()).EnumerateArray().ToList();
        Assert.All(subscriptions, topic =>
        {
            var rule = Assert.Single(topic.GetProperty("routes").GetProperty("rules").EnumerateArray());
            Assert.Equal($"/events/{topic.GetProperty("topic").GetString()}/bulk", rule.GetProperty("path").GetString());
            Assert.Equal("""{"enabled":true,"maxMessagesCount":100,"maxAwaitDurationMs":50}""", topic.GetProperty("bulkSubscribe").GetRawText());
        });
        Assert.Contains(subscriptions, topic => topic.GetProperty("topic").GetString() == "contacts");
        Assert.All((await alone.SubscriptionsAsync()).EnumerateArray(), topic => Assert.Equal(JsonValueKind.Null, topic.GetProperty("bulkSubscribe").ValueKind));
        // A door that is not there is open to nobody, the sidecar included.
        Assert.Equal(HttpStatusCode.Unauthorized, (await alone.PostAsync(Path, Bulk())).Code);
        Assert.Equal(HttpStatusCode.OK, (await sample.PostAsync(Path, Bulk())).Code);
    }

    [Fact]
    public async Task Each_entry_has_its_own_answer_and_what_is_no_event_fails_no_other()
    {
        var run = Guid.NewGuid();
        sample.Failing[$"fails {run}"] = 0;
        var answers = await AnswersAsync(
            Entry("1", Event($"good {run}")),
            Entry("2", "5"),
            Entry("3", """ "bm8gZXZlbnQ=" """),
            Entry("4", """{"id":"1","type":"platform.contacts.v1.CompanyDeleted","tenantid":7,"data":{}}"""),
            """{"entryId":"5"}""",
            Entry("6", Event($"fails {run}")),
            """{"event":{}}""",
            "null",
            Entry("7", Event($"foreign {run}", TestTenants.Globex)));
        Assert.Equal(["1 SUCCESS", "2 DROP", "3 DROP", "4 DROP", "5 DROP", "6 RETRY", "7 SUCCESS"], answers);
        Assert.Equal((1, 0), (await CountAsync(TestTenants.Acme, $"good {run}"), await CountAsync(TestTenants.Globex, $"good {run}")));
        Assert.Equal((0, 1), (await CountAsync(TestTenants.Acme, $"foreign {run}"), await CountAsync(TestTenants.Globex, $"foreign {run}")));
        Assert.Equal(0, await CountAsync(TestTenants.Acme, $"fails {run}"));
    }

    [Fact]
    public async Task Events_of_a_record_are_worked_on_in_their_order_and_behind_one_that_fails_they_come_again()
    {
        var run = Guid.NewGuid();
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        sample.Failing[$"{run} one 2"] = 0;
        var entries = Enumerable.Range(0, 4).SelectMany(at => new[]
        {
            Entry($"one {at}", Event($"{run} one {at}", subject: one)), Entry($"other {at}", Event($"{run} other {at}", subject: other)),
            // The same id in another company is another record.
            Entry($"third {at}", Event($"{run} third {at}", TestTenants.Globex, one)),
        }).ToArray();
        string[] expected = [.. Enumerable.Range(0, 4).SelectMany(at => new[] { $"one {at} {(at < 2 ? "SUCCESS" : "RETRY")}", $"other {at} SUCCESS", $"third {at} SUCCESS" }).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, await AnswersAsync(entries));
        Assert.Equal(["one 0", "one 1", "one 2"], ReactedIn(run, "one"));
        Assert.Equal(["other 0", "other 1", "other 2", "other 3"], ReactedIn(run, "other"));
        Assert.Equal(["third 0", "third 1", "third 2", "third 3"], ReactedIn(run, "third"));

        sample.Failing.Clear();
        Assert.Equal(["one 2 SUCCESS", "one 3 SUCCESS"], await AnswersAsync([.. entries.Where(entry => entry.Contains("one 2", StringComparison.Ordinal) || entry.Contains("one 3", StringComparison.Ordinal))]));
        Assert.Equal(["one 0", "one 1", "one 2", "one 2", "one 3"], ReactedIn(run, "one"));
    }

    [Fact]
    public async Task An_event_that_is_in_a_bulk_twice_and_comes_alone_too_is_worked_on_once()
    {
        var text = $"once {Guid.NewGuid()}";
        var envelope = Event(text);
        Assert.Equal(["1 SUCCESS", "2 SUCCESS"], await AnswersAsync(Entry("1", envelope), Entry("2", envelope)));
        Assert.Equal("""{"status":"SUCCESS"}""", (await sample.PostAsync("/events/contacts", envelope)).Body);
        Assert.Equal(1, await CountAsync(TestTenants.Acme, text));
    }

    [Fact]
    public async Task Each_event_of_a_bulk_goes_on_with_the_trace_in_which_it_was_published()
    {
        var run = Guid.NewGuid();
        var traces = Enumerable.Range(0, 3).Select(_ => $"{Guid.NewGuid():N}").ToList();
        await AnswersAsync([.. traces.Select((trace, at) => Entry($"{at}", Event($"{run} traced {at}", trace: $"00-{trace}-b7ad6b7169203331-01")))]);
        Assert.Equal(traces, sample.Reacted.Where(reacted => reacted.Text.StartsWith($"{run}", StringComparison.Ordinal)).OrderBy(reacted => reacted.Text, StringComparer.Ordinal).Select(reacted => reacted.Trace));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"entries":{"entryId":"1"} }""")]
    public async Task For_what_is_no_bulk_there_is_no_answer(string body) =>
        Assert.Equal((HttpStatusCode.OK, """{"statuses":[]}"""), await sample.PostAsync(Path, body));

    [Fact]
    public async Task A_bulk_may_be_larger_than_an_ordinary_call()
    {
        var large = new string('x', 200_000);
        var entries = Enumerable.Range(0, 40).Select(at => Entry($"{at}", Event($"large {Guid.NewGuid()}", more: $"\"more\":\"{large}\","))).ToArray();
        Assert.All(await AnswersAsync(entries), answer => Assert.EndsWith(" SUCCESS", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_sidecar_may_deliver_a_bulk()
    {
        var text = $"forged {Guid.NewGuid()}";
        var forged = Bulk(Entry("1", Event(text)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await sample.PostAsync(Path, forged, token: "guess")).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, (await sample.PostAsync(Path, forged, token: "")).Code);
        Assert.Equal(0, await CountAsync(TestTenants.Acme, text));
    }

    private IEnumerable<string> ReactedIn(Guid run, string record) =>
        sample.Reacted.Select(reacted => reacted.Text).Where(text => text.StartsWith($"{run} {record} ", StringComparison.Ordinal)).Select(text => text[37..]);

    private Task<int> CountAsync(Guid tenant, string text) => sample.InTenantAsync(tenant, db => db.Notes.CountAsync(note => note.Text == text));

    private async Task<IReadOnlyList<string>> AnswersAsync(params string[] entries)
    {
        var (code, body) = await sample.PostAsync(Path, Bulk(entries));
        Assert.Equal(HttpStatusCode.OK, code);
        using var answer = JsonDocument.Parse(body);
        return [.. answer.RootElement.GetProperty("statuses").EnumerateArray()
            .Select(status => $"{status.GetProperty("entryId").GetString()} {status.GetProperty("status").GetString()}").Order(StringComparer.Ordinal)];
    }

    private static string Bulk(params string[] entries) =>
        $$"""{"id":"{{Guid.NewGuid()}}","type":"com.dapr.event.sent.bulk","topic":"contacts","pubsubname":"pubsub","metadata":{},"entries":[{{string.Join(",", entries)}}]}""";

    private static string Entry(string id, string received) => $$"""{"entryId":"{{id}}","contentType":"application/cloudevents+json","metadata":{},"event":{{received}} }""";

    private static string Event(string text, Guid? tenant = null, Guid? subject = null, string? trace = null, string more = "") => $$"""
        {"specversion":"1.0","id":"{{Guid.NewGuid()}}","source":"test","type":"{{CompanyDeleted.Descriptor.FullName}}","tenantid":"{{tenant ?? TestTenants.Acme}}",
         {{(subject is { } record ? $"\"subject\":\"{record}\"," : "")}}{{(trace is null ? "" : $"\"traceparent\":\"{trace}\",")}}{{more}}"data":{"id":"{{text}}"} }
        """;
}
