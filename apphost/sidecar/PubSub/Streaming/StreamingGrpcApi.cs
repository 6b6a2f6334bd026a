using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.PubSub.Subscriptions;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub.Streaming;

/// <summary>Subscriptions that live as long as a call of the app: it needs no port of its own for them.</summary>
internal sealed class StreamingGrpcApi(Consumers consumers, ActiveSubscriptions active, IHostApplicationLifetime lifetime) : DaprApi
{
    public async Task SubscribeTopicEventsAlpha1(
        IAsyncStreamReader<SubscribeTopicEventsRequestAlpha1> requests, IServerStreamWriter<SubscribeTopicEventsResponseAlpha1> responses,
        ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            var app = context.App();
            var subscription = Subscription(await Initial(requests, ending.Token));
            await Serve(app, Component(app, subscription), subscription, requests, responses, ending);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            if (!context.CancellationToken.IsCancellationRequested)
                throw new RpcException(new Status(StatusCode.Unavailable, "the sidecar stops"));
        }
        catch (IOException) when (context.CancellationToken.IsCancellationRequested)
        {
            // The client went away in the middle of a message.
        }
    }

    private async Task Serve(
        SidecarApp app, AppComponent component, Subscription subscription, IAsyncStreamReader<SubscribeTopicEventsRequestAlpha1> requests,
        IServerStreamWriter<SubscribeTopicEventsResponseAlpha1> responses, CancellationTokenSource ending)
    {
        using var stream = new EventStream(responses);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = consumers.Create(app, component, [subscription], stream) with { Ready = () => ready.TrySetResult() };
        var consuming = consumers.Run(component, consumer, ending.Token);
        try
        {
            await ready.Task.WaitAsync(ending.Token);
            using var listed = active.Add(app, [subscription]);
            await stream.Open();
            await Listen(stream, requests, ending.Token);
        }
        finally
        {
            stream.Close();
            await ending.CancelAsync();
            await consuming;
        }
    }

    private static async Task Listen(
        EventStream stream, IAsyncStreamReader<SubscribeTopicEventsRequestAlpha1> requests, CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken))
        {
            if (requests.Current.EventProcessed is not { } processed)
                throw Invalid("duplicate initial request received");
            stream.Processed(processed);
        }
    }

    private static async Task<SubscribeTopicEventsRequestInitialAlpha1> Initial(
        IAsyncStreamReader<SubscribeTopicEventsRequestAlpha1> requests, CancellationToken cancellationToken)
    {
        var initial = await requests.MoveNext(cancellationToken) ? requests.Current.InitialRequest : null;
        if (initial is null)
            throw Invalid("initial request is required");
        if (initial.PubsubName.Length == 0)
            throw Invalid("pubsubName is required");
        return initial.Topic.Length == 0 ? throw Invalid("topic is required") : initial;
    }

    private static Subscription Subscription(SubscribeTopicEventsRequestInitialAlpha1 initial)
    {
        try
        {
            var metadata = PublishedEvent.Merge(initial.Metadata);
            return new Subscription(initial.PubsubName, initial.Topic, new Routes([], "/"))
            {
                DeadLetterTopic = initial.DeadLetterTopic is { Length: > 0 } topic ? topic : null,
                Metadata = metadata,
                IsRaw = PublishMetadata.IsRaw(metadata),
                Type = PubsubSubscriptionType.Streaming,
            };
        }
        catch (FormatException error)
        {
            throw Invalid(error.Message);
        }
    }

    private static AppComponent Component(SidecarApp app, Subscription subscription)
    {
        var component = app.Components.Entry<IPubSub>(subscription.PubSub)
            ?? throw PubSubErrors.NotFound(subscription.PubSub, new Dictionary<string, string>()).AsException();
        return TopicScopes.MaySubscribe(component.Spec, app.Id, subscription.Topic) ? component : throw new RpcException(new Status(
            StatusCode.PermissionDenied, $"subscription to topic '{subscription.Topic}' on pubsub '{subscription.PubSub}' is not allowed"));
    }

    private static RpcException Invalid(string message) => new(new Status(StatusCode.InvalidArgument, message));
}
