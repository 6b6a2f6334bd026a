using System.Collections.Concurrent;
using Npgsql;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Postgres;

namespace Platform.Sidecar.Resources;

/// <summary>Makes and starts each distinct component once.</summary>
internal sealed class ComponentPool(ComponentTypes types) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

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
            await StartWhenItCan(component, limit.Token);
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

    // A database that starts at the same moment is given the time that the component has.
    private static async Task StartWhenItCan(IComponent component, CancellationToken limit)
    {
        while (true)
        {
            try
            {
                await component.Start(limit);
                return;
            }
            catch (NpgsqlException error) when (Transient.IsTransient(error) && !limit.IsCancellationRequested)
            {
                await Task.Delay(Pause, limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (limit.IsCancellationRequested)
                    throw;
            }
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
