using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The application is about to start: the last moment to change its resources.</summary>
public class BeforeStartEvent(IServiceProvider services, DistributedApplicationModel model) : IDistributedApplicationEvent
{
    /// <summary>Services of the AppHost.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>All resources.</summary>
    public DistributedApplicationModel Model { get; } = model;
}

/// <summary>The start of every resource has begun; those that wait for others wait now.</summary>
public class AfterResourcesCreatedEvent(IServiceProvider services, DistributedApplicationModel model) : IDistributedApplicationEvent
{
    /// <summary>Services of the AppHost.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>All resources.</summary>
    public DistributedApplicationModel Model { get; } = model;
}

/// <summary>A resource of the AppHost's own is to be brought up by whoever hears this.</summary>
public class InitializeResourceEvent(
    IResource resource,
    IDistributedApplicationEventing distributedApplicationEventing,
    ResourceLoggerService resourceLoggerService,
    ResourceNotificationService resourceNotificationService,
    IServiceProvider services) : IDistributedApplicationResourceEvent
{
    /// <inheritdoc/>
    public IResource Resource { get; } = resource;

    /// <summary>Tells others.</summary>
    public IDistributedApplicationEventing Eventing { get; } = distributedApplicationEventing;

    /// <summary>Writes to the resource's log.</summary>
    public ILogger Logger { get; } = resourceLoggerService.GetLogger(resource);

    /// <summary>Where its states are told.</summary>
    public ResourceNotificationService Notifications { get; } = resourceNotificationService;

    /// <summary>Services of the AppHost.</summary>
    public IServiceProvider Services { get; } = services;
}

/// <summary>It is decided where a resource listens.</summary>
public class ResourceEndpointsAllocatedEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
{
    /// <inheritdoc/>
    public IResource Resource { get; } = resource;

    /// <summary>Services of the AppHost.</summary>
    public IServiceProvider Services { get; } = services;
}

/// <summary>A resource's connection string can be asked for.</summary>
public class ConnectionStringAvailableEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
{
    /// <inheritdoc/>
    public IResource Resource { get; } = resource;

    /// <summary>Services of the AppHost.</summary>
    public IServiceProvider Services { get; } = services;
}

/// <summary>A resource is about to start; it waits for others only after this.</summary>
public class BeforeResourceStartedEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
{
    /// <inheritdoc/>
    public IResource Resource { get; } = resource;

    /// <summary>Services of the AppHost.</summary>
    public IServiceProvider Services { get; } = services;
}

/// <summary>A resource is healthy for the first time since its start; who waits for it waits for what is done at this too.</summary>
public class ResourceReadyEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
{
    /// <inheritdoc/>
    public IResource Resource { get; } = resource;

    /// <summary>Services of the AppHost.</summary>
    public IServiceProvider Services { get; } = services;
}

/// <summary>A resource has ended, or did not start.</summary>
public class ResourceStoppedEvent(IResource resource, IServiceProvider services, ResourceEvent resourceEvent) : IDistributedApplicationResourceEvent
{
    /// <inheritdoc/>
    public IResource Resource { get; } = resource;

    /// <summary>Services of the AppHost.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>What it was at its end.</summary>
    public ResourceEvent ResourceEvent { get; } = resourceEvent;
}
