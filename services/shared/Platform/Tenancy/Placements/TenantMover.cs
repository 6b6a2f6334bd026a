using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Data;
using Platform.Events;

namespace Platform.Tenancy.Placements;

/// <summary>
/// Moves a tenant's rows of this service while people work: copies of snapshots until little differs, then a short step for
/// which the tenant's transactions wait, and nobody else's. The switch is one commit in the service's database, so that a crash
/// leaves the old placement in force or the new one; a repeated call goes on from there.
/// </summary>
internal sealed partial class TenantMover(SchemaMigrations migrations, TenantDatabases databases, OutboxSignal outbox, ILogger<TenantMover> logger)
{
    private const int MaxCatchUps = 8;
    private const int SmallDifference = 200;
    private const int MaxAttempts = 30;
    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(200);

    /// <summary>Moves, or does nothing but clean up where the tenant lives there already.</summary>
    /// <exception cref="MoveRefusedException">The tenant lives where it lived.</exception>
    public async Task MoveAsync(Guid tenantId, PlacementLevel level, Func<MoveProgress, Task> report, CancellationToken cancellationToken)
    {
        var owner = migrations.Owner ?? throw new MoveRefusedException(
            "MOVE_NEEDS_OWNER", "This service has no connection as the owner of its database: start one with it for the time of the move.");
        await using var home = await MoveConnection.OpenAsync(owner, tenantId, cancellationToken);
        await using var sites = new MoveSites(home, owner, migrations, databases);
        await TakeTurnAsync(home, cancellationToken);
        var placement = await PlacementTable.ReadAsync(home, cancellationToken);
        var target = sites.Of(level);
        if (placement.Place != target)
        {
            await TimedAsync("prepare", () => sites.PrepareAsync(target, cancellationToken), report);
            await CopyAsync(sites, placement.Place, target, report, cancellationToken);
            LogMoved(logger, tenantId, level);
            outbox.Set();
            placement = await PlacementTable.ReadAsync(home, cancellationToken);
        }

        if (placement.Leftover is { } leftover)
            await TimedAsync("clean", () => CleanAsync(sites, placement.Place, leftover, cancellationToken), report);
        // The connection takes the lock with it as well, but only when the server has noticed its end: the next move may come before.
        await home.ExecuteAsync("SELECT pg_advisory_unlock(uuid_hash_extended($1, 1))", cancellationToken);
    }

    /// <summary>Leaves nothing of a tenant that is gone but what is kept of it among the others' rows, such as the audit log.</summary>
    public async Task EvictAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        if (!await PlacementTable.IsKnownAsync(databases.Home, tenantId, cancellationToken))
            return;
        if (migrations.Owner is null)
            LogNotEvicted(logger, tenantId);
        else
            await MoveAsync(tenantId, PlacementLevel.Shared, _ => Task.CompletedTask, cancellationToken);
    }

    // One move of a tenant at a time; the lock ends with the connection, so a dead mover holds nobody up.
    private static async Task TakeTurnAsync(MoveConnection home, CancellationToken cancellationToken)
    {
        await using var command = home.Tenant("SELECT pg_try_advisory_lock(uuid_hash_extended($1, 1))");
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
            throw new MoveRefusedException("MOVE_RUNNING", "This tenant is being moved already.");
    }

    private static async Task CopyAsync(MoveSites sites, Place from, Place to, Func<MoveProgress, Task> report, CancellationToken cancellationToken)
    {
        var (source, target) = (await sites.ConnectAsync(from, cancellationToken), await sites.ConnectAsync(to, cancellationToken));
        var tables = await MovedTable.ListAsync(source.Connection, from.Schema, cancellationToken);
        if (tables.FirstOrDefault(table => table.Numbered && !table.IsWork) is { } numbered)
            throw new MoveRefusedException("TABLE_NUMBERS_ITSELF", $"Rows of {numbered.Name} are numbered by the table: after a move the numbers would be others.");
        var copy = new TenantCopy(source, target, tables, from.Schema, to.Schema);
        var differed = await TimedAsync("copy", () => copy.CatchUpAsync(cancellationToken), report);
        // As long as it gets less: where people write as fast as it is copied, the last step has to bear the rest.
        for (var (passes, before) = (0, long.MaxValue); differed > SmallDifference && differed < before / 2 && passes < MaxCatchUps; passes++)
            (before, differed) = (differed, await TimedAsync("catch-up", () => copy.CatchUpAsync(cancellationToken), report));
        var step = new MoveSwitch(sites, copy, from, to);
        for (var attempt = 1; !await TrySwitchAsync(step, report, cancellationToken); attempt++)
        {
            if (attempt == MaxAttempts)
                throw new MoveRefusedException("TENANT_BUSY", "The tenant's transactions never ended in time: try again when less goes on.");
            await Task.Delay(PauseBetweenAttempts, cancellationToken);
            await TimedAsync("catch-up", () => copy.CatchUpAsync(cancellationToken), report);
        }
    }

    // While it waits for a long transaction of the tenant, the shorter ones wait behind it: it gives up soon and tries again.
    private static async Task<bool> TrySwitchAsync(MoveSwitch step, Func<MoveProgress, Task> report, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        IReadOnlyList<TableFingerprint> tables;
        try
        {
            tables = await step.RunAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState
            is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }

        await report(new MoveProgress("switch", tables.Sum(table => table.Rows), Stopwatch.GetElapsedTime(started)) { Tables = tables });
        return true;
    }

    private static async Task<long> CleanAsync(MoveSites sites, Place place, Place leftover, CancellationToken cancellationToken)
    {
        var removed = leftover == place ? 0 : await sites.CleanAsync(leftover, cancellationToken);
        await PlacementTable.CleanedAsync(sites.Home, cancellationToken);
        await PlacementTable.ForgetAsync(sites.Home, cancellationToken);
        return removed;
    }

    private static async Task<long> TimedAsync(string step, Func<Task<long>> work, Func<MoveProgress, Task> report)
    {
        var started = Stopwatch.GetTimestamp();
        var rows = await work();
        await report(new MoveProgress(step, rows, Stopwatch.GetElapsedTime(started)));
        return rows;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The empty schema or database of {TenantId}, which is gone, stays: this service has no connection as the owner of its database")]
    private static partial void LogNotEvicted(ILogger logger, Guid tenantId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Tenant {TenantId} lives in {Level} now")]
    private static partial void LogMoved(ILogger logger, Guid tenantId, PlacementLevel level);
}
