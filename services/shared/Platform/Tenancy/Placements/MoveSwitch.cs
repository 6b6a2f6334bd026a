using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>
/// The last step of a move. All that the tenant does waits behind the lock of the place that it lives in; the commit in the
/// service's database decides. Where two databases take part, the other one is left unconfirmed around that commit: whoever comes
/// there asks the service's, so that a crash at any point leads nobody to a place where the tenant does not live.
/// </summary>
internal sealed class MoveSwitch(MoveSites sites, TenantCopy copy, Place from, Place to)
{
    private const string Patience = "SET LOCAL lock_timeout = '2s'";
    private const string Hold = "SELECT pg_advisory_xact_lock(uuid_hash_extended($1, 0))";

    /// <summary>Switches; each table, equal on both sides.</summary>
    /// <exception cref="PostgresException">Nothing was switched; a lock was not to be had, or two rows were in each other's way.</exception>
    public async Task<IReadOnlyList<TableFingerprint>> RunAsync(CancellationToken cancellationToken)
    {
        if (from.Database is null && to.Database is null)
            return await WithinAsync(cancellationToken);
        return to.Database is null ? await HomeAsync(cancellationToken) : await AwayAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<TableFingerprint>> WithinAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await BeginAsync(sites.Home, cancellationToken);
        var tables = await copy.CompleteAsync(cancellationToken);
        await PlacementTable.SwitchAsync(sites.Home, to, from, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return tables;
    }

    // The target is unconfirmed since it was made, and stays so until the decision.
    private async Task<IReadOnlyList<TableFingerprint>> AwayAsync(CancellationToken cancellationToken)
    {
        var own = await sites.ConnectAsync(to, cancellationToken);
        await using var decision = await BeginAsync(sites.Home, cancellationToken);
        await using var transaction = await own.Connection.BeginTransactionAsync(cancellationToken);
        var tables = await copy.CompleteAsync(cancellationToken);
        await PlacementTable.SwitchAsync(sites.Home, to, from, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await decision.CommitAsync(cancellationToken);
        await sites.MarkAsync(to.Database!, confirmed: true, cancellationToken);
        return tables;
    }

    // The lock in the service's database makes those wait who already know that they have to ask.
    private async Task<IReadOnlyList<TableFingerprint>> HomeAsync(CancellationToken cancellationToken)
    {
        var own = await sites.ConnectAsync(from, cancellationToken);
        await using var transaction = await BeginAsync(own, cancellationToken);
        await using var decision = await BeginAsync(sites.Home, cancellationToken);
        var tables = await copy.CompleteAsync(cancellationToken);
        await PlacementTable.SwitchAsync(sites.Home, to, from, cancellationToken);
        await sites.MarkAsync(from.Database!, confirmed: false, cancellationToken);
        await decision.CommitAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return tables;
    }

    private static async Task<NpgsqlTransaction> BeginAsync(MoveConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.Connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await connection.RunAsync(Patience, cancellationToken);
            await connection.ExecuteAsync(Hold, cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
