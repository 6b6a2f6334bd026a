using System.Collections.Concurrent;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Resources;

/// <summary>Makes and starts each distinct component once.</summary>
internal sealed class ComponentPool(ComponentTypes types) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<IComponent>>> _components = new();

    public Task<IComponent> Get(ComponentSpec spec, CancellationToken cancellationToken) =>
        _components.GetOrAdd(spec.Identity, _ => new Lazy<Task<IComponent>>(() => Start(spec, cancellationToken))).Value;

    private async Task<IComponent> Start(ComponentSpec spec, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(spec.InitTimeout);
        try
        {
            var component = types.Create(spec);
            await component.Start(limit.Token);
            return component;
        }
        catch (StartupException error) when (!error.Message.StartsWith(spec.File, StringComparison.Ordinal))
        {
            throw new StartupException($"{spec.File}: component '{spec.Name}' ({spec.Type}): {error.Message}", error);
        }
        catch (Exception error) when (error is not StartupException && !cancellationToken.IsCancellationRequested)
        {
            var reason = error is OperationCanceledException ? $"not ready within {spec.InitTimeout.TotalSeconds:0} s" : error.Message;
            throw new StartupException($"{spec.File}: component '{spec.Name}' ({spec.Type}) did not start: {reason}", error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var started in _components.Values.Select(component => component.Value).Where(task => task.IsCompletedSuccessfully))
        {
            if (await started is IAsyncDisposable component)
                await component.DisposeAsync();
        }
    }
}
