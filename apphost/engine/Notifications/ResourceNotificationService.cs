using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.LocalHost.Relations;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What resources are doing: to be looked at, waited for, and told by whoever brings up a resource of the AppHost's own.</summary>
public sealed class ResourceNotificationService : IDisposable
{
    private readonly Lock _changing = new();
    private readonly DistributedApplicationModel _model;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ChannelWriter<ResourceEvent>> _watchers = [];
    private bool _isOver;

    internal ResourceNotificationService(DistributedApplicationModel model, TimeProvider time) => (_model, _time) = (model, time);

    /// <summary>Hears what the AppHost itself tells of a resource.</summary>
    internal event Action<ResourceEvent>? Told;

    /// <summary>Tells what a resource is now, made from what it was.</summary>
    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory) =>
        PublishUpdateAsync(resource, resource.Name, stateFactory);

    /// <summary>The same for one replica of it.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        Told?.Invoke(Change(resource, resourceId, stateFactory));
        return Task.CompletedTask;
    }

    /// <summary>What a resource is now; false while nothing is known of it.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_changing)
            return _current.TryGetValue(resourceId, out resourceEvent);
    }

    /// <summary>What every resource is now, and each change from then on, until the application has stopped.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (_changing)
        {
            foreach (var known in _current.Values)
                channel.Writer.TryWrite(known);
            if (_isOver)
                channel.Writer.Complete();
            else
                _watchers.Add(channel.Writer);
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
                yield return change;
        }
        finally
        {
            lock (_changing)
                _watchers.Remove(channel.Writer);
        }
    }

    /// <summary>Returns when a resource is in a state; when it runs, where none is named.</summary>
    /// <exception cref="OperationCanceledException">It was given up, or the application stopped.</exception>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Returns when a resource is in one of several states; the one that it is in.</summary>
    /// <exception cref="OperationCanceledException">It was given up, or the application stopped.</exception>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var reached = await WaitForResourceAsync(resourceName, change => targetStates.Contains(change.Snapshot.State?.Text, StringComparer.OrdinalIgnoreCase), cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Returns when something holds for a resource.</summary>
    /// <exception cref="OperationCanceledException">It was given up, or the application stopped.</exception>
    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var change in WatchAsync(cancellationToken))
        {
            if ((Is(change.Resource.Name, resourceName) || Is(change.ResourceId, resourceName)) && predicate(change))
                return change;
        }

        throw new OperationCanceledException($"The application stopped before the resource '{resourceName}' was what was waited for.");
    }

    /// <summary>Returns when a resource is healthy, and what is done when it is ready has been done.</summary>
    /// <exception cref="DistributedApplicationException">It did not start or has ended, or there is none.</exception>
    /// <exception cref="OperationCanceledException">It was given up, or the application stopped.</exception>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, WaitBehavior.StopOnResourceUnavailable, cancellationToken);

    /// <summary>The same; for a resource that has ended it waits, if so told, until somebody starts it again.</summary>
    /// <exception cref="DistributedApplicationException">It did not start or has ended, or there is none.</exception>
    /// <exception cref="OperationCanceledException">It was given up, or the application stopped.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var stops = waitBehavior is WaitBehavior.StopOnResourceUnavailable;
        if (stops && !TryGetCurrentState(resourceName, out _) && !_model.Resources.Any(resource => Is(resource.Name, resourceName)))
            throw new DistributedApplicationException($"There is no resource '{resourceName}'.");
        var reached = await WaitForResourceAsync(resourceName, change => IsWell(change.Snapshot) || (stops && HasEnded(change.Snapshot)), cancellationToken);
        return IsWell(reached.Snapshot) ? reached : throw new DistributedApplicationException($"The resource '{resourceName}' is not healthy: it is {reached.Snapshot.State?.Text}.");
    }

    /// <summary>Ends all watches.</summary>
    public void Dispose()
    {
        lock (_changing)
        {
            _isOver = true;
            foreach (var watcher in _watchers)
                watcher.TryComplete();
        }
    }

    /// <summary>Notes what became of a resource, without telling the engine what it knows already.</summary>
    internal ResourceEvent Change(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
    {
        lock (_changing)
        {
            var before = _current.GetValueOrDefault(resourceId)?.Snapshot ?? New(resource);
            var now = new ResourceEvent(resource, resourceId, change(before));
            _current[resourceId] = now;
            foreach (var watcher in _watchers)
                watcher.TryWrite(now);
            return now;
        }
    }

    internal static bool HasEnded(CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text);

    private static bool IsWell(CustomResourceSnapshot snapshot) => snapshot is { HealthStatus: HealthStatus.Healthy, IsReady: true };

    private CustomResourceSnapshot New(IResource resource) => new()
    {
        ResourceType = resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal),
        Properties = [],
        CreationTimeStamp = _time.GetUtcNow().UtcDateTime,
        IsHidden = resource.Annotations.OfType<HiddenAnnotation>().LastOrDefault() is { ExitCodes: null },
        Relationships = [.. resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(relation => new RelationshipSnapshot(relation.Resource.Name, relation.Type))],
    };

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
