namespace Platform.Sidecar.PubSub.Delivery;

/// <summary>The last step of a delivery: the app's HTTP route, its gRPC callback, or a stream that it opened.</summary>
internal interface ITopicSink
{
    Task<DeliveryResult> Send(TopicMessage message, CancellationToken cancellationToken);

    /// <param name="messages">Of one subscription and one path.</param>
    /// <returns>A result for each, in their order.</returns>
    Task<IReadOnlyList<DeliveryResult>> SendBulk(IReadOnlyList<TopicMessage> messages, CancellationToken cancellationToken);
}
