using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;
using Platform.LocalHost.Parameters;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Lifecycle;

/// <summary>Tells the AppHost what becomes of its resources, in the order in which Aspire tells it.</summary>
internal sealed class Announcements(
    DistributedApplicationEventing eventing,
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    IServiceProvider services)
{
    private static readonly Action<ILogger, Exception?> StoppedFailed =
        LoggerMessage.Define(LogLevel.Error, new EventId(1, nameof(StoppedFailed)), "What is done when the resource has stopped failed.");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _turn = new();
    private readonly ConcurrentBag<Task> _last = [];
    private readonly ConcurrentDictionary<IResource, bool> _connected = [];
    private readonly Rounds _starting = new();
    private readonly Rounds _ready = new();
    private Task? _beforeStart;

    /// <summary>All resources of the model.</summary>
    public IEnumerable<IResource> Resources => model.Resources;

    /// <summary>The resources that have a start and an end of their own.</summary>
    public IReadOnlySet<IResource> RunByThemselves { get; set; } = new HashSet<IResource>();

    /// <summary>The application is about to start; told once, however often it is asked for.</summary>
    /// <exception cref="StackException">What the AppHost does at it failed.</exception>
    public Task BeforeStartAsync(CancellationToken cancellationToken)
    {
        lock (_turn)
            return _beforeStart ??= TellAsync(new BeforeStartEvent(services, model), "before the start", cancellationToken);
    }

    /// <summary>It is decided where everything listens, and connection strings can be made.</summary>
    /// <exception cref="StackException">What the AppHost does at it failed.</exception>
    public async Task AllocatedAsync(CancellationToken cancellationToken)
    {
        var isMissing = model.Resources.OfType<ParameterResource>().Any(parameter => parameter.Missing is not null);
        foreach (var resource in model.Resources.ToList())
        {
            if (resource.Annotations.OfType<EndpointAnnotation>().Any())
                await TellAsync(new ResourceEndpointsAllocatedEvent(resource, services), $"when {resource.Name} has its ports", cancellationToken);
            if (resource is IResourceWithConnectionString && (!isMissing || CanBeMade(resource)))
                await ConnectedAsync(resource, cancellationToken);
        }
    }

    /// <summary>Somebody has given a parameter its value: the connection strings that were missing it can be made.</summary>
    /// <exception cref="StackException">What the AppHost does at it failed.</exception>
    public async Task GivenAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        foreach (var resource in model.Resources.OfType<IResourceWithConnectionString>().Where(one => NeededParameters.In(one).Contains(parameter) && CanBeMade(one)).ToList())
            await ConnectedAsync(resource, cancellationToken);
    }

    /// <summary>Whoever brings up a resource of the AppHost's own begins, and nobody waits for it here.</summary>
    public Task InitializeAsync(IResource resource, CancellationToken cancellationToken) =>
        eventing.PublishAsync(Initialize(resource), EventDispatchBehavior.NonBlockingConcurrent, cancellationToken);

    /// <summary>The same; completes when whoever brings it up has done with it, which may be when it ends.</summary>
    /// <exception cref="StackException">What the AppHost does at it failed.</exception>
    public Task InitializedAsync(IResource resource, CancellationToken cancellationToken) => Task.Run(
        () => OrReasonAsync(() => eventing.PublishAsync(Initialize(resource), EventDispatchBehavior.BlockingConcurrent, cancellationToken), $"to bring up {resource.Name}"),
        CancellationToken.None);

    /// <summary>The start of everything has begun.</summary>
    /// <exception cref="StackException">What the AppHost does at it failed.</exception>
    public Task ResourcesCreatedAsync(CancellationToken cancellationToken) => TellAsync(new AfterResourcesCreatedEvent(services, model), "after the resources are made", cancellationToken);

    /// <summary>A resource is about to start; of its replicas the first tells it, and the others wait for what is done then.</summary>
    /// <exception cref="StackException">What the AppHost does at it failed.</exception>
    public Task StartingAsync(IResource resource, string replica, CancellationToken cancellationToken) => _starting.JoinAsync(
        resource, replica, () => TellAsync(new BeforeResourceStartedEvent(resource, services), $"before {resource.Name} starts", cancellationToken), cancellationToken);

    /// <summary>A resource is healthy, and with it those that live in it; of its replicas the first tells it, and the others wait for what is done then.</summary>
    /// <exception cref="StackException">What the AppHost does at it failed.</exception>
    public Task ReadyAsync(IResource resource, string replica, CancellationToken cancellationToken) => _ready.JoinAsync(resource, replica, async () =>
    {
        foreach (var one in WithChildrenOf(resource))
            await TellAsync(new ResourceReadyEvent(one, services), $"when {one.Name} is ready", cancellationToken);
    }, cancellationToken);

    /// <summary>A resource has ended, and with it those that live in it. Nobody waits for it but the end of the application.</summary>
    public void Stopped(IResource resource, ResourceEvent last) => _last.Add(Task.Run(async () =>
    {
        foreach (var one in WithChildrenOf(resource))
        {
            try
            {
                await eventing.PublishAsync(new ResourceStoppedEvent(one, services, one == resource ? last : new ResourceEvent(one, one.Name, last.Snapshot)), CancellationToken.None);
            }
            catch (Exception failure)
            {
                StoppedFailed(logs.GetLogger(one), failure);
            }
        }
    }));

    /// <summary>Completes when all that is done at ends is done, or has taken too long.</summary>
    public async Task LastAsync() => await Task.WhenAll(_last).WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>A resource and those that live in it, such as the databases of a server; not those that run by themselves.</summary>
    public IEnumerable<IResource> WithChildrenOf(IResource resource) =>
        [resource, .. model.Resources.OfType<IResourceWithParent>().Where(child => child.Parent == resource && !RunByThemselves.Contains(child)).SelectMany(WithChildrenOf)];

    private static bool CanBeMade(IResource resource) => NeededParameters.In(resource).All(parameter => parameter.Missing is null);

    private Task ConnectedAsync(IResource resource, CancellationToken cancellationToken) =>
        !_connected.TryAdd(resource, true) ? Task.CompletedTask : TellAsync(new ConnectionStringAvailableEvent(resource, services), $"when {resource.Name} has its connection string", cancellationToken);

    private InitializeResourceEvent Initialize(IResource resource) => new(resource, eventing, logs, notifications, services);

    // What does not heed the token must not keep a resource from being stopped.
    private Task TellAsync<T>(T told, string when, CancellationToken cancellationToken)
        where T : IDistributedApplicationEvent => OrReasonAsync(() => eventing.PublishAsync(told, cancellationToken).WaitAsync(cancellationToken), when);

    private static async Task OrReasonAsync(Func<Task> tell, string when)
    {
        try
        {
            await tell();
        }
        catch (Exception failure) when (failure is not (StackException or OperationCanceledException))
        {
            throw new StackException($"What the AppHost does {when} failed: {failure.Message}", failure);
        }
    }
}
