using System.Collections.Concurrent;
using Dapr.Client.Autogen.Grpc.v1;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Introspection;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>The subscriptions that are served now, for the metadata API.</summary>
internal sealed class ActiveSubscriptions : IMetadataSource
{
    private readonly ConcurrentDictionary<object, (string App, Subscription Subscription)> _active = new();

    /// <returns>To be disposed when they are served no longer.</returns>
    public IDisposable Add(SidecarApp app, IEnumerable<Subscription> subscriptions)
    {
        var keys = subscriptions.Select(subscription =>
        {
            var key = new object();
            _active[key] = (app.Id, subscription);
            return key;
        });
        return new Removal(_active, [.. keys]);
    }

    public void Add(SidecarApp app, GetMetadataResponse response) => response.Subscriptions.Add(
        _active.Values.Where(active => active.App == app.Id).Select(active => active.Subscription)
            .OrderBy(subscription => subscription.Type).ThenBy(subscription => subscription.PubSub, StringComparer.Ordinal)
            .ThenBy(subscription => subscription.Topic, StringComparer.Ordinal).Select(subscription => subscription.Describe()));

    private sealed class Removal(ConcurrentDictionary<object, (string App, Subscription Subscription)> active, object[] keys) : IDisposable
    {
        public void Dispose()
        {
            foreach (var key in keys)
                active.TryRemove(key, out _);
        }
    }
}
