using System.Diagnostics;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Observability;
using Platform.Sidecar.Resiliency;

namespace Platform.Sidecar.PubSub.Delivery;

/// <summary>Hands messages over under the component's inbound policy, each with a span of its own, and counts how it went.</summary>
internal sealed partial class PolicySink(SidecarApp app, string component, ITopicSink sink, ILogger logger) : ITopicSink
{
    private readonly Policy _policy = app.Resiliency.Inbound(ComponentKind.Pubsub, component);

    public async Task<DeliveryResult> Send(TopicMessage message, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var span = app.Tracing?.StartDelivery("pubsub/" + message.Topic, message.TraceParent, message.TraceState);
        var traced = span?.Id is { } id ? message with { Span = id } : message;
        var result = Final(message, await Attempts(token => sink.Send(traced, token), result => Judge(result, message), cancellationToken));
        AppTracing.End(span, Word(result), result.Outcome == DeliveryOutcome.Success);
        app.Metrics.Delivered(component, message.Topic, Word(result), Stopwatch.GetElapsedTime(started));
        return result;
    }

    public async Task<IReadOnlyList<DeliveryResult>> SendBulk(IReadOnlyList<TopicMessage> messages, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        // One in the trace of each; the request that brings them all belongs to none of these.
        var spans = messages.Select(message => app.Tracing?.StartDelivery("pubsub/" + message.Topic, message.TraceParent, message.TraceState)).ToArray();
        var results = new DeliveryResult[messages.Count];
        var left = Enumerable.Range(0, messages.Count).ToArray();
        await Attempts(async token =>
        {
            var answers = await sink.SendBulk([.. left.Select(index => messages[index])], token);
            for (var i = 0; i < left.Length; i++)
                results[left[i]] = answers[i];
            // Only what failed is sent again.
            left = [.. left.Where(index => Judge(results[index], messages[index]) is not null)];
            return left.Length;
        }, count => count > 0 ? new Failure() : null, cancellationToken);
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = Final(messages[i], results[i]);
            AppTracing.End(spans[i], Word(results[i]), results[i].Outcome == DeliveryOutcome.Success);
            spans[i]?.Dispose();
        }

        foreach (var (message, result) in messages.Zip(results))
            app.Metrics.Delivered(component, message.Topic, Word(result), Stopwatch.GetElapsedTime(started));
        return results;
    }

    private async Task<T> Attempts<T>(Func<CancellationToken, Task<T>> attempt, Func<T, Failure?> judge, CancellationToken cancellationToken) =>
        _policy.IsNone ? await attempt(cancellationToken) : await _policy.Run(attempt, cancellationToken, judge);

    // Where a policy has tried again, a broker that keeps dead letters does not do the same on top.
    private DeliveryResult Final(TopicMessage message, DeliveryResult result) =>
        !_policy.IsNone && result.Outcome == DeliveryOutcome.Retry && message.Subscription.DeadLetterTopic is not null ? result with { Outcome = DeliveryOutcome.Drop } : result;

    private Failure? Judge(DeliveryResult result, TopicMessage message)
    {
        if (result.Outcome is not (DeliveryOutcome.Retry or DeliveryOutcome.Unreachable))
            return null;
        Log.Failed(logger, app.Id, component, message.Topic, result.Outcome, result.Reason);
        return new Failure();
    }

    private static string Word(DeliveryResult result) => result.Outcome switch
    {
        DeliveryOutcome.Success => "success",
        DeliveryOutcome.Drop => "drop",
        _ => "retry",
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "An attempt to hand a message of {PubSub}/{Topic} to app {App} failed ({Outcome}): {Reason}")]
        public static partial void Failed(ILogger logger, string app, string pubSub, string topic, DeliveryOutcome outcome, string? reason);
    }
}
