using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

/// <summary>Something that happens to the application.</summary>
public interface IDistributedApplicationEvent;

/// <summary>Something that happens to one resource.</summary>
public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
{
    /// <summary>The resource.</summary>
    IResource Resource { get; }
}

/// <summary>Tells whoever has subscribed what happens.</summary>
public interface IDistributedApplicationEventing
{
    /// <summary>Calls back at each event of a type.</summary>
    DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent;

    /// <summary>Calls back at each event of a type that is about one resource.</summary>
    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent;

    /// <summary>Calls back no more.</summary>
    void Unsubscribe(DistributedApplicationEventSubscription subscription);

    /// <summary>Tells an event to one subscriber after the other, and returns when all have done what they do.</summary>
    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;

    /// <summary>Tells an event.</summary>
    Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;
}

/// <summary>How subscribers are told.</summary>
public enum EventDispatchBehavior
{
    /// <summary>One after the other; whoever tells waits for them.</summary>
    BlockingSequential,

    /// <summary>All at once; whoever tells waits for them.</summary>
    BlockingConcurrent,

    /// <summary>One after the other, while whoever tells goes on.</summary>
    NonBlockingSequential,

    /// <summary>All at once, while whoever tells goes on.</summary>
    NonBlockingConcurrent,
}

/// <summary>Whoever is told of events.</summary>
public class DistributedApplicationEventSubscription(Func<IDistributedApplicationEvent, CancellationToken, Task> callback)
{
    /// <summary>What is called.</summary>
    public Func<IDistributedApplicationEvent, CancellationToken, Task> Callback { get; } = callback;
}

/// <summary>Whoever is told of events of one resource.</summary>
public class DistributedApplicationResourceEventSubscription(IResource? resource, Func<IDistributedApplicationResourceEvent, CancellationToken, Task> callback)
    : DistributedApplicationEventSubscription((told, token) => callback((IDistributedApplicationResourceEvent)told, token))
{
    /// <summary>The resource.</summary>
    public IResource? Resource { get; } = resource;
}
