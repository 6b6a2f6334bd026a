using System.Text.Json.Nodes;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.PubSub;

/// <summary>Where subscriptions come from, and which of two wins.</summary>
public sealed class SubscriptionTests
{
    [Fact]
    public async Task Declared_subscriptions_of_both_versions_are_served_to_the_apps_in_their_scopes()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        stack.Resource("subscriptions.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Subscription
            metadata:
              name: old
            spec:
              pubsubname: memory
              topic: old
              route: /events/old
              deadLetterTopic: dead
              metadata:
                rawPayload: "true"
            scopes: [app]
            ---
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata:
              name: new
            spec:
              pubsubname: memory
              topic: new
              routes:
                default: /events/new
            scopes: [app]
            ---
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata:
              name: second-on-the-same-topic
            spec:
              pubsubname: memory
              topic: new
              routes:
                default: /events/never
            ---
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata:
              name: overruled
            spec:
              pubsubname: memory
              topic: own
              routes:
                default: /events/never
            """);
        var app = await stack.App("app").Wants("memory", "own", "/events/first").Wants("memory", "own", "/events/own").Start();
        var other = await stack.App("other").Start();
        await stack.Start();
        await stack.Subscribed("app", 3);
        await stack.Subscribed("other", 2);

        foreach (var topic in (string[])["old", "new", "own"])
            await stack.Publish("app", "memory", topic, "1");
        await Eventually.Holds(() => app.Events.Count == 3 && other.Events.Count == 2, "all have arrived");
        Assert.Equal(["/events/new", "/events/old", "/events/own"], app.Events.Select(received => received.Path).Order());
        Assert.NotNull(app.Events.Single(received => received.Path == "/events/old").Body["data_base64"]);
        Assert.All(other.Events, received => Assert.Equal("/events/never", received.Path));

        var described = (await stack.Subscriptions("app")).ToDictionary(one => (string)one!["topic"]!, one => one!);
        Assert.Equal(("DECLARATIVE", "dead"), ((string)described["old"]["type"]!, (string)described["old"]["deadLetterTopic"]!));
        Assert.Equal("PROGRAMMATIC", (string)described["own"]["type"]!);
        Assert.Equal("/events/own", (string)described["own"]["rules"]![0]!["path"]!);
    }

    [Fact]
    public async Task A_declared_rule_that_is_not_understood_stops_the_sidecar_with_file_and_reason()
    {
        await using var stack = await TestStack.Create();
        stack.Resource("wrong.yaml", """
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata:
              name: wrong
            spec:
              pubsubname: pubsub
              topic: deals
              routes:
                rules:
                  - match: event.type.reverse() == "x"
                    path: /x
            """);
        stack.App("app");

        await Assert.ThrowsAnyAsync<Exception>(() => stack.Start());
        Assert.Equal(1, await stack.Sidecar.WaitForExit());
        Assert.Contains("wrong.yaml: subscription 'wrong': the match expression 'event.type.reverse() == \"x\"' is not understood: the function 'reverse' is not known",
            stack.Sidecar.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topics_may_be_allowed_protected_and_scoped()
    {
        await using var stack = (await TestStack.Create()).WithMemory(
            ("allowedTopics", "free, secret"), ("protectedTopics", "secret"), ("publishingScopes", "app=secret"), ("subscriptionScopes", "app=secret;third=free"));
        var app = await stack.App("app").Wants("memory", "secret").Wants("memory", "free").Start();
        var third = await stack.App("third").Wants("memory", "secret").Wants("memory", "free").Start();
        var other = await stack.App("other").Wants("memory", "secret").Wants("memory", "free").Wants("memory", "unlisted").Start();
        await stack.Start();
        foreach (var id in (string[])["app", "third", "other"])
            await stack.Subscribed(id);

        async Task<int> Status(string id, string topic) => (await stack.Post(id, $"/v1.0/publish/memory/{topic}", "1")).Status;
        Assert.Equal((204, 403), (await Status("app", "secret"), await Status("app", "free")));
        Assert.Equal((403, 204), (await Status("other", "secret"), await Status("other", "free")));
        Assert.Equal(403, await Status("other", "unlisted"));
        var (bulk, _) = await stack.Post("other", "/v1.0/publish/bulk/memory/secret", """[{"entryId":"1","event":1,"contentType":"application/json"}]""");
        Assert.Equal(403, bulk);
        await Eventually.Holds(() => app.Events.Count == 1 && third.Events.Count == 1 && other.Events.Count == 1, "each has what it may have");
        Assert.Equal("secret", (string)app.Events.Single().Body["topic"]!);
        Assert.Equal("free", (string)third.Events.Single().Body["topic"]!);
        Assert.Equal("free", (string)other.Events.Single().Body["topic"]!);
    }

    [Fact]
    public async Task Rules_decide_with_attributes_comparisons_lists_and_texts()
    {
        (string Match, string Path)[] rules =
        [
            ("""event.type == "won" && event.data.amount >= 100""", "/events/big"),
            ("""event.type == 'won' && !(event.data.amount > 50) || event.type == "tiny" """, "/events/small"),
            ("""event.data.region in ["EU", "UK"] && has(event.data.region)""", "/events/europe"),
            ("""event["type"].startsWith("note.") && event.data.text.size() > 3""", "/events/note"),
            ("""has(event.data.tags) && "hot" in event.data.tags""", "/events/hot"),
            ("""has(event.data.mail) ? event.data.mail.matches("^[^@]+@example\\.com$") : event.subject.endsWith("/7")""", "/events/choice"),
            ("", "/events/any"),
        ];
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = await stack.App("app").Wants("memory", "deals", "/events/default", subscription => subscription["routes"] = new JsonObject
        {
            ["rules"] = new JsonArray([.. rules.Select(rule => (JsonNode)new JsonObject { ["match"] = rule.Match, ["path"] = rule.Path })]),
        }).Wants("memory", "none", "/", subscription => subscription["routes"] = new JsonObject
        {
            ["rules"] = new JsonArray(new JsonObject { ["match"] = "event.type == \"never\"", ["path"] = "/events/never" }),
        }).Start();
        await stack.Start();
        await stack.Subscribed("app", 2);

        const string Complete = "\"region\":\"US\",\"text\":\"abcd\"";
        await stack.Publish("app", "memory", "none", "1");
        await Expect("won", $$"""{"amount":100,{{Complete}}}""", "/events/big");
        await Expect("won", $$"""{"amount":50,{{Complete}}}""", "/events/small");
        await Expect("tiny", $$"""{{{Complete}}}""", "/events/small");
        await Expect("lost", """{"region":"UK"}""", "/events/europe");
        await Expect("note.a", $$"""{{{Complete}}}""", "/events/note");
        await Expect("lost", $$"""{{{Complete}},"tags":["cold","hot"]}""", "/events/hot");
        await Expect("lost", $$"""{{{Complete}},"mail":"me@example.com"}""", "/events/choice");
        await Expect("lost", $$"""{{{Complete}}}""", "/events/choice", subject: "deal/7");
        await Expect("lost", $$"""{{{Complete}}}""", "/events/any", subject: "deal/8");
        Assert.DoesNotContain(app.Events, received => received.Path == "/events/never");

        async Task Expect(string type, string data, string path, string subject = "none")
        {
            var before = app.Events.Count;
            await stack.Publish("app", "memory", "deals", data, query: $"?metadata.cloudevent.type={type}&metadata.cloudevent.subject={subject}");
            await Eventually.Holds(() => app.Events.Count == before + 1, $"the event for {path} has arrived");
            Assert.Equal(path, app.Events.Last().Path);
        }
    }

    [Fact]
    public async Task What_no_rule_matches_is_acknowledged_and_nobody_is_told()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = await stack.App("app").WantsType("pubsub", "wanted").WantsType("memory", "wanted").Start();
        await stack.Start();
        await stack.Subscribed("app", 2);

        foreach (var pubSub in (string[])["pubsub", "memory"])
        {
            foreach (var type in (string[])["unwanted", "unwanted", "wanted"])
                await stack.Publish("app", pubSub, "deals", "1", query: $"?metadata.cloudevent.type={type}&metadata.partitionKey=one");
        }

        await Eventually.Holds(() => app.Events.Count == 2, "what is wanted has come, behind what is not");
        Assert.All(app.Events, received => Assert.Equal("wanted", (string)received.Body["type"]!));
        Assert.DoesNotContain("no route matches", stack.Sidecar.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_rule_matches_goes_to_the_dead_letter_topic_where_there_is_one()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = await stack.App("app").WantsType("pubsub", "wanted", "dead").WantsType("memory", "wanted", "dead")
            .Wants("pubsub", "dead", "/events/dead").Wants("memory", "dead", "/events/dead").Start();
        await stack.Start();
        await stack.Subscribed("app", 4);

        foreach (var pubSub in (string[])["pubsub", "memory"])
            await stack.Publish("app", pubSub, "deals", "1", query: "?metadata.cloudevent.type=unwanted");

        await Eventually.Holds(() => app.Events.Count(received => received.Path == "/events/dead") == 2, "both are dead letters");
    }

    [Fact]
    public async Task A_rule_that_cannot_be_decided_is_a_failure_of_the_message()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        var app = await stack.App("app").Wants("memory", "deals", "/events/default", subscription =>
        {
            subscription["deadLetterTopic"] = "dead";
            subscription["routes"] = new JsonObject { ["rules"] = new JsonArray(new JsonObject { ["match"] = "event.data.kind == 1", ["path"] = "/events/one" }) };
        }).Wants("memory", "dead", "/events/dead").Start();
        await stack.Start();
        await stack.Subscribed("app", 2);

        await stack.Publish("app", "memory", "deals", """{"other":1}""");
        await stack.Publish("app", "memory", "deals", """{"kind":2}""");
        await stack.Publish("app", "memory", "deals", """{"kind":1}""");
        await Eventually.Holds(() => app.Events.Count == 3, "all have arrived");
        Assert.Equal(["/events/dead", "/events/default", "/events/one"], app.Events.Select(received => received.Path).Order());
    }
}
