using System.Collections.Concurrent;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Observability;
using Platform.Sidecar.Resiliency;

namespace Platform.Sidecar.Configuration;

/// <summary>What the configuration API does, for both protocols.</summary>
internal sealed partial class ConfigurationRequests(ILogger<ConfigurationRequests> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string App, string Store, string Id), (IAsyncDisposable Feed, Action? Ended)> _subscriptions = new();

    public static async Task<IReadOnlyDictionary<string, ConfigurationItem>> Get(
        SidecarApp app, string store, IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var found = Find(app, store);
        try
        {
            return await app.Metrics.Measure(Metric.Configurations, Metric.ConfigurationLatency, store, "get", () =>
                Policy(app, store).Run(token => found.Get(keys, metadata, token), cancellationToken));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw ConfigurationErrors.Get(store, keys, error.Message).AsException(error);
        }
    }

    /// <param name="app">Whose subscription.</param>
    /// <param name="store">Where.</param>
    /// <param name="keys">To what; none for all.</param>
    /// <param name="metadata">Of the request.</param>
    /// <param name="changed">Gets the subscription's id with the changes.</param>
    /// <param name="cancellationToken">Ends the attempt, not the subscription.</param>
    /// <param name="unsubscribed">Is called when somebody ends it by its id.</param>
    /// <returns>The id by which it is ended.</returns>
    public async Task<string> Subscribe(
        SidecarApp app, string store, IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata,
        Func<string, IReadOnlyDictionary<string, ConfigurationItem>, CancellationToken, Task> changed, CancellationToken cancellationToken,
        Action? unsubscribed = null)
    {
        var found = Find(app, store);
        var id = Guid.NewGuid().ToString();
        try
        {
            _subscriptions[(app.Id, store, id)] = (await Policy(app, store).Run(
                token => found.Subscribe(keys, metadata, Tell, token), cancellationToken), unsubscribed);
            return id;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw ConfigurationErrors.Subscribe(store, keys, error.Message).AsException(error);
        }

        async Task Tell(IReadOnlyDictionary<string, ConfigurationItem> items, CancellationToken ended)
        {
            try
            {
                await changed(id, items, ended);
            }
            catch (Exception error) when (!ended.IsCancellationRequested)
            {
                Log.NotTold(logger, app.Id, store, error.Message);
            }
        }
    }

    /// <returns>Whether there was such a subscription.</returns>
    public async Task<bool> Unsubscribe(SidecarApp app, string store, string id)
    {
        Find(app, store);
        if (!_subscriptions.TryRemove((app.Id, store, id), out var subscription))
            return false;
        await subscription.Feed.DisposeAsync();
        subscription.Ended?.Invoke();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var subscription in _subscriptions.Values)
            await subscription.Feed.DisposeAsync();
    }

    private static IConfigurationStore Find(SidecarApp app, string store) =>
        !app.Components.Any<IConfigurationStore>() ? throw ConfigurationErrors.NotConfigured.AsException()
        : app.Components.Find<IConfigurationStore>(store) ?? throw ConfigurationErrors.NotFound(store).AsException();

    private static Policy Policy(SidecarApp app, string store) => app.Resiliency.Outbound(ComponentKind.Configuration, store);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "App {App} could not be told of a change in configuration store {Store}: {Reason}")]
        public static partial void NotTold(ILogger logger, string app, string store, string reason);
    }
}
