using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Platform.Sidecar.PubSub.Delivery;

namespace Platform.Sidecar.PubSub.Streaming;

/// <summary>One open stream: events go out, and each waits until the client says what became of it.</summary>
internal sealed class EventStream(IServerStreamWriter<SubscribeTopicEventsResponseAlpha1> writer) : ITopicSink, IDisposable
{
    private static readonly DeliveryResult Gone = new(DeliveryOutcome.Unreachable, "stream closed");

    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PendingAnswers _pending = new();

    /// <summary>Tells the client that it is subscribed; events come after that.</summary>
    public async Task Open()
    {
        await Write(new SubscribeTopicEventsResponseAlpha1 { InitialResponse = new() }, CancellationToken.None);
        _opened.TrySetResult();
    }

    public async Task<DeliveryResult> Send(TopicMessage message, CancellationToken cancellationToken)
    {
        await _opened.Task.WaitAsync(cancellationToken);
        if (_pending.Add(message.Id) is not { } answer)
            return Gone;
        try
        {
            await Write(new SubscribeTopicEventsResponseAlpha1 { EventMessage = TopicEvents.Single(message) }, cancellationToken);
            return await answer.Task.WaitAsync(cancellationToken);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or RpcException)
        {
            return Gone;
        }
        finally
        {
            _pending.Remove(message.Id, answer);
        }
    }

    public async Task<IReadOnlyList<DeliveryResult>> SendBulk(IReadOnlyList<TopicMessage> messages, CancellationToken cancellationToken) =>
        await Task.WhenAll(messages.Select(message => Send(message, cancellationToken)));

    /// <summary>The client's word on an event.</summary>
    public void Processed(SubscribeTopicEventsRequestProcessedAlpha1 processed) =>
        _pending.Answer(processed.Id, GrpcSink.Result(processed.Status?.Status ?? default));

    /// <summary>What is still unanswered was not taken.</summary>
    public void Close()
    {
        _pending.Close(Gone);
        _opened.TrySetResult();
    }

    public void Dispose() => _turn.Dispose();

    private async Task Write(SubscribeTopicEventsResponseAlpha1 response, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await writer.WriteAsync(response, CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }
}
