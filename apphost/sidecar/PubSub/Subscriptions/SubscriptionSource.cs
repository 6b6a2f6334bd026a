using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>Collects an app's subscriptions: what it says itself wins over what resource files say of the same topic.</summary>
internal sealed partial class SubscriptionSource(ILogger<SubscriptionSource> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<Subscription>> Read(SidecarApp app, CancellationToken cancellationToken)
    {
        var programmatic = app.Options.DisabledInitEndpoints.Contains("subscribe") ? [] : await Ask(app, cancellationToken);
        // Of an app's own the last on a topic counts, of the declared ones the first.
        return [.. programmatic.AsEnumerable().Reverse().Concat(Declared(app.Resources))
            .DistinctBy(subscription => (subscription.PubSub, subscription.Topic)).Where(subscription => IsAllowed(app, subscription))];
    }

    /// <exception cref="StartupException">A declared subscription is not understood.</exception>
    public static void Check(IEnumerable<ResourceFile> resources) => _ = Declared(resources).ToArray();

    private static IEnumerable<Subscription> Declared(IEnumerable<ResourceFile> resources) =>
        resources.Where(resource => resource.Kind == "Subscription").Select(SubscriptionParser.FromResource);

    // An app that cannot answer now is asked again: to believe that it wants nothing would lose messages.
    private async Task<List<Subscription>> Ask(SidecarApp app, CancellationToken cancellationToken)
    {
        var reason = "";
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return app.Channel!.Protocol == AppProtocol.Grpc ? await AskGrpc(app, cancellationToken) : await AskHttp(app, cancellationToken);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or JsonException or RpcException && !cancellationToken.IsCancellationRequested)
            {
                if (error.Message != reason)
                    Log.CannotAsk(logger, app.Id, error.Message);
                reason = error.Message;
            }

            await Task.Delay(pause, cancellationToken);
        }
    }

    private async Task<List<Subscription>> AskHttp(SidecarApp app, CancellationToken cancellationToken)
    {
        using var request = app.Channel!.Request(HttpMethod.Get, "/dapr/subscribe");
        request.Headers.TryAddWithoutValidation("dapr-app-id", app.Id);
        using var response = await app.Channel.Client.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
            return [];
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"the app answered {(int)response.StatusCode}");
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return answer.Length == 0 || JsonNode.Parse(answer) is not JsonArray items ? [] : Parse(app, items.OfType<JsonNode>(), SubscriptionParser.FromApp);
    }

    private async Task<List<Subscription>> AskGrpc(SidecarApp app, CancellationToken cancellationToken)
    {
        try
        {
            return Parse(app, (await app.Channel!.Subscriptions(cancellationToken)).Subscriptions, SubscriptionParser.FromGrpc);
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unimplemented)
        {
            return [];
        }
    }

    private List<Subscription> Parse<T>(SidecarApp app, IEnumerable<T> items, Func<T, Subscription> parse)
    {
        var subscriptions = new List<Subscription>();
        foreach (var item in items)
        {
            try
            {
                subscriptions.Add(parse(item));
            }
            catch (FormatException error)
            {
                Log.Skipped(logger, app.Id, error.Message);
            }
        }

        return subscriptions;
    }

    private bool IsAllowed(SidecarApp app, Subscription subscription)
    {
        var component = app.Components.Entry<IPubSub>(subscription.PubSub);
        var refusal = component is null ? $"there is no pubsub {subscription.PubSub}"
            : TopicScopes.MaySubscribe(component.Spec, app.Id, subscription.Topic) ? null
            : $"subscription to topic {subscription.Topic} on pubsub {subscription.PubSub} is not allowed";
        if (refusal is not null)
            Log.Skipped(logger, app.Id, refusal);
        return refusal is null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "App {App} could not be asked for its subscriptions: {Reason}")]
        public static partial void CannotAsk(ILogger logger, string app, string reason);

        [LoggerMessage(LogLevel.Error, "A subscription of app {App} is skipped: {Reason}")]
        public static partial void Skipped(ILogger logger, string app, string reason);
    }
}
