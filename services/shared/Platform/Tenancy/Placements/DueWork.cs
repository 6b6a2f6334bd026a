using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>
/// Does what is due, for whichever tenant it is. What fails is given back, for a moment where it may work then (a deadlock, a
/// connection that is gone), and so is what this process has not finished when it stops; what a crash leaves behind comes back
/// when its lease ends. A tenant's database that is away holds up nobody else.
/// </summary>
/// <param name="places">Where the rows are.</param>
/// <param name="table">The table.</param>
/// <param name="read">A row's key.</param>
/// <param name="clock">What time it is, where that is not the database's.</param>
public sealed class DueWork<TClaim>(WorkPlaces places, DueTable table, Func<NpgsqlDataReader, TClaim> read, TimeProvider? clock = null)
{
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    // A row that was given back for a short pause is due again by then.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1.5);

    /// <summary>What the pause after a failure is measured by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Does what is due, one after the other, then waits until there is more; ends with the process.</summary>
    /// <param name="work">The work, in a scope of the tenant.</param>
    /// <param name="wait">Waits for a signal or for some time.</param>
    /// <param name="failed">Tells of a failure, or of a database that is away, after which it goes on.</param>
    /// <param name="stopping">The process stops.</param>
    public async Task RunAsync(Func<TClaim, CancellationToken, Task> work, Func<CancellationToken, Task> wait, Action<Exception> failed, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                while (await TakeAsync(failed, stopping) is { } lease)
                    await WorkAsync(lease, work, stopping);
                await wait(stopping);
            }
            // A call that stopping has cut off fails in any way.
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or DbUpdateException or InvalidOperationException or TimeoutException)
            {
                failed(failure);
                await Task.Delay(PauseAfterFailure, Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WorkAsync(Lease lease, Func<TClaim, CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            await work(lease.Claim, stopping);
        }
        catch (Exception failure)
        {
            await GiveBackAsync(lease, stopping.IsCancellationRequested ? TimeSpan.Zero : IsForNow(failure) ? ShortPause : LongPause);
            throw;
        }
    }

    private async Task<Lease?> TakeAsync(Action<Exception> passedOver, CancellationToken cancellationToken) =>
        await places.RowsAcrossTenantsAsync(table.Name, table.Take, [Now, table.Lease], passedOver, cancellationToken)
            .Select(row => new Lease(read(row), [.. Enumerable.Range(0, table.KeyLength).Select(row.GetValue)], row.GetFieldValue<DateTimeOffset>(table.KeyLength)))
            .FirstOrDefaultAsync(cancellationToken);

    private async Task GiveBackAsync(Lease lease, TimeSpan pause)
    {
        using var patience = new CancellationTokenSource(Farewell);
        try
        {
            await places.RowsAcrossTenantsAsync(table.Name, table.GiveBack, [Now, pause, lease.End, .. lease.Key], _ => { }, patience.Token).FirstOrDefaultAsync(patience.Token);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            // The lease ends by itself; what is told is why the work failed.
        }
    }

    private object Now => (object?)clock?.GetUtcNow() ?? DBNull.Value;

    private static bool IsForNow(Exception failure) => failure switch
    {
        TimeoutException or DbUpdateConcurrencyException => true,
        NpgsqlException => Data.Outages.IsOutage(failure),
        _ => failure.InnerException is { } inner && IsForNow(inner),
    };

    private sealed record Lease(TClaim Claim, object[] Key, DateTimeOffset End);
}
