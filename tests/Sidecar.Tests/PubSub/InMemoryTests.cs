using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.PubSub;

/// <summary>The broker without a broker, and what daprd does by itself when a broker does not.</summary>
public sealed class InMemoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_app_gets_each_message_and_what_nobody_wants_is_gone()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var first = await stack.App("first").Wants("memory", "deals").Start();
        var second = await stack.App("second", "http").Wants("memory", "deals").Start();
        await stack.Start();
        await stack.Subscribed("first");
        await stack.Subscribed("second");

        await stack.Publish("first", "memory", "nobody", "0");
        for (var i = 0; i < 20; i++)
            await stack.Publish("first", "memory", "deals", $"{i}");

        await Eventually.Holds(() => first.Events.Count == 20 && second.Events.Count == 20, "both have all");
        Assert.Equal(Enumerable.Range(0, 20), first.Events.Select(received => (int)received.Data!));
        Assert.Equal(Enumerable.Range(0, 20), second.Events.Select(received => (int)received.Data!));
    }

    [Fact]
    public async Task A_message_that_is_not_taken_goes_to_its_dead_letter_topic_at_once_and_is_gone_without_one()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = stack.App("app")
            .Wants("memory", "deals", more: subscription => subscription["deadLetterTopic"] = "dead")
            .Wants("memory", "careless")
            .Wants("memory", "dead", "/events/dead");
        app.OnEvent = async (received, context) =>
        {
            var answer = received.Path == "/events/dead" ? "SUCCESS" : (string)received.Data!;
            if (int.TryParse(answer, CultureInfo.InvariantCulture, out var status))
                context.Response.StatusCode = status;
            else
                await context.Response.WriteAsync(answer == "garbage" ? "<ok/>" : $$"""{"status":"{{answer}}"}""", Cancel);
        };
        await app.Start();
        await stack.Start();
        await stack.Subscribed("app", 3);

        string[] answers = ["SUCCESS", "DROP", "RETRY", "404", "500", "garbage", "UNKNOWN"];
        foreach (var answer in answers)
        {
            await stack.Publish("app", "memory", "careless", $"\"{answer}\"");
            await stack.Publish("app", "memory", "deals", $"\"{answer}\"");
        }

        await Eventually.Holds(() => app.Events.Count == (2 * answers.Length) + 5, "all have come, and five came again");
        var dead = app.Events.Where(received => received.Path == "/events/dead").ToArray();
        Assert.Equal(["404", "500", "DROP", "RETRY", "UNKNOWN"], dead.Select(received => (string)received.Data!).Order(StringComparer.Ordinal));
        Assert.All(dead, received => Assert.Equal("deals", (string)received.Body["topic"]!));
    }

    [Fact]
    public async Task An_event_says_when_it_expires_and_is_dropped_after_that()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        // The dead letter is expired as well: only a subscriber that takes it as bytes does not look.
        var app = stack.App("app")
            .Wants("memory", "deals", more: subscription => subscription["deadLetterTopic"] = "dead")
            .Wants("memory", "dead", "/events/dead", subscription => subscription["metadata"] = new JsonObject { ["rawPayload"] = "true" });
        var hold = new TaskCompletionSource();
        app.OnEvent = (received, _) => received.Path == "/events/dead" ? Task.CompletedTask : hold.Task;
        await app.Start();
        await stack.Start();
        await stack.Subscribed("app", 2);

        await stack.Publish("app", "memory", "deals", "1", query: "?metadata.ttlInSeconds=60");
        await stack.Publish("app", "memory", "deals", "2", query: "?metadata.ttlInSeconds=1");
        await stack.Publish("app", "memory", "deals", "3", query: "?metadata.ttlInSeconds=none");
        var late = DateTimeOffset.UtcNow.AddSeconds(2.1);
        await Eventually.Holds(() => DateTimeOffset.UtcNow > late, "the second has expired");
        hold.SetResult();

        await Eventually.Holds(() => app.Events.Count == 3, "two have come, and one to the dead letters");
        var expired = app.Events.Single(received => received.Path == "/events/dead");
        Assert.Equal(2, (int)JsonNode.Parse(Convert.FromBase64String((string)expired.Body["data_base64"]!))!["data"]!);
        var taken = app.Events.Where(received => received.Path == "/events").ToArray();
        var expiration = (string)taken.Single(received => (int)received.Data! == 1).Body["expiration"]!;
        Assert.InRange((DateTimeOffset.Parse(expiration, CultureInfo.InvariantCulture) - DateTimeOffset.UtcNow).TotalSeconds, 40, 60);
        Assert.Null(taken.Single(received => (int)received.Data! == 3).Body["expiration"]);
    }

    [Fact]
    public async Task What_is_no_cloud_event_goes_to_the_dead_letters()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = await stack.App("app")
            .Wants("memory", "deals", more: subscription => subscription["deadLetterTopic"] = "dead")
            .Wants("memory", "dead", "/events/dead", subscription => subscription["metadata"] = new JsonObject { ["rawPayload"] = "true" })
            .Start();
        await stack.Start();
        await stack.Subscribed("app", 2);

        await stack.Publish("app", "memory", "deals", "not an envelope", query: "?metadata.rawPayload=true");
        await Eventually.Holds(() => app.Events.Count == 1, "it came as a dead letter");
        Assert.Equal("not an envelope", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)app.Events.Single().Body["data_base64"]!)));
    }
}
