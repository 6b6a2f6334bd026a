using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Dapr.Client;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;
using RabbitMQ.Client;

namespace Platform.Sidecar.Tests.RabbitMQ;

[Collection("RabbitMQ")]
public sealed class RabbitTests(RabbitFixture rabbit)
{
    private readonly string _topic = rabbit.Topic();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_reaches_each_subscribing_app_once()
    {
        await using var stack = await rabbit.Stack();
        stack.App("publisher");
        var first = await stack.App("first").Subscribe(_topic).Start();
        var second = await stack.App("second").Subscribe(_topic, "/events/other").Start();
        await stack.Start();
        await rabbit.Consumed($"first-{_topic}");
        await rabbit.Consumed($"second-{_topic}");

        await stack.Dapr("publisher").PublishEventAsync("pubsub", _topic, new { amount = 12 }, Cancel);

        await Eventually.Holds(() => first.Events.Count == 1 && second.Events.Count == 1, "both have it");
        Assert.Equal(12, (int)first.Events.Single().Data!["amount"]!);
        Assert.Equal("/events/other", second.Events.Single().Path);
        Assert.Equal("publisher", (string)second.Events.Single().Body["source"]!);
        await rabbit.Holds($"first-{_topic}", 0);
    }

    [Fact]
    public async Task What_lies_in_the_server_is_what_daprd_would_have_put_there()
    {
        await using var stack = await rabbit.Stack();
        stack.App("app");
        await stack.Start();
        await using var connection = await rabbit.Connect();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
        await channel.ExchangeDeclareAsync(_topic, "fanout", durable: true, autoDelete: false, cancellationToken: Cancel);
        await channel.QueueDeclareAsync("ours", cancellationToken: Cancel);
        await channel.QueueBindAsync("ours", _topic, "", cancellationToken: Cancel);

        var metadata = new Dictionary<string, string>
        {
            ["ttlInSeconds"] = "60",
            ["priority"] = "7",
            ["correlationID"] = "c1",
            ["messageID"] = "m1",
            ["routingKey"] = "k1",
        };
        await stack.Dapr("app").PublishEventAsync("pubsub", _topic, new { amount = 12 }, metadata, Cancel);

        var message = (await channel.BasicGetAsync("ours", autoAck: true, Cancel))!;
        var body = JsonNode.Parse(message.Body.Span)!;
        Assert.Equal("com.dapr.event.sent", (string)body["type"]!);
        Assert.Equal(12, (int)body["data"]!["amount"]!);
        Assert.Null(body["expiration"]);
        var properties = message.BasicProperties;
        Assert.Equal(("text/plain", "60000", (byte)7), (properties.ContentType, properties.Expiration, properties.Priority));
        Assert.Equal(("c1", "m1", "k1"), (properties.CorrelationId, properties.MessageId, message.RoutingKey));
        Assert.True(properties.Persistent);
        // The client's own; daprd's has none.
        Assert.Equal(["x-dotnet-pub-seq-no"], properties.Headers!.Keys);
    }

    [Fact]
    public async Task Two_sidecars_of_one_app_share_its_messages()
    {
        await using var one = await rabbit.Stack(("prefetchCount", "1"));
        await using var two = await rabbit.Stack(("prefetchCount", "1"));
        var (first, second) = (await one.App("worker").Subscribe(_topic).Start(), await two.App("worker").Subscribe(_topic).Start());
        await one.Start();
        await two.Start();
        await rabbit.Consumed($"worker-{_topic}", 2);

        var bulk = Enumerable.Range(0, 40).ToList();
        await one.Dapr("worker").BulkPublishEventAsync("pubsub", _topic, bulk, [], Cancel);

        await Eventually.Holds(() => first.Events.Count + second.Events.Count == 40, "all have arrived");
        Assert.Equal(bulk, first.Events.Concat(second.Events).Select(received => (int)received.Data!).Order());
        Assert.False(first.Events.IsEmpty || second.Events.IsEmpty);
    }

    [Fact]
    public async Task What_an_app_wants_again_comes_again_and_what_it_drops_does_not()
    {
        await using var stack = await rabbit.Stack();
        var app = await stack.App("app").Subscribe(_topic).Start();
        var seen = 0;
        app.OnEvent = (received, context) => (string)received.Data! switch
        {
            "DROP" => context.Response.WriteAsync("""{"status":"DROP"}""", Cancel),
            "404" => Fail(context, HttpStatusCode.NotFound),
            _ => Interlocked.Increment(ref seen) switch
            {
                1 => context.Response.WriteAsync("""{"status":"RETRY"}""", Cancel),
                2 => Fail(context, HttpStatusCode.InternalServerError),
                _ => Task.CompletedTask,
            },
        };
        await stack.Start();
        await rabbit.Consumed($"app-{_topic}");

        foreach (var answer in (string[])["DROP", "404", "RETRY"])
            await stack.Dapr("app").PublishEventAsync("pubsub", _topic, answer, Cancel);

        await Eventually.Holds(() => seen == 3, "the refused one came three times");
        await rabbit.Holds($"app-{_topic}", 0);
        Assert.Equal(["404", "DROP", "RETRY", "RETRY", "RETRY"], app.Events.Select(received => (string)received.Data!).Order(StringComparer.Ordinal));
        Assert.Single(app.Events.Where(received => (string)received.Data! == "RETRY").DistinctBy(received => received.Id));
    }

    [Fact]
    public async Task A_refused_message_lies_in_the_dead_letter_queue()
    {
        await using var stack = await rabbit.Stack(("requeueInFailure", "false"), ("enableDeadLetter", "true"));
        var app = await stack.App("app").Subscribe(_topic).Start();
        app.OnEvent = (_, context) => context.Response.WriteAsync("""{"status":"RETRY"}""", Cancel);
        await stack.Start();
        await rabbit.Consumed($"app-{_topic}");

        await stack.Dapr("app").PublishEventAsync("pubsub", _topic, "poison", Cancel);

        await rabbit.Holds($"dlq-app-{_topic}", 1);
        Assert.Single(app.Events);
        await using var connection = await rabbit.Connect();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
        var dead = (await channel.BasicGetAsync($"dlq-app-{_topic}", autoAck: true, Cancel))!;
        Assert.Equal("poison", (string)JsonNode.Parse(dead.Body.Span)!["data"]!);
    }

    [Fact]
    public async Task A_message_that_nobody_took_in_time_is_gone()
    {
        await using var stack = await rabbit.Stack();
        var app = await stack.App("app").Subscribe(_topic).Start();
        await stack.Start();
        await rabbit.Consumed($"app-{_topic}");
        await app.Stop();
        await rabbit.Consumed($"app-{_topic}", 0);

        var dapr = stack.Dapr("app");
        await dapr.PublishEventAsync("pubsub", _topic, "short", new Dictionary<string, string> { ["ttlInSeconds"] = "1" }, Cancel);
        await dapr.PublishEventAsync("pubsub", _topic, "long", Cancel);
        await rabbit.Holds($"app-{_topic}", 1);
        await app.Start();

        await Eventually.Holds(() => !app.Events.IsEmpty, "the other has arrived");
        Assert.Equal("long", (string)Assert.Single(app.Events).Data!);
    }

    [Fact]
    public async Task A_component_may_limit_the_length_and_the_life_of_its_queues()
    {
        await using var stack = await rabbit.Stack(("maxLen", "3"), ("ttlInSeconds", "2"));
        var app = await stack.App("app").Subscribe(_topic).Start();
        await stack.Start();
        await rabbit.Consumed($"app-{_topic}");
        await app.Stop();
        await rabbit.Consumed($"app-{_topic}", 0);

        await stack.Dapr("app").BulkPublishEventAsync("pubsub", _topic, Enumerable.Range(0, 10).ToList(), [], Cancel);

        await rabbit.Holds($"app-{_topic}", 3);
        await rabbit.Holds($"app-{_topic}", 0);
    }

    [Fact]
    public async Task Messages_of_a_higher_priority_come_first()
    {
        await using var stack = await rabbit.Stack(("concurrency", "single"), ("prefetchCount", "1"));
        var app = await Subscribe(stack.App("app"), ("maxPriority", "10")).Start();
        await stack.Start();
        await rabbit.Consumed($"app-{_topic}");
        await app.Stop();
        await rabbit.Consumed($"app-{_topic}", 0);

        foreach (var priority in (int[])[1, 9, 5])
        {
            var metadata = new Dictionary<string, string> { ["priority"] = priority.ToString(CultureInfo.InvariantCulture) };
            await stack.Dapr("app").PublishEventAsync("pubsub", _topic, priority, metadata, Cancel);
        }

        await app.Start();
        await Eventually.Holds(() => app.Events.Count == 3, "all have arrived");
        Assert.Equal([9, 5, 1], app.Events.Select(received => (int)received.Data!));
    }

    [Fact]
    public async Task Routing_keys_choose_among_queues()
    {
        await using var stack = await rabbit.Stack(("exchangeKind", "topic"));
        var first = await Subscribe(stack.App("first"), ("routingKey", "orders.*,returns.#"), ("queueName", $"{_topic}-1")).Start();
        var second = await Subscribe(stack.App("second"), ("routingKey", "orders.eu"), ("queueName", $"{_topic}-2")).Start();
        await stack.Start();
        await rabbit.Consumed($"{_topic}-1");
        await rabbit.Consumed($"{_topic}-2");

        foreach (var key in (string[])["orders.us", "orders.eu", "returns.eu.late", "other"])
            await stack.Dapr("first").PublishEventAsync("pubsub", _topic, key, new Dictionary<string, string> { ["routingKey"] = key }, Cancel);

        await Eventually.Holds(() => first.Events.Count == 3 && second.Events.Count == 1, "all have arrived");
        Assert.Equal(["orders.eu", "orders.us", "returns.eu.late"], first.Events.Select(received => (string)received.Data!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_bulk_arrives_completely_and_one_after_the_other_where_the_component_says_so()
    {
        await using var stack = await rabbit.Stack(("concurrencyMode", "single"));
        var app = await stack.App("app").Subscribe(_topic).Start();
        var (running, most) = (0, 0);
        app.OnEvent = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
        };
        await stack.Start();
        await rabbit.Consumed($"app-{_topic}");

        var response = await stack.Dapr("app").BulkPublishEventAsync("pubsub", _topic, Enumerable.Range(0, 500).ToList(), [], Cancel);

        Assert.Empty(response.FailedEntries);
        await Eventually.Holds(() => app.Events.Count == 500, "all have arrived");
        Assert.Equal(Enumerable.Range(0, 500), app.Events.Select(received => (int)received.Data!));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task What_an_app_was_at_when_it_went_away_is_not_its_dead_letter()
    {
        await using var stack = await rabbit.Stack(("requeueInFailure", "false"), ("enableDeadLetter", "true"));
        var app = stack.App("app").Subscribe(_topic);
        var begun = 0;
        app.OnEvent = (_, context) => Interlocked.Increment(ref begun) <= 5 ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask;
        await app.Start();
        await stack.Start();
        await rabbit.Consumed($"app-{_topic}");
        await stack.Dapr("app").BulkPublishEventAsync("pubsub", _topic, Enumerable.Range(0, 5).ToList(), [], Cancel);
        await Eventually.Holds(() => begun == 5, "the app is at all of them");

        await app.Stop();
        await rabbit.Consumed($"app-{_topic}", 0);
        await rabbit.Holds($"app-{_topic}", 5);
        await app.Start();

        await Eventually.Holds(() => app.Events.Count == 5, "all have come again");
        await rabbit.Holds($"dlq-app-{_topic}", 0);
    }

    [Fact]
    public async Task A_queue_that_is_deleted_is_made_again()
    {
        await using var stack = await rabbit.Stack();
        var app = await stack.App("app").Subscribe(_topic).Start();
        await stack.Start();
        await rabbit.Consumed($"app-{_topic}");
        await using var connection = await rabbit.Connect();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);

        await channel.QueueDeleteAsync($"app-{_topic}", cancellationToken: Cancel);
        await channel.ExchangeDeleteAsync(_topic, cancellationToken: Cancel);
        await rabbit.Consumed($"app-{_topic}");

        await stack.Dapr("app").PublishEventAsync("pubsub", _topic, 1, Cancel);
        await Eventually.Holds(() => app.Events.Count == 1, "it has arrived");
    }

    [Fact]
    public async Task An_app_that_stops_ends_what_it_has_begun_and_leaves_the_rest()
    {
        await using var stack = await rabbit.Stack(("prefetchCount", "5"));
        var app = stack.App("app").Subscribe(_topic);
        var release = new TaskCompletionSource();
        app.OnEvent = (_, _) => release.Task;
        await app.Start();
        await stack.Start();
        await rabbit.Consumed($"app-{_topic}");
        await stack.Dapr("app").BulkPublishEventAsync("pubsub", _topic, Enumerable.Range(0, 20).ToList(), [], Cancel);
        await rabbit.Holds($"app-{_topic}", 15);

        var stopping = stack.Sidecar.Stop();
        await rabbit.Consumed($"app-{_topic}", 0);
        release.SetResult();

        Assert.Equal(0, await stopping);
        Assert.Equal(5, app.Events.Count);
        await rabbit.Holds($"app-{_topic}", 15);
    }

    [Fact]
    public async Task The_address_may_be_a_secret_and_the_app_may_be_told_a_messages_properties()
    {
        await using var stack = await rabbit.Stack(("publishMessagePropertiesToMetadata", "true"));
        stack.PubSubMetadata.Remove("connectionString");
        var address = new Uri(rabbit.Server.Endpoint);
        foreach (var (name, value) in (IEnumerable<(string, string)>)[("hostname", $"{address.Host}:{address.Port}"), ("username", "guest"), ("password", "guest")])
            stack.PubSubMetadata[name] = value;
        stack.Environment["RABBIT_ADDRESS"] = rabbit.Server.Endpoint;
        stack.Resource("other.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: secrets
            spec:
              type: secretstores.local.env
              version: v1
            ---
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: other
            spec:
              type: pubsub.rabbitmq
              version: v1
              metadata:
                - name: connectionString
                  secretKeyRef:
                    name: RABBIT_ADDRESS
                - name: deletedWhenUnused
                  value: "false"
            auth:
              secretStore: secrets
            """);
        var app = await stack.App("app").Subscribe(_topic).Start();
        await stack.Start();
        await rabbit.Consumed($"app-{_topic}");

        await stack.Dapr("app").PublishEventAsync("other", _topic, 1, new Dictionary<string, string> { ["messageID"] = "m1" }, Cancel);

        await Eventually.Holds(() => app.Events.Count == 1, "it has arrived");
        Assert.Equal("m1", app.Events.Single().Headers["metadata.messageid"]);
    }

    [Theory]
    [InlineData("exchangeKind", "round", "exchangeKind: 'round' is not one of fanout, topic, direct, headers")]
    [InlineData("deliveryMode", "3", "deliveryMode: 3 is not one of 0, 1, 2")]
    [InlineData("protocol", "amqps", "protocol: 'amqps' is not that of connectionString")]
    [InlineData("connectionString", "localhost", "connectionString is not an address like amqp://user:password@host:5672")]
    public async Task A_component_that_cannot_be_is_refused_with_its_reason(string name, string value, string reason)
    {
        await using var stack = await rabbit.Stack((name, value));
        stack.App("app");
        var error = await Assert.ThrowsAnyAsync<Exception>(stack.Start);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("guest:guest", error.Message, StringComparison.Ordinal);
    }

    private TestApp Subscribe(TestApp app, params (string Name, string Value)[] metadata)
    {
        app.Subscribe(_topic);
        var given = new JsonObject();
        foreach (var (name, value) in metadata)
            given[name] = value;
        app.Subscriptions[^1]!["metadata"] = given;
        return app;
    }

    private static Task Fail(HttpContext context, HttpStatusCode status)
    {
        context.Response.StatusCode = (int)status;
        return Task.CompletedTask;
    }
}
