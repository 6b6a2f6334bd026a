using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;
using Platform.TestServers;

namespace Platform.Sidecar.Tests.Kafka;

[CollectionDefinition("Kafka")]
public sealed class KafkaCollection;

[Collection("Kafka")]
public sealed class KafkaTests : IDisposable
{
    private const string Topic = "deals";

    private readonly MockKafka _kafka = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _kafka.Dispose();

    [Fact]
    public async Task An_event_reaches_each_subscribing_app_once_with_what_kafka_says_of_it()
    {
        await using var stack = await _kafka.Stack();
        stack.App("publisher");
        var first = await stack.App("first").Subscribe(Topic).Start();
        var second = await stack.App("second").Subscribe(Topic, "/events/other").Start();
        await stack.Start();

        await Publish(stack, "publisher", new { amount = 12 }, ("partitionKey", "k1"), ("color", "red"));

        await Eventually.Holds(() => first.Events.Count == 1 && second.Events.Count == 1, "both have it");
        var received = first.Events.Single();
        Assert.Equal(12, (int)received.Data!["amount"]!);
        Assert.Equal("/events/other", second.Events.Single().Path);
        Assert.Equal(("k1", Topic, "0", "red"), (received.Headers["__key"], received.Headers["__topic"], received.Headers["__offset"], received.Headers["color"]));
        Assert.True(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(received.Headers["__timestamp"], CultureInfo.InvariantCulture)) <= received.At);
    }

    [Fact]
    public async Task What_lies_in_a_topic_is_what_daprd_would_have_put_there()
    {
        _kafka.Create(Topic, 4);
        await using var stack = await _kafka.Stack();
        stack.App("app");
        await stack.Start();

        string[] keys = ["tenant-1", "tenant-2", "a", "Ω"];
        foreach (var key in keys)
            await Publish(stack, "app", key, ("partitionKey", key), ("ttlInSeconds", "60"));
        await Publish(stack, "app", "third", ("partitionNumber", "3"));

        var messages = _kafka.Read(Topic, keys.Length + 1);
        foreach (var message in messages.Where(message => message.Message.Key is not null))
        {
            Assert.Equal(SaramasPartition(message.Message.Key!, 4), message.Partition.Value);
            Assert.Equal(Encoding.UTF8.GetString(message.Message.Key!), (string)JsonNode.Parse(message.Message.Value)!["data"]!);
            Assert.Equal(message.Message.Key, message.Message.Headers.Single(header => header.Key == "partitionKey").GetValueBytes());
            Assert.NotNull(JsonNode.Parse(message.Message.Value)!["expiration"]);
        }

        Assert.Equal(3, messages.Single(message => message.Message.Key is null).Partition.Value);
    }

    [Fact]
    public async Task A_cloud_event_may_carry_its_own_key()
    {
        await using var stack = await _kafka.Stack();
        stack.App("app");
        await stack.Start();

        var cloudEvent = """{"id":"1","specversion":"1.0","type":"t","source":"s","partitionkey":"k7","data":{"partitionkey":"other"}}""";
        await stack.Dapr("app").PublishByteEventAsync("pubsub", Topic, Encoding.UTF8.GetBytes(cloudEvent), "application/cloudevents+json", [], Cancel);

        Assert.Equal("k7"u8.ToArray(), _kafka.Read(Topic, 1).Single().Message.Key);
    }

    [Fact]
    public async Task A_failing_message_is_tried_again_in_its_place_and_holds_up_only_its_own_partition()
    {
        _kafka.Create(Topic, 2);
        await using var stack = await _kafka.Stack();
        var app = await stack.App("app").Subscribe(Topic).Start();
        var (failures, healed) = (0, false);
        app.OnEvent = (received, context) => (int)received.Data!["partition"]! == 0 && (int)received.Data["number"]! == 2 && !healed
            ? Fail(context, ref failures)
            : Task.CompletedTask;
        await stack.Start();

        for (var number = 0; number < 5; number++)
        {
            for (var partition = 0; partition < 2; partition++)
                await Publish(stack, "app", new { partition, number }, ("partitionNumber", partition.ToString(CultureInfo.InvariantCulture)));
        }

        await Eventually.Holds(() => failures > 2 && Numbers(app, 1).Count() == 5, "the other partition went on");
        Assert.Equal([0, 1, 2], Numbers(app, 0).Distinct());
        healed = true;
        await Eventually.Holds(() => Numbers(app, 0).Distinct().Count() == 5, "and this one goes on");
        Assert.Equal([0, 1, 2, 3, 4], Numbers(app, 0).Distinct());
    }

    [Fact]
    public async Task A_message_may_be_passed_over_after_some_attempts_and_a_dropped_one_is_not_tried_again()
    {
        _kafka.Create(Topic, 1);
        await using var stack = await _kafka.Stack(("backOffMaxRetries", "2"), ("backOffPolicy", "exponential"), ("backOffInitialInterval", "50ms"));
        var app = await stack.App("app").Subscribe(Topic).Start();
        app.OnEvent = (received, context) => (string)received.Data! == "good"
            ? Task.CompletedTask
            : context.Response.WriteAsync($$"""{"status":"{{(string)received.Data!}}"}""", Cancel);
        await stack.Start();

        foreach (var answer in (string[])["RETRY", "DROP", "good"])
            await Publish(stack, "app", answer);

        await Eventually.Holds(() => app.Events.Count == 5, "the last has arrived");
        Assert.Equal(["RETRY", "RETRY", "RETRY", "DROP", "good"], app.Events.Select(received => (string)received.Data!));
    }

    [Fact]
    public async Task A_poison_message_goes_to_the_dead_letter_topic()
    {
        await using var stack = await _kafka.Stack();
        var app = await stack.App("app").Subscribe(Topic, deadLetterTopic: "dead").Subscribe("dead", "/events/dead").Start();
        app.OnEvent = (received, context) => received.Path == "/events/dead" ? Task.CompletedTask : context.Response.WriteAsync("""{"status":"RETRY"}""", Cancel);
        await stack.Start();

        await Publish(stack, "app", "poison");

        await Eventually.Holds(() => app.Events.Any(received => received.Path == "/events/dead"), "it is dead");
        Assert.Equal(2, app.Events.Count);
        Assert.Equal("poison", (string)app.Events.Last().Data!);
    }

    [Fact]
    public async Task An_expired_message_reaches_nobody()
    {
        _kafka.Create(Topic, 1);
        await using var stack = await _kafka.Stack();
        var app = stack.App("app").Subscribe(Topic);
        await stack.Start();
        await Publish(stack, "app", "short", ("ttlInSeconds", "1"));
        await Publish(stack, "app", "long", ("ttlInSeconds", "100"));
        var expiration = (DateTimeOffset)JsonNode.Parse(_kafka.Read(Topic, 1).Single().Message.Value)!["expiration"]!;
        await Eventually.Holds(() => DateTimeOffset.UtcNow > expiration, "the first has expired");

        await app.Start();

        await Eventually.Holds(() => !app.Events.IsEmpty, "the second has arrived");
        Assert.Equal("long", (string)Assert.Single(app.Events).Data!);
    }

    [Fact]
    public async Task A_bulk_is_published_in_order_and_delivered_as_bulks()
    {
        _kafka.Create(Topic, 1);
        await using var stack = await _kafka.Stack();
        var app = stack.App("app");
        var received = new BulkReceiver(app, Topic, 50, 200);
        await app.Start();
        await stack.Start();

        var response = await stack.Dapr("app").BulkPublishEventAsync("pubsub", Topic, Enumerable.Range(0, 300).ToList(), [], Cancel);

        Assert.Empty(response.FailedEntries);
        await Eventually.Holds(() => received.Data.Count == 300, "all have arrived");
        Assert.Equal(Enumerable.Range(0, 300), received.Data.Select(data => (int)data!));
        Assert.Contains(50, received.Sizes);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_and_the_rest_of_its_bulk_is_not()
    {
        await using var stack = await _kafka.Stack(("maxMessageBytes", "2000"));
        stack.App("app");
        await stack.Start();

        var response = await stack.Dapr("app").BulkPublishEventAsync("pubsub", Topic, ["small", new string('x', 3000), "small too"], [], Cancel);

        var failed = Assert.Single(response.FailedEntries);
        Assert.Contains("too large", failed.ErrorMessage, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, _kafka.Read(Topic, 2).Count);
    }

    [Theory]
    [InlineData("authType", "kerberos", "authType: 'kerberos' is not one of none, password, mtls, certificate, oidc")]
    [InlineData("authType", "password", "saslUsername is missing, which authType password needs")]
    [InlineData("brokers", "", "brokers is missing or empty")]
    [InlineData("initialOffset", "middle", "initialOffset: 'middle' is not one of newest, oldest")]
    public async Task A_component_that_cannot_be_is_refused_with_its_reason(string name, string value, string reason)
    {
        await using var stack = await _kafka.Stack((name, value));
        stack.App("app");
        var error = await Assert.ThrowsAnyAsync<Exception>(stack.Start);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static Task Publish(TestStack stack, string app, object data, params (string Name, string Value)[] metadata) =>
        stack.Dapr(app).PublishEventAsync("pubsub", Topic, data, metadata.ToDictionary(pair => pair.Name, pair => pair.Value), Cancel);

    private static IEnumerable<int> Numbers(TestApp app, int partition) =>
        app.Events.Where(received => (int)received.Data!["partition"]! == partition).Select(received => (int)received.Data!["number"]!);

    private static Task Fail(HttpContext context, ref int failures)
    {
        Interlocked.Increment(ref failures);
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return Task.CompletedTask;
    }

    // FNV-1a of the key as a signed number, its remainder without the sign.
    private static int SaramasPartition(byte[] key, int partitions)
    {
        var hash = 2166136261;
        foreach (var octet in key)
            hash = (hash ^ octet) * 16777619;
        return Math.Abs((int)hash % partitions);
    }
}
