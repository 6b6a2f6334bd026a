using System.Diagnostics;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Observability;
using Platform.Sidecar.Resiliency;

namespace Platform.Sidecar.PubSub.Delivery;

/// <summary>Hands messages over under the component's inbound policy, each with a span of its own, and counts how it went.</summary>
internal sealed class PolicySink(SidecarApp app, string component, ITopicSink sink) : ITopicSink
{
    private readonly Policy _policy = app.Resiliency.Inbound(ComponentKind.Pubsub, component);

    public async Task<DeliveryResult> Send(TopicMessage message, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var span = app.Tracing?.StartDelivery("pubsub/" + message.Topic, message.TraceParent);
        var traced = span?.Id is { } id ? message with { Span = id } : message;
        var result = Final(message, await Attempts(token => sink.Send(traced, token), Judge, cancellationToken));
        AppTracing.End(span, Word(result), result.Outcome == DeliveryOutcome.Success);
        app.Metrics.Delivered(component, message.Topic, Word(result), Stopwatch.GetElapsedTime(started));
        return result;
    }

    public async Task<IReadOnlyList<DeliveryResult>> SendBulk(IReadOnlyList<TopicMessage> messages, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var results = new DeliveryResult[messages.Count];
        var left = Enumerable.Range(0, messages.Count).ToArray();
        await Attempts(async token =>
        {
            var answers = await sink.SendBulk([.. left.Select(index => messages[index])], token);
            for (var i = 0; i < left.Length; i++)
                results[left[i]] = answers[i];
            // Only what failed is sent again.
            left = [.. left.Where(index => Judge(results[index]) is not null)];
            return left.Length;
        }, count => count > 0 ? new Failure() : null, cancellationToken);
        for (var i = 0; i < results.Length; i++)
            results[i] = Final(messages[i], results[i]);
        foreach (var (message, result) in messages.Zip(results))
            app.Metrics.Delivered(component, message.Topic, Word(result), Stopwatch.GetElapsedTime(started));
        return results;
    }

    private async Task<T> Attempts<T>(Func<CancellationToken, Task<T>> attempt, Func<T, Failure?> judge, CancellationToken cancellationToken) =>
        _policy.IsNone ? await attempt(cancellationToken) : await _policy.Run(attempt, cancellationToken, judge);

    // Where a policy has tried again, a broker that keeps dead letters does not do the same on top.
    private DeliveryResult Final(TopicMessage message, DeliveryResult result) =>
        !_policy.IsNone && result.Outcome == DeliveryOutcome.Retry && message.Subscription.DeadLetterTopic is not null ? result with { Outcome = DeliveryOutcome.Drop } : result;

    private static Failure? Judge(DeliveryResult result) =>
        result.Outcome is DeliveryOutcome.Retry or DeliveryOutcome.Unreachable ? new Failure() : null;

    private static string Word(DeliveryResult result) => result.Outcome switch
    {
        DeliveryOutcome.Success => "success",
        DeliveryOutcome.Drop => "drop",
        _ => "retry",
    };
}
