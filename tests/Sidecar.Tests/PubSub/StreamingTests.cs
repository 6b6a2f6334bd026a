using System.Collections.Concurrent;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Rpc;
using Grpc.Core;
using Platform.Sidecar.Tests.Harness;
using Answer = Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;
using DaprClient = Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient;
using Stream = Grpc.Core.AsyncDuplexStreamingCall<Dapr.Client.Autogen.Grpc.v1.SubscribeTopicEventsRequestAlpha1, Dapr.Client.Autogen.Grpc.v1.SubscribeTopicEventsResponseAlpha1>;

namespace Platform.Sidecar.Tests.PubSub;

/// <summary>Subscriptions over a stream, as Dapr.Messaging opens them.</summary>
public sealed class StreamingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_gets_what_is_published_after_its_first_answer_and_says_what_became_of_it()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        stack.App("app");
        await stack.Start();
        using var channel = stack.Grpc("app");
        using var dead = await Open(channel, "memory", "dead");
        using var stream = await Open(channel, "memory", "deals", "dead");
        Assert.Equal(["STREAMING", "STREAMING"], (await stack.Subscriptions("app")).Select(one => (string)one!["type"]!));

        foreach (var answer in (string[])["Success", "Drop", "Retry"])
            await stack.Publish("app", "memory", "deals", $"\"{answer}\"", trace: PubSubStack.Trace);
        for (var i = 0; i < 3; i++)
        {
            var received = await Next(stream);
            Assert.Equal(("deals", "memory", "/", "application/json"), (received.Topic, received.PubsubName, received.Path, received.DataContentType));
            Assert.Equal(PubSubStack.Trace, received.Extensions.Fields["traceparent"].StringValue);
            await Acknowledge(stream, received.Id, Enum.Parse<Answer>(received.Data.ToStringUtf8().Trim('"')));
        }

        string[] buried = [(await Next(dead)).Data.ToStringUtf8()];
        await Acknowledge(dead, "an id that nobody knows", Answer.Success);
        Assert.Equal("\"Drop\"", buried.Single());
    }

    [Fact]
    public async Task An_event_that_was_not_taken_stays_in_the_durable_broker_until_it_is()
    {
        await using var stack = await TestStack.Create();
        stack.App("app");
        await stack.Start();
        using var channel = stack.Grpc("app");
        using (var first = await Open(channel, "pubsub", "deals"))
        {
            await stack.Publish("app", "pubsub", "deals", "1");
            await stack.Publish("app", "pubsub", "deals", "2");
            var one = await Next(first);
            var two = await Next(first);
            Assert.NotEqual(one.Id, two.Id);
            await Acknowledge(first, two.Data.ToStringUtf8() == "2" ? two.Id : one.Id, Answer.Success);
            await Eventually.Holds(async () => await stack.Database.Scalar<long>("SELECT count(*) FROM broker.queue") == 1, "the second is done");
        }

        await Eventually.Holds(async () => (await stack.Subscriptions("app")).Count == 0, "the first stream is gone");
        await stack.Publish("app", "pubsub", "deals", "3");
        using var second = await Open(channel, "pubsub", "deals");
        string[] rest = [await Take(second, Answer.Retry), await Take(second, Answer.Success), await Take(second, Answer.Success)];
        Assert.Equal(["1", "3"], rest.Distinct().Order());
        await Eventually.Holds(async () => await stack.Database.Scalar<long>("SELECT count(*) FROM broker.queue") == 0, "the queue is empty");
    }

    [Fact]
    public async Task Streams_of_one_app_and_the_app_itself_share_what_the_durable_broker_has()
    {
        await using var stack = await TestStack.Create();
        var app = await stack.App("app").Subscribe("deals").Start();
        await stack.Start();
        await PubSubTests.Subscribed(stack, "app");
        using var channel = stack.Grpc("app");
        using var first = await Open(channel, "pubsub", "deals");
        using var second = await Open(channel, "pubsub", "deals");
        var (one, two) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        _ = TakeAll(first, one);
        _ = TakeAll(second, two);

        await stack.Dapr("app").BulkPublishEventAsync("pubsub", "deals", Enumerable.Range(0, 60).ToList(), cancellationToken: Cancel);

        await Eventually.Holds(() => one.Count + two.Count + app.Events.Count == 60, "all have come");
        Assert.Equal(60, one.Concat(two).Concat(app.Events.Select(received => received.Data!.ToJsonString())).Distinct().Count());
        Assert.All((int[])[one.Count, two.Count, app.Events.Count], count => Assert.InRange(count, 10, 30));

        await app.Stop();
        await stack.Dapr("app").BulkPublishEventAsync("pubsub", "deals", Enumerable.Range(100, 20).ToList(), cancellationToken: Cancel);
        await Eventually.Holds(() => one.Count + two.Count >= 20 + 60 - app.Events.Count, "the streams go on alone");
    }

    [Fact]
    public async Task Streams_of_the_broker_in_memory_get_a_copy_each_however_many_answers_are_outstanding()
    {
        await using var stack = (await TestStack.Create()).WithMemory();
        stack.App("app");
        await stack.Start();
        using var channel = stack.Grpc("app");
        using var first = await Open(channel, "memory", "deals");
        using var second = await Open(channel, "memory", "deals");
        var (one, two) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        _ = TakeAll(first, one);
        _ = TakeAll(second, two);

        for (var i = 0; i < 10; i++)
            await stack.Publish("app", "memory", "deals", $"{i}", query: "?metadata.cloudevent.id=always-the-same");
        await Eventually.Holds(() => one.Count == 10 && two.Count == 10, "both have all");
        await stack.Sidecar.Stop();
    }

    [Fact]
    public async Task A_stream_that_makes_no_sense_is_refused_in_daprs_words()
    {
        await using var stack = (await TestStack.Create()).WithMemory(("subscriptionScopes", "app=deals"));
        stack.App("app");
        await stack.Start();
        using var channel = stack.Grpc("app");

        Assert.Equal((StatusCode.InvalidArgument, "pubsubName is required"), await Refusal(channel, Initial("", "deals")));
        Assert.Equal((StatusCode.InvalidArgument, "topic is required"), await Refusal(channel, Initial("memory", "")));
        Assert.Equal((StatusCode.PermissionDenied, "subscription to topic 'secret' on pubsub 'memory' is not allowed"), await Refusal(channel, Initial("memory", "secret")));
        Assert.Equal((StatusCode.InvalidArgument, "initial request is required"), await Refusal(
            channel, new SubscribeTopicEventsRequestAlpha1 { EventProcessed = new SubscribeTopicEventsRequestProcessedAlpha1 { Id = "x" } }));
        Assert.Equal((StatusCode.InvalidArgument, "duplicate initial request received"), await Refusal(channel, Initial("memory", "deals"), Initial("memory", "deals")));

        using var unknown = new DaprClient(channel).SubscribeTopicEventsAlpha1(cancellationToken: Cancel);
        await unknown.RequestStream.WriteAsync(Initial("nope", "deals"), Cancel);
        var error = await Assert.ThrowsAsync<RpcException>(() => unknown.ResponseStream.MoveNext(Cancel));
        Assert.Equal((StatusCode.InvalidArgument, "pubsub nope is not found"), (error.StatusCode, error.Status.Detail));
        var details = Google.Rpc.Status.Parser.ParseFrom(error.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal("DAPR_PUBSUB_NOT_FOUND", Assert.Single(details.Details).Unpack<ErrorInfo>().Reason);
    }

    private static async Task<(StatusCode, string)> Refusal(ChannelBase channel, params SubscribeTopicEventsRequestAlpha1[] requests)
    {
        using var stream = new DaprClient(channel).SubscribeTopicEventsAlpha1(cancellationToken: Cancel);
        try
        {
            foreach (var request in requests)
                await stream.RequestStream.WriteAsync(request, Cancel);
        }
        catch (Exception refused) when (refused is RpcException or HttpRequestException or IOException or InvalidOperationException)
        {
            // The call ended before all was sent; its answer says why.
        }

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await stream.ResponseStream.MoveNext(Cancel))
            {
            }
        });
        return (error.StatusCode, error.Status.Detail);
    }

    private static async Task<Stream> Open(ChannelBase channel, string pubSub, string topic, string? deadLetterTopic = null)
    {
        var stream = new DaprClient(channel).SubscribeTopicEventsAlpha1(cancellationToken: Cancel);
        await stream.RequestStream.WriteAsync(Initial(pubSub, topic, deadLetterTopic), Cancel);
        Assert.True(await stream.ResponseStream.MoveNext(Cancel));
        Assert.NotNull(stream.ResponseStream.Current.InitialResponse);
        return stream;
    }

    private static SubscribeTopicEventsRequestAlpha1 Initial(string pubSub, string topic, string? deadLetterTopic = null)
    {
        var initial = new SubscribeTopicEventsRequestInitialAlpha1 { PubsubName = pubSub, Topic = topic };
        if (deadLetterTopic is not null)
            initial.DeadLetterTopic = deadLetterTopic;
        return new SubscribeTopicEventsRequestAlpha1 { InitialRequest = initial };
    }

    private static async Task<TopicEventRequest> Next(Stream stream)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(15));
        Assert.True(await stream.ResponseStream.MoveNext(limit.Token));
        return stream.ResponseStream.Current.EventMessage;
    }

    private static Task Acknowledge(Stream stream, string id, Answer answer) => stream.RequestStream.WriteAsync(new SubscribeTopicEventsRequestAlpha1
    {
        EventProcessed = new SubscribeTopicEventsRequestProcessedAlpha1 { Id = id, Status = new TopicEventResponse { Status = answer } },
    }, Cancel);

    private static async Task<string> Take(Stream stream, Answer answer)
    {
        var received = await Next(stream);
        await Acknowledge(stream, received.Id, answer);
        return received.Data.ToStringUtf8();
    }

    private static async Task TakeAll(Stream stream, ConcurrentBag<string> into)
    {
        try
        {
            while (await stream.ResponseStream.MoveNext(Cancel))
            {
                into.Add(stream.ResponseStream.Current.EventMessage.Data.ToStringUtf8());
                await Acknowledge(stream, stream.ResponseStream.Current.EventMessage.Id, Answer.Success);
            }
        }
        catch (Exception error) when (error is RpcException or OperationCanceledException or InvalidOperationException)
        {
            // The test or the sidecar ends.
        }
    }
}
