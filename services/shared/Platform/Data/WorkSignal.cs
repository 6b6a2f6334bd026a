using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Platform.Access;

namespace Platform.Data;

/// <summary>
/// Wakes the background work of this process after a commit that wrote rows of its entity: a NOTIFY would cost every
/// transaction. What other processes wrote, or a crash left behind, is found by a slow poll.
/// </summary>
public class WorkSignal(Type entity) : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>There is something to do.</summary>
    public void Set()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Set already: the worker has not looked yet, and will see this row too.
        }
        catch (ObjectDisposedException)
        {
            // The process ends: the next one looks when it starts. What is committed must not be answered as a fault.
        }
    }

    /// <summary>Waits for the signal, at most this long; whether it came.</summary>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => _signal.WaitAsync(timeout, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        _signal.Dispose();
        GC.SuppressFinalize(this);
    }

    internal virtual bool IsFor(PlatformDbContext context) =>
        (context.HasRecomputed && entity.IsAssignableFrom(typeof(ProtectedEntity))) || context.ChangeTracker.Entries().Any(entry => entity.IsInstanceOfType(entry.Entity));
}

/// <summary>Registers signals.</summary>
public static class WorkSignals
{
    /// <summary>Adds a signal that is set after each commit of rows of its entity.</summary>
    public static IServiceCollection AddWorkSignal<TSignal>(this IServiceCollection services)
        where TSignal : WorkSignal =>
        services.AddSingleton<TSignal>().AddSingleton<WorkSignal>(provider => provider.GetRequiredService<TSignal>());
}

/// <summary>Sets the signals once the transaction is committed.</summary>
internal sealed class WorkSignalInterceptor(IEnumerable<WorkSignal> signals) : DbTransactionInterceptor
{
    private readonly WorkSignal[] _signals = [.. signals];

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PlatformDbContext context)
        {
            foreach (var signal in _signals.Where(signal => signal.IsFor(context)))
                signal.Set();
        }

        return Task.CompletedTask;
    }
}
