using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Data;
using Platform.Events;

namespace Platform.Tenancy.Placements;

/// <summary>
/// Moves a tenant's rows of this service while people work: copies of snapshots until little differs, then a short step for
/// which the tenant's transactions wait, and nobody else's. The switch is one commit, so that a crash leaves the old placement
/// in force or the new one; a repeated call goes on from there.
/// </summary>
internal sealed partial class TenantMover(SchemaMigrations migrations, OutboxSignal outbox, ILogger<TenantMover> logger)
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
        await using var connection = await MoveConnection.OpenAsync(owner, tenantId, cancellationToken);
        await TakeTurnAsync(connection, cancellationToken);
        var placement = await PlacementTable.ReadAsync(connection, cancellationToken);
        var target = level == PlacementLevel.Shared ? Places.Shared : Places.SchemaOf(tenantId);
        if (placement.Place != target)
        {
            await TimedAsync("prepare", () => PrepareAsync(connection, owner, target, cancellationToken), report);
            await CopyAsync(connection, placement.Place, target, report, cancellationToken);
            LogMoved(logger, tenantId, level);
            outbox.Set();
            placement = await PlacementTable.ReadAsync(connection, cancellationToken);
        }

        if (placement.Leftover is { } leftover)
            await TimedAsync("clean", () => CleanAsync(connection, placement.Place, leftover, cancellationToken), report);
    }

    // One move of a tenant at a time; the lock ends with the connection, so a dead mover holds nobody up.
    private static async Task TakeTurnAsync(MoveConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Tenant("SELECT pg_try_advisory_lock(uuid_hash_extended($1, 1))");
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
            throw new MoveRefusedException("MOVE_RUNNING", "This tenant is being moved already.");
    }

    // Nobody reads there: whatever lies in the target is what an earlier move, broken off or undone, has left.
    private async Task<long> PrepareAsync(MoveConnection connection, string owner, string target, CancellationToken cancellationToken)
    {
        if (target == Places.Shared)
            return await TenantCopy.EmptyAsync(connection, target, cancellationToken);
        await connection.RunAsync($"DROP SCHEMA IF EXISTS {target} CASCADE; CREATE SCHEMA {target}", cancellationToken);
        await migrations.ApplyAsync(owner, target, cancellationToken);
        return 0;
    }

    private static async Task CopyAsync(MoveConnection connection, string from, string to, Func<MoveProgress, Task> report, CancellationToken cancellationToken)
    {
        var tables = await MovedTable.ListAsync(connection.Connection, from, cancellationToken);
        if (tables.FirstOrDefault(table => table.Numbered && !table.IsWork) is { } numbered)
            throw new MoveRefusedException("TABLE_NUMBERS_ITSELF", $"Rows of {numbered.Name} are numbered by the table: after a move the numbers would be others.");
        var copy = new TenantCopy(connection, tables, from, to);
        var differed = await TimedAsync("copy", () => copy.CatchUpAsync(cancellationToken), report);
        for (var passes = 0; differed > SmallDifference && passes < MaxCatchUps; passes++)
            differed = await TimedAsync("catch-up", () => copy.CatchUpAsync(cancellationToken), report);
        for (var attempt = 1; !await TrySwitchAsync(connection, copy, from, to, report, cancellationToken); attempt++)
        {
            if (attempt == MaxAttempts)
                throw new MoveRefusedException("TENANT_BUSY", "The tenant's transactions never ended in time: try again when less goes on.");
            await Task.Delay(PauseBetweenAttempts, cancellationToken);
            await TimedAsync("catch-up", () => copy.CatchUpAsync(cancellationToken), report);
        }
    }

    // While it waits for a long transaction of the tenant, the shorter ones wait behind it: it gives up soon and tries again.
    private static async Task<bool> TrySwitchAsync(
        MoveConnection connection, TenantCopy copy, string from, string to, Func<MoveProgress, Task> report, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        IReadOnlyList<TableFingerprint> tables;
        try
        {
            await using var transaction = await connection.Connection.BeginTransactionAsync(cancellationToken);
            await connection.RunAsync("SET LOCAL lock_timeout = '2s'", cancellationToken);
            await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(uuid_hash_extended($1, 0))", cancellationToken);
            tables = await copy.CompleteAsync(cancellationToken);
            await PlacementTable.SwitchAsync(connection, to, from, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState
            is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }

        await report(new MoveProgress("switch", tables.Sum(table => table.Rows), Stopwatch.GetElapsedTime(started)) { Tables = tables });
        return true;
    }

    private static async Task<long> CleanAsync(MoveConnection connection, string place, string leftover, CancellationToken cancellationToken)
    {
        var removed = 0L;
        if (leftover == Places.Shared)
            removed = await TenantCopy.EmptyAsync(connection, leftover, cancellationToken);
        else if (leftover != place)
            await connection.RunAsync($"DROP SCHEMA IF EXISTS {leftover} CASCADE", cancellationToken);
        await PlacementTable.CleanedAsync(connection, cancellationToken);
        return removed;
    }

    private static async Task<long> TimedAsync(string step, Func<Task<long>> work, Func<MoveProgress, Task> report)
    {
        var started = Stopwatch.GetTimestamp();
        var rows = await work();
        await report(new MoveProgress(step, rows, Stopwatch.GetElapsedTime(started)));
        return rows;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Tenant {TenantId} lives in {Level} now")]
    private static partial void LogMoved(ILogger logger, Guid tenantId, PlacementLevel level);
}
