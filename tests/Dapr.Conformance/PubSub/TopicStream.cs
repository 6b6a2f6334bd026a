using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client;
using Dapr.Client.Autogen.Grpc.v1;
using Dapr.Conformance.Harness;
using Grpc.Core;
using Status = Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace Dapr.Conformance.PubSub;

/// <summary>One open streaming subscription.</summary>
internal sealed class TopicStream : IAsyncDisposable
{
    private readonly AsyncDuplexStreamingCall<SubscribeTopicEventsRequestAlpha1, SubscribeTopicEventsResponseAlpha1> _call;
    private readonly string _topic;

    private TopicStream(AsyncDuplexStreamingCall<SubscribeTopicEventsRequestAlpha1, SubscribeTopicEventsResponseAlpha1> call, string topic) => (_call, _topic) = (call, topic);

    /// <summary>Opens a stream; the sidecar has said that it has begun.</summary>
    public static async Task<TopicStream> OpenAsync(Sidecar sidecar, string topic, string? deadLetterTopic = null)
    {
        var call = sidecar.Raw().SubscribeTopicEventsAlpha1();
        await call.RequestStream.WriteAsync(Initial(PubSubSetup.PubSub, topic, deadLetterTopic));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Assert.True(await call.ResponseStream.MoveNext(limit.Token));
        Assert.Equal(SubscribeTopicEventsResponseAlpha1.SubscribeTopicEventsResponseTypeOneofCase.InitialResponse, call.ResponseStream.Current.SubscribeTopicEventsResponseTypeCase);
        return new TopicStream(call, topic);
    }

    public static SubscribeTopicEventsRequestAlpha1 Initial(string pubsub, string topic, string? deadLetterTopic = null)
    {
        var initial = new SubscribeTopicEventsRequestInitialAlpha1 { PubsubName = pubsub, Topic = topic };
        if (deadLetterTopic is not null)
            initial.DeadLetterTopic = deadLetterTopic;
        return new SubscribeTopicEventsRequestAlpha1 { InitialRequest = initial };
    }

    /// <summary>Takes the next event that carries the word; takes others on the way.</summary>
    public async Task<TopicEventRequest> NextAsync(string word = "")
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await _call.ResponseStream.MoveNext(limit.Token))
        {
            var message = _call.ResponseStream.Current.EventMessage;
            if (message.Data.ToStringUtf8().Contains(word, StringComparison.Ordinal))
                return message;
            await AnswerAsync(message.Id, Status.Success);
        }

        throw new EndOfStreamException("the sidecar ended the stream");
    }

    public Task AnswerAsync(string id, Status status) => _call.RequestStream.WriteAsync(new SubscribeTopicEventsRequestAlpha1
    {
        EventProcessed = new SubscribeTopicEventsRequestProcessedAlpha1 { Id = id, Status = new TopicEventResponse { Status = status } },
    });

    /// <summary>A word that is published after the beginning comes.</summary>
    public async Task HearsAsync(DaprClient dapr)
    {
        var word = $"hello {Guid.NewGuid():N}";
        await dapr.PublishEventAsync(PubSubSetup.PubSub, _topic, word);
        var message = await NextAsync(word);
        await AnswerAsync(message.Id, Status.Success);
    }

    public async ValueTask DisposeAsync()
    {
        await _call.RequestStream.CompleteAsync();
        _call.Dispose();
    }
}
