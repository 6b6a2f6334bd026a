using Dapr.Client.Autogen.Grpc.v1;
using Dapr.Conformance.Harness;
using Grpc.Core;
using Status = Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace Dapr.Conformance.PubSub;

/// <summary>Subscriptions that are calls (contract §1.7): the generated client does what Dapr.Messaging does.</summary>
public abstract class StreamingTests(PubSubSetup setup)
{
    private readonly string _topic = $"streamed-{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_come_over_the_stream_and_are_taken_one_by_one()
    {
        await using var stream = await TopicStream.OpenAsync(setup.Sidecar, _topic);
        await stream.HearsAsync(setup.Dapr);
        foreach (var number in Enumerable.Range(0, 20))
            await setup.Dapr.PublishEventAsync(PubSubSetup.PubSub, _topic, new Order("x", number), Cancel);
        var seen = new List<string>();
        while (seen.Distinct().Count() < 20)
        {
            var message = await stream.NextAsync();
            Assert.Equal((_topic, PubSubSetup.PubSub, "com.dapr.event.sent"), (message.Topic, message.PubsubName, message.Type));
            Assert.Equal("application/json", message.DataContentType);
            if (message.Data.ToStringUtf8().Contains("amount", StringComparison.Ordinal))
                seen.Add(message.Data.ToStringUtf8());
            await stream.AnswerAsync(message.Id, Status.Success);
        }
    }

    [Fact]
    public async Task Answers_may_come_in_another_order_than_the_events()
    {
        await using var stream = await TopicStream.OpenAsync(setup.Sidecar, _topic);
        await stream.HearsAsync(setup.Dapr);
        await setup.Dapr.PublishEventAsync(PubSubSetup.PubSub, _topic, new Order("first", 1), Cancel);
        await setup.Dapr.PublishEventAsync(PubSubSetup.PubSub, _topic, new Order("second", 2), Cancel);
        var one = await stream.NextAsync("amount");
        var two = await stream.NextAsync("amount");
        await stream.AnswerAsync(two.Id, Status.Success);
        await stream.AnswerAsync(one.Id, Status.Success);
        await setup.Dapr.PublishEventAsync(PubSubSetup.PubSub, _topic, new Order("third", 3), Cancel);
        var three = await stream.NextAsync("third");
        await stream.AnswerAsync(three.Id, Status.Success);
    }

    [Fact]
    public async Task What_is_to_be_retried_comes_again()
    {
        await using var stream = await TopicStream.OpenAsync(setup.Sidecar, _topic);
        await stream.HearsAsync(setup.Dapr);
        await setup.Dapr.PublishEventAsync(PubSubSetup.PubSub, _topic, new Order("again", 1), Cancel);
        var first = await stream.NextAsync("again");
        await stream.AnswerAsync(first.Id, Status.Retry);
        var second = await stream.NextAsync("again");
        Assert.Equal(first.Id, second.Id);
        await stream.AnswerAsync(second.Id, Status.Success);
    }

    [Fact]
    public async Task What_is_dropped_goes_to_the_streams_dead_letters()
    {
        await using var dead = await TopicStream.OpenAsync(setup.Sidecar, $"{_topic}-dead");
        await dead.HearsAsync(setup.Dapr);
        await using var stream = await TopicStream.OpenAsync(setup.Sidecar, _topic, $"{_topic}-dead");
        await stream.HearsAsync(setup.Dapr);
        await setup.Dapr.PublishEventAsync(PubSubSetup.PubSub, _topic, new Order("dropped", 1), Cancel);
        var message = await stream.NextAsync("dropped");
        await stream.AnswerAsync(message.Id, Status.Drop);
        var buried = await dead.NextAsync("dropped");
        Assert.Equal(message.Id, buried.Id);
        await dead.AnswerAsync(buried.Id, Status.Success);
    }

    [Fact]
    public async Task A_stream_that_has_ended_hears_nothing_and_the_next_one_hears_again()
    {
        await using (var first = await TopicStream.OpenAsync(setup.Sidecar, _topic))
            await first.HearsAsync(setup.Dapr);
        await using var second = await TopicStream.OpenAsync(setup.Sidecar, _topic);
        await second.HearsAsync(setup.Dapr);
    }

    [Fact]
    public async Task A_broker_that_there_is_not_ends_the_stream()
    {
        using var call = setup.Sidecar.Raw().SubscribeTopicEventsAlpha1(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(TopicStream.Initial("nobroker", _topic), Cancel);
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.MoveNext(Cancel));
        Assert.Contains(failure.StatusCode, (StatusCode[])[StatusCode.InvalidArgument, StatusCode.NotFound]);
        Assert.Contains("nobroker", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_beginning_ends_the_stream()
    {
        using var call = setup.Sidecar.Raw().SubscribeTopicEventsAlpha1(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(TopicStream.Initial(PubSubSetup.PubSub, _topic), Cancel);
        Assert.True(await call.ResponseStream.MoveNext(Cancel));
        await call.RequestStream.WriteAsync(TopicStream.Initial(PubSubSetup.PubSub, _topic), Cancel);
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.MoveNext(Cancel));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
    }
}
