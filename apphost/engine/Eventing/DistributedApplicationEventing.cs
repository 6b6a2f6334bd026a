using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Display;

namespace Aspire.Hosting.Eventing;

/// <summary>Tells whoever has subscribed what happens, in the order of the subscriptions.</summary>
public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly ConcurrentDictionary<Type, ImmutableList<DistributedApplicationEventSubscription>> _subscriptions = new();

    /// <inheritdoc/>
    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent => Add<T>(new((told, token) => callback((T)told, token)));

    /// <inheritdoc/>
    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent => Add<T>(new DistributedApplicationResourceEventSubscription(
            resource, (told, token) => told.Resource == resource ? callback((T)told, token) : Task.CompletedTask));

    /// <inheritdoc/>
    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        foreach (var kind in _subscriptions.Keys)
            _subscriptions.AddOrUpdate(kind, [], (_, known) => known.Remove(subscription));
    }

    /// <inheritdoc/>
    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent => PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    /// <inheritdoc/>
    public Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        var all = _subscriptions.GetValueOrDefault(typeof(T)) ?? [];
        var concurrent = dispatchBehavior is EventDispatchBehavior.BlockingConcurrent or EventDispatchBehavior.NonBlockingConcurrent;
        var blocking = dispatchBehavior is EventDispatchBehavior.BlockingSequential or EventDispatchBehavior.BlockingConcurrent;
        Task Tell() => concurrent ? Task.WhenAll(all.Select(one => one.Callback(@event, cancellationToken))) : OneByOneAsync(all, @event, cancellationToken);
        if (blocking)
            return Tell();
        _ = Task.Run(() => OrSayAsync(Tell, typeof(T).Name), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Whether somebody asks to be told of a kind of events of a resource.</summary>
    internal bool IsHeard<T>(IResource resource)
        where T : IDistributedApplicationResourceEvent =>
        (_subscriptions.GetValueOrDefault(typeof(T)) ?? []).OfType<DistributedApplicationResourceEventSubscription>().Any(one => one.Resource == resource);

    private DistributedApplicationEventSubscription Add<T>(DistributedApplicationEventSubscription subscription)
    {
        _subscriptions.AddOrUpdate(typeof(T), [subscription], (_, known) => known.Add(subscription));
        return subscription;
    }

    private static async Task OneByOneAsync(IEnumerable<DistributedApplicationEventSubscription> all, IDistributedApplicationEvent told, CancellationToken cancellationToken)
    {
        foreach (var one in all)
            await one.Callback(told, cancellationToken);
    }

    // Nobody waits for it, so that nobody else would learn that it failed.
    private static async Task OrSayAsync(Func<Task> tell, string what)
    {
        try
        {
            await tell();
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
        catch (Exception failure)
        {
            Terminal.Error($"{what}: {failure.Message}");
        }
    }
}
