using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Platform.Data;

namespace Platform.Events;

/// <summary>Wakes the relay of this process after a commit that wrote events: a NOTIFY would cost every transaction.</summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>There is something to relay.</summary>
    public void Set()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Set already: the relay has not looked yet, and will see this row too.
        }
    }

    /// <summary>Waits for the signal, at most this long.</summary>
    public Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => _signal.WaitAsync(timeout, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _signal.Dispose();
}

/// <summary>Sets the signal once the transaction that wrote events is committed.</summary>
internal sealed class OutboxSignalInterceptor(OutboxSignal signal) : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PlatformDbContext context && context.ChangeTracker.Entries<OutboxMessage>().Any())
            signal.Set();
        return Task.CompletedTask;
    }
}
